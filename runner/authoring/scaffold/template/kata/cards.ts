import { card, type Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'first-card',
    mistake: 'first-mistake',
    themes: [],
    question: '[to write: a question about the mistake, on other code than the kata’s: what is printed?]',
    code: `let shortest = 0;
for (const ms of [120, 80, 95]) shortest = Math.min(shortest, ms);
console.log(shortest);`,
    choices: ['80', '0', '120'],
    answer: 1,
    because: '[to write: why, in a sentence or two]',
    executes: async ({ run }) => (await run()).printed,
  }),
];

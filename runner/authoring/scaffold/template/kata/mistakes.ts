import { mistake, type Mistake } from 'kibitzer/kata';

const BELOW = 'below-zero';

export const mistakes: Mistake[] = [
  mistake({
    // [to write: its id, in kebab-case; the folder below moves/ and `starter` in kata.ts are named after it]
    id: 'first-mistake',
    title: '[to write: what goes wrong, as a clause]',
    severity: '?',
    // [to write: the condition: what the probes saw when a move has this mistake and no other]
    when: {
      all: [
        { probe: BELOW, is: 'refuted' },
        { saw: 'found', in: BELOW, is: 'nought' },
      ],
    },
    evidence: (v) => v.facts(BELOW, 'value'),
    outcome: (v) => v.probe(BELOW)?.message ?? '',
    // [to write: how the line is found that the analysis shows]
    point: (_v, locate) => locate.line(/\b0\b/),
    question: () => ({ ask: '[to write: what is asked about that line]?' }),
    principle: '[to write: one sentence that holds for tomorrow’s code as well].',
    belief: 'This works only if [to write: what has to be true for this code to be right].',
    idea: '[to write: where to look, for who has read the analysis]',
    plan: '[to write: the steps, for who has lost another move]',
    themes: [],
  }),
];

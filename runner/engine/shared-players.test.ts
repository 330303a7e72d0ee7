import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createEngine } from './arbiter-engine.ts';

const PROBES = fileURLToPath(new URL('./fixtures/eight-probes.ts', import.meta.url));
const engine = createEngine({ spares: 1, start: 'shared' });
afterAll(() => engine.close());

/** Judges a program that throws, as its message, the id of its process. @returns the message */
async function play(source: string, answer = 'String(process.pid)'): Promise<string | undefined> {
  const { results } = await engine.judge({
    root: path.join(import.meta.dirname, 'nowhere'),
    entry: 'ask.js',
    sources: { 'ask.js': `${source}\nexport const ask = () => { throw new Error(${answer}); };` },
    probes: PROBES,
  });
  return results[0]!.message?.replace('Error: ', '');
}

test('a player plays one program after the other, each with modules of its own', async () => {
  const first = await play('let n = 0; n++; globalThis.process.title;');
  expect(Number(first)).toBeGreaterThan(0);
  expect(await play('')).toBe(first);
  expect(await play('globalThis.left = 7;', 'globalThis.left')).toBe('7');
  expect(await play('', 'String(globalThis.left)')).toBe('undefined');
  expect(await play('')).toBe(first);
});

test.each([
  ['a method of all arrays', 'Array.prototype.last = function () { return this.at(-1); };'],
  ['another JSON.parse', 'const real = JSON.parse; JSON.parse = (text) => real(text);'],
  ['a line of output', 'console.log("here");'],
])('a program that leaves %s is the last one of its player', async (_what, code) => {
  const before = await play('');
  expect(await play(code)).toBe(before);
  const after = await play('');
  expect(after).not.toBe(before);
  expect(await play('')).toBe(after);
});

test('a program that ends its player costs no other program anything', async () => {
  const before = await play('');
  expect(await play('process.exit(3);')).toContain('process.exit(3)');
  const after = await play('');
  expect(Number(after)).toBeGreaterThan(0);
  expect(after).not.toBe(before);
});

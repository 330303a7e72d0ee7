import { expect, test } from 'vitest';
import { levelOf } from '../engine/isolation-level.ts';
import { findKatas } from '../store/katas.ts';
import { compareModes } from './parity.ts';

/** One kata here; all of them, all seeds and all moves: `npm run parity`. */
test('a move is judged alike in learner and in graded mode', { timeout: 300_000 }, async () => {
  const jail = (await levelOf()).level === 'strong' ? 'bwrap' : 'none';
  const parity = await compareModes((await findKatas()).slice(0, 1), { seeds: 1, jail, sample: true });
  expect(parity.differences).toEqual([]);
  expect(parity.judgements).toBe(parity.files * 2);
});

import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startPlayer, type Player } from '../start-player.ts';
import { passed } from './arguments.ts';
import type { Case, Subject, Tools } from './case.ts';
import { classes } from './classes.ts';
import { results } from './results.ts';
import * as subject from './subject.ts';
import { time } from './time.ts';

/** Every case runs in one process, as its own oracle, and over the board. */
const groups = { classes, results, passed, time };

describe('in one process', () => {
  const tools: Tools = { m: subject as Subject, lend: (value) => value };
  for (const [group, cases] of Object.entries(groups)) {
    describe(group, () => {
      for (const [name, it] of Object.entries(cases)) {
        test(name, () => (typeof it === 'function' ? it : it.run)(tools));
      }
    });
  }
});

describe('over the board', () => {
  let player: Player;
  const entry = path.join(import.meta.dirname, '../fixtures/player.ts');
  beforeAll(async () => {
    player = await startPlayer({ entry });
  });
  afterAll(() => {
    // vitest restores what is left of spies when a file ends, also on objects of a player that is gone.
    vi.restoreAllMocks();
    player.kill();
  });

  const play = async (run: Case) => {
    player.deadline = performance.now() + 3000;
    await run({ m: player.root.subject(), lend: (value) => player.lend(value) });
  };
  for (const [group, cases] of Object.entries(groups)) {
    describe(group, () => {
      for (const [name, it] of Object.entries(cases)) {
        if (typeof it === 'function') test(name, () => play(it));
        else if ('refused' in it)
          test(`${name}: refused`, () => expect(play(it.run)).rejects.toThrow(it.refused));
        else test(`${name}: cannot be`, () => expect(play(it.run)).rejects.toThrow());
      }
    });
  }
});

import { drawnTogether, spreadOut } from './reformat.ts';
import { renamed } from './rename.ts';
import { inTwoFiles } from './split.ts';
import type { Transform } from './variant.ts';
import { inAClass, inAClosure } from './wrap.ts';

/** Ways of writing a program otherwise that must not change what is said about it. */
export const WAYS = {
  renamed,
  'spread-out': spreadOut,
  'drawn-together': drawnTogether,
  'in-a-class': inAClass,
  'in-a-closure': inAClosure,
  'in-two-files': inTwoFiles,
} as const satisfies Record<string, Transform>;

export type Way = keyof typeof WAYS;

/** Conditions of a run that must not change what it comes to. */
export interface Conditions {
  seed: number;
  zone: string;
  order: number;
}

/** One further run of a program. */
export interface Run {
  ways: readonly Way[];
  conditions: Conditions;
}

/**
 * Runs after the first, each in an order of its own, with another seed and in another time zone. Each also plays the
 * program written otherwise, in several ways at once: were every way a run of its own, a check would take three times as
 * long. Where one differs from the first run, each of its differences is played alone.
 */
export const RUNS: readonly Run[] = [
  {
    ways: ['in-a-class', 'renamed', 'spread-out'],
    conditions: { seed: 20_011, zone: 'Pacific/Kiritimati', order: 1 },
  },
  {
    ways: ['renamed', 'in-a-closure', 'in-two-files', 'drawn-together'],
    conditions: { seed: 2_718_281_828, zone: 'America/St_Johns', order: 2 },
  },
];

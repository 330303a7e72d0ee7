import type { Test } from '@vitest/runner';
import type { ProbeEnd } from '../../kit/table.ts';

/** An error as the runner tells it. */
export type Failure = NonNullable<NonNullable<Test['result']>['errors']>[number];

/**
 * How a test ended that failed.
 * @param outOfTime whether the runner gave it up
 */
export function endOfError(error: Failure | undefined, outOfTime: boolean): ProbeEnd {
  if (!error) return { outcome: 'crashed', message: 'it failed without an error' };
  if (outOfTime)
    return { outcome: 'timed-out', message: 'still waiting when its time was up: a promise never settled' };
  if (error.name !== 'AssertionError' || 'code' in error)
    return { outcome: 'crashed', error: asError(error) };
  const { expected, actual } = error as { expected?: unknown; actual?: unknown };
  const both = typeof expected === 'string' && typeof actual === 'string' && expected !== actual;
  return {
    outcome: 'refuted',
    message: error.message.split('\n')[0]!.replace(/ \/\/ .*$/, ''),
    error: asError(error),
    ...(both ? { expected, actual } : {}),
  };
}

/** The runner tells errors as data; frames are read from the stack's text. */
export function asError(told: Failure): Error {
  return Object.assign(new Error(told.message), { name: told.name, stack: told.stack ?? '' });
}

import type { Choice } from './stage-run.ts';
import type { Report } from './stage.ts';

/** A report whose form is certain; its content is still what the learner's process says. */
export type ReadReport = Report;

const WAYS: readonly string[] = ['answered', 'failed', 'cut', 'stuck'];

/**
 * Reads what the stage reported. It comes from the process in which the learner's code runs, so nothing about its
 * form is taken for granted.
 * @throws Error when it is no report
 */
export function readReport(text: unknown, tasks: readonly string[]): ReadReport {
  if (typeof text !== 'string') return unreadable();
  const said = JSON.parse(text) as Partial<Record<keyof Report, unknown>> | null;
  const { choices, ends, stuck, endless, wasCut, strayed } = said ?? {};
  const right =
    isList(choices, isChoice) &&
    isList(ends, (end) => WAYS.includes((end as { how?: string } | null)?.how ?? '')) &&
    (ends as unknown[]).length === tasks.length &&
    isList(stuck, (s) => {
      const { task, label } = (s ?? {}) as Record<string, unknown>;
      return typeof task === 'string' && tasks.includes(task) && typeof label === 'string';
    });
  if (!right) return unreadable();
  return {
    choices: choices as Choice[],
    ends: ends as Report['ends'],
    stuck: stuck as Report['stuck'],
    endless: endless === true,
    wasCut: wasCut === true,
    strayed: strayed === true,
  };
}

function isChoice(value: unknown): boolean {
  if (!isList(value, (n) => Number.isSafeInteger(n))) return false;
  const [chosen = -1, options = 0, free = 0] = value as number[];
  return chosen >= 0 && chosen < options && free >= 1 && free <= options && options <= 1000;
}

function isList(value: unknown, each: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(each);
}

function unreadable(): never {
  throw new Error('the stage gave no readable report');
}

import { getFn, type File, type Suite, type Task, type Test } from '@vitest/runner';
import type { ProbeSpec } from '../../core/verdict.ts';

/** Longest id of a probe, before a number that tells it from its like. */
const MOST = 80;

/** Every test below tasks, in order; those without a body are none. */
export function testsOf(tasks: readonly Task[]): Test[] {
  return tasks.flatMap((t) => (t.type === 'suite' ? testsOf(t.tasks) : getFn(t) ? [t] : []));
}

/** Names from the outermost `describe` to the test. */
export function namesOf(test: Test): string[] {
  const names = [test.name];
  for (let s: Suite | undefined = test.suite; s; s = s.suite) if (s.name) names.unshift(s.name);
  return names;
}

/** Tests as probes: the id is made of the names, so that it stays while other tests come and go. */
export function probesOf(files: readonly File[], budgetMs: number): Map<Test, ProbeSpec> {
  const probes = new Map<Test, ProbeSpec>();
  const taken = new Map<string, number>();
  for (const test of testsOf(files)) {
    const names = namesOf(test);
    const id = kebab(names.join(' ')) || 'test';
    const times = (taken.get(id) ?? 0) + 1;
    taken.set(id, times);
    probes.set(test, {
      id: times === 1 ? id : `${id}-${times}`,
      sentence: 0,
      plays: names.join(' › '),
      budgetMs,
    });
  }
  return probes;
}

function kebab(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return words.length <= MOST ? words : words.slice(0, MOST).replace(/-[^-]*$/, '');
}

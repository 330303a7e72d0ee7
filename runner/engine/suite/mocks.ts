import { clearAllMocks, fn, isMockFunction, resetAllMocks, restoreAllMocks, spyOn } from '@vitest/spy';
import { times } from './jest-style.ts';
import { NotCarried } from './not-carried.ts';

/** What the code under test has of its own in its process: to replace it in this one changes nothing for it. */
const OF_EACH_PROCESS = new Set<unknown>([
  globalThis,
  console,
  process,
  process.stdout,
  process.stderr,
  Math,
  JSON,
  Date,
  Object,
  Array,
  Promise,
  performance,
  crypto,
  ...[Date, Array, String, Number, Object, Map, Set, Promise].map((c) => c.prototype as unknown),
]);

/** Names of what is refused, with what it would take. */
const REFUSED: Readonly<Record<string, string>> = {
  mock: 'puts another module in the place of one that the code under test loads',
  doMock: 'puts another module in the place of one that the code under test loads',
  useFakeTimers: 'stops the clock',
  setSystemTime: 'stops the clock',
  stubGlobal: 'changes a global',
  stubEnv: 'changes the environment',
  resetModules: 'loads modules again',
  isolateModules: 'loads modules again',
};

const carried = {
  fn,
  isMockFunction,
  clearAllMocks,
  resetAllMocks,
  restoreAllMocks,
  spyOn(target: object, ...rest: unknown[]): unknown {
    if (OF_EACH_PROCESS.has(target))
      throw new NotCarried(
        `spies on ${nameOf(target)}, and the code under test runs in another process with its own`,
      );
    return (spyOn as (...args: unknown[]) => unknown)(target, ...rest);
  },
  mocked: <T>(value: T): T => value,
  hoisted: <T>(make: () => T): T => make(),
  setTimeout(ms: number): void {
    times.ofTests = ms;
  },
  setConfig(config: { testTimeout?: number }): void {
    if (config.testTimeout !== undefined) times.ofTests = config.testTimeout;
  },
  retryTimes: (): void => {},
  waitFor: (check: () => unknown, options?: number | Waiting) => until(check, options, false),
  waitUntil: (check: () => unknown, options?: number | Waiting) => until(check, options, true),
  useRealTimers: (): void => {},
};

/** `vi` and `jest`: functions that note their calls. Whatever else is asked of it is refused by name. */
export const mocks: Record<string, unknown> = new Proxy(carried as Record<string, unknown>, {
  get(target, key) {
    if (typeof key !== 'string' || Object.hasOwn(target, key)) return target[key as string];
    return () => {
      throw new NotCarried(
        `uses ${key}(), which ${REFUSED[key] ?? 'is not known here'}; the code under test runs in another process`,
      );
    };
  },
});

interface Waiting {
  timeout?: number;
  interval?: number;
}

async function until(
  check: () => unknown,
  options: number | Waiting = {},
  truthy: boolean,
): Promise<unknown> {
  const { timeout = 1000, interval = 50 } = typeof options === 'number' ? { timeout: options } : options;
  const end = performance.now() + timeout;
  for (;;) {
    const late = performance.now() >= end;
    try {
      const value = await check();
      if (!truthy || value) return value;
      if (late) throw new Error('it did not come true in time');
    } catch (error) {
      if (late) throw error;
    }
    await new Promise((go) => setTimeout(go, interval));
  }
}

function nameOf(target: object): string {
  if (typeof target === 'function') return target.name;
  return target === globalThis
    ? 'a global'
    : Object.prototype.toString.call(target).slice(8, -1).toLowerCase();
}

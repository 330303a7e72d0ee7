import { test as nodeTest } from 'node:test';

export { expect } from '../engine/vitest-shim.ts';

type Body = (context: { task: { meta: object }; skip: (why: string) => void }) => Promise<void>;

/** vitest's `test` as the kit calls it, on node:test. */
export function test(name: string, { timeout }: { timeout: number }, body: Body): void {
  void nodeTest(name, { timeout }, (t) => body({ task: { meta: {} }, skip: (why) => t.skip(why) }));
}

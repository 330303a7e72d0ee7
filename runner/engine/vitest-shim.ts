/**
 * What `import … from 'vitest'` means inside the engine's child process: vitest's own test collector
 * (@vitest/runner) and its own assertions (@vitest/expect), without the rest of vitest. A contract test
 * compares every kata with plain `vitest run`.
 */
import { getCurrentTest, type Test } from '@vitest/runner';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  customMatchers,
  getState,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
  type ExpectStatic,
} from '@vitest/expect';

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  onTestFailed,
  onTestFinished,
  suite,
  test,
} from '@vitest/runner';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const call = (value: unknown, message?: string): unknown => {
  setState({ assertionCalls: getState(expect).assertionCalls + 1 }, expect);
  const assertion = chai.expect(value, message);
  const current = getCurrentTest();
  return current ? (assertion as unknown as { withTest(t: Test): unknown }).withTest(current) : assertion;
};

/** vitest's `expect`, put together from its published parts. */
export const expect = call as unknown as ExpectStatic;
Object.assign(expect, chai.expect, (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT]);
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, writable: true, configurable: true });
expect.getState = () => getState(expect);
expect.setState = (state) => setState(state, expect);
Object.assign(expect, { assertions: (n: number) => expect.setState({ expectedAssertionsNumber: n }) });
expect.extend = (matchers) => {
  (chai.expect as unknown as { extend(e: ExpectStatic, m: unknown): void }).extend(expect, matchers);
};
if (customMatchers) expect.extend(customMatchers);
resetExpect();

/** Sets the counters of `expect` back, as vitest does before each try of a test. */
export function resetExpect(): void {
  setState(
    {
      assertionCalls: 0,
      isExpectingAssertions: false,
      isExpectingAssertionsError: null,
      expectedAssertionsNumber: null,
      expectedAssertionsNumberErrorGen: null,
    },
    expect,
  );
}

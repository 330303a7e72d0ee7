/**
 * What `vitest`, `@jest/globals` and the globals of both mean inside an imported suite. Tests that are pending by
 * convention (`xit`, `xtest`, `xdescribe`) are played as all others.
 */
import { addCustomEqualityTesters, chai, getState, setState } from '@vitest/expect';
import {
  afterAll as addAfterAll,
  afterEach as addAfterEach,
  beforeAll as addBeforeAll,
  beforeEach as addBeforeEach,
  describe as declareSuite,
  test as declareTest,
} from '@vitest/runner';
import { expect } from '../vitest-shim.ts';
import { hook, inJestStyle } from './jest-style.ts';
import { mocks } from './mocks.ts';

export { expect } from '../vitest-shim.ts';
export { onTestFailed, onTestFinished } from '@vitest/runner';
export { chai } from '@vitest/expect';

export const describe = inJestStyle(declareSuite, false);
export const it = inJestStyle(declareTest, true);
export const test = it;
export const suite = describe;
export const [fit, xit, xtest, bench] = [it, it, it, it.skip];
export const [fdescribe, xdescribe] = [describe, describe];
export const beforeAll = hook(addBeforeAll);
export const beforeEach = hook(addBeforeEach);
export const afterAll = hook(addAfterAll);
export const afterEach = hook(addAfterEach);
export const vi = mocks;
export const jest = mocks;
export const vitest = mocks;
export const { assert } = chai;

/** Checks of types say nothing when a test runs: every one of them holds. */
const silent: unknown = new Proxy(() => {}, { get: () => silent, apply: () => silent });
export const expectTypeOf = (): unknown => silent;
export const assertType = (): void => {};

const own = Object.getOwnPropertyDescriptors(chai.Assertion.prototype);

/** Takes back the matchers that a suite added, so that the next one finds those of vitest. */
export function forgetMatchers(): void {
  for (const key of Reflect.ownKeys(chai.Assertion.prototype))
    if (!Object.hasOwn(own, key)) Reflect.deleteProperty(chai.Assertion.prototype, key);
  Object.defineProperties(chai.Assertion.prototype, own);
}

/** Makes the names global, for suites that import none of them. */
export function makeGlobal(): void {
  Object.assign(globalThis, {
    ...{ describe, it, test, suite, fit, xit, xtest, fdescribe, xdescribe, expect, vi, vitest, jest },
    ...{ beforeAll, beforeEach, afterAll, afterEach, assert, chai, expectTypeOf, assertType },
  });
}

Object.assign(expect, {
  assert,
  addEqualityTesters: (testers: never[]) => addCustomEqualityTesters(testers),
  soft: (...args: unknown[]) => {
    const made: unknown = (expect as unknown as (...a: unknown[]) => unknown)(...args);
    chai.util.flag(made as object, 'soft', true);
    return made;
  },
  unreachable: (message?: string) =>
    chai.assert.fail(`expected${message ? ` "${message}"` : ''} not to be reached`),
  assertions: (count: number) => setState({ expectedAssertionsNumber: count }, expect),
  hasAssertions: () => setState({ isExpectingAssertions: true }, expect),
});

/** @throws Error when a test made another number of checks than it said it would */
export function checkAssertions(): void {
  const { assertionCalls, expectedAssertionsNumber: wanted, isExpectingAssertions } = getState(expect);
  if (typeof wanted === 'number' && wanted !== assertionCalls)
    throw new chai.AssertionError(`expected number of assertions to be ${wanted}, but got ${assertionCalls}`);
  if (isExpectingAssertions && assertionCalls === 0)
    throw new chai.AssertionError('expected any number of assertions, but got none');
}

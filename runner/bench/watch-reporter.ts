import type { Reporter, TestModule } from 'vitest/node';

/** Says in one line, when a run has ended, how many tests did not pass. */
export default class WatchReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let lost = 0;
    for (const module of modules) {
      for (const test of module.children.allTests()) if (test.result().state !== 'passed') lost++;
    }
    process.stdout.write(`bench-verdict ${lost}\n`);
  }
}

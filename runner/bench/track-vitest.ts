import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HOME = fileURLToPath(new URL('../../', import.meta.url));

/** What `@jest/globals` has and vitest has not, in the terms of vitest. */
const JEST = `export * from 'vitest';
import { it, describe, vi } from 'vitest';
export const xit = it, xtest = it, fit = it, xdescribe = describe, fdescribe = describe, jest = vi;
`;

/**
 * Runs test files with vitest, in one run with its default pool and two workers.
 * @param fill writes the files into a folder
 * @returns wall time with everything, and how the tests ended
 */
export async function runWithVitest(
  fill: (folder: string) => void,
): Promise<{ wallMs: number; passed: number; failed: number; skipped: number }> {
  const scratch = mkdtempSync(path.join(HOME, 'bench-scratch-'));
  try {
    fill(scratch);
    const jest = path.join(scratch, 'jest-globals.mjs');
    const report = path.join(scratch, 'report.json');
    const config = path.join(scratch, 'vitest.config.mjs');
    writeFileSync(jest, JEST);
    writeFileSync(
      config,
      `export default { root: ${JSON.stringify(scratch)}, resolve: { alias: { '@jest/globals': ${JSON.stringify(jest)} } },
  test: { globals: true, maxWorkers: 2, testTimeout: 120000, include: ['**/*.{test,spec}.?(m)[jt]s'] } };\n`,
    );
    const vitest = path.join(HOME, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${report}`];
    const since = performance.now();
    // vitest leaves with 1 when a test fails; the report is what counts
    await promisify(execFile)(process.execPath, args, { cwd: HOME, maxBuffer: 1 << 26 }).catch(() => {});
    const wallMs = Math.round(performance.now() - since);
    const said = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const of = (name: string): number => said[name] ?? 0;
    return {
      wallMs,
      passed: of('numPassedTests'),
      failed: of('numFailedTests'),
      skipped: of('numPendingTests') + of('numTodoTests'),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

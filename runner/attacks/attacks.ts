/**
 * The hostile corpus, run: `node runner/attacks/attacks.ts [--plain | --jailed] [--json] [--only D4]`.
 * Without a mode it runs jailed where this machine can do that, and plainly in any case.
 */
import { parseArgs } from 'node:util';
import { levelOf, type Level } from '../engine/isolation-level.ts';
import type { Jail } from '../engine/jail.ts';
import { CORPUS } from './corpus.ts';
import { runAttacks, type Report } from './run-attacks.ts';

const LANES = 2;
const { values: flags } = parseArgs({
  options: {
    plain: { type: 'boolean' },
    jailed: { type: 'boolean' },
    json: { type: 'boolean' },
    verbose: { type: 'boolean' },
    only: { type: 'string' },
  },
});
const say = (line: string): void => {
  if (!flags.json) process.stdout.write(`${line}\n`);
};

const { level } = await levelOf();
const modes: Jail[] = [];
if (flags.jailed || (!flags.plain && level === 'strong')) modes.push('bwrap');
if (flags.plain || !flags.jailed) modes.push('none');
const corpus = CORPUS.filter((a) => a.id.startsWith(flags.only ?? ''));

const reports: [Jail, Report][] = [];
for (const jail of modes) {
  say(`${jail === 'none' ? 'plain' : 'jailed'}: ${corpus.length} submissions`);
  const since = performance.now();
  const report = await runAttacks(corpus, {
    jail,
    lanes: LANES,
    onEnd(attack, failure, ms) {
      if (flags.verbose)
        say(`  ${failure === null ? 'ok' : 'NO'} ${attack.id} ${attack.title} (${Math.round(ms)} ms)`);
    },
  });
  for (const failure of report.failures) say(`  ${failure}`);
  say(`  ${Math.round((performance.now() - since) / 1000)} s, seed ${report.seed}`);
  reports.push([jail, report]);
}

const all = <T>(of: (report: Report) => readonly T[]): T[] => reports.flatMap(([, report]) => of(report));
const passed = reports.reduce((n, [, report]) => n + report.passed, 0);
const failed = reports.reduce((n, [, report]) => n + report.failed, 0);
const wrongPasses = all((r) => r.wrongPasses);
const arbiterCrashes = all((r) => r.arbiterCrashes);
const leftovers = all((r) => r.leftovers);
if (flags.json) {
  const figures = (r: Report): object => ({
    passed: r.passed,
    failed: r.failed,
    wrongPasses: r.wrongPasses.length,
    arbiterCrashes: r.arbiterCrashes.length,
    leftovers: r.leftovers.length,
    seed: r.seed,
    failures: r.failures,
  });
  const document: { schema: string; level: Level } & Record<string, unknown> = {
    schema: 'kibitzer/attacks@1',
    level,
    passed,
    failed,
    wrongPasses: wrongPasses.length,
    arbiterCrashes: arbiterCrashes.length,
    leftovers: leftovers.length,
    modes: Object.fromEntries(reports.map(([jail, r]) => [jail === 'none' ? 'plain' : 'jailed', figures(r)])),
  };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
} else {
  for (const [what, ids] of Object.entries({
    'wrong passes': wrongPasses,
    'arbiter crashes': arbiterCrashes,
    'left-over processes': leftovers,
  }))
    say(`${ids.length} ${what}${ids.length > 0 ? `: ${ids.join(', ')}` : ''}`);
  say(`isolation here: ${level}`);
  say(`${passed} passed, ${failed} failed`);
}
process.exitCode = failed + wrongPasses.length + arbiterCrashes.length + leftovers.length > 0 ? 1 : 0;

/**
 * npm run parity [-- --seeds 50] [--sample] [--json] [kata…]
 *
 * Whether everything the katas ship is judged alike in learner and in graded mode, with every seed. Exit code 1 if not.
 */
import { parseArgs } from 'node:util';
import { levelOf } from '../engine/isolation-level.ts';
import { findKatas } from '../store/katas.ts';
import { compareModes } from './parity.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '50' },
    sample: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
if (!Number.isSafeInteger(seeds) || seeds < 1) {
  process.stderr.write(`--seeds ${values.seeds}: give a whole number from 1 on, such as --seeds 50\n`);
  process.exit(2);
}
const all = await findKatas();
const unknown = positionals.filter((id) => !all.some((kata) => kata.id === id));
if (unknown.length > 0) {
  process.stderr.write(`no such kata: ${unknown.join(', ')}; there are ${all.map((k) => k.id).join(', ')}\n`);
  process.exit(2);
}
const katas = positionals.length === 0 ? all : all.filter((kata) => positionals.includes(kata.id));
const jail = (await levelOf()).level === 'strong' ? 'bwrap' : 'none';
const since = performance.now();
const parity = await compareModes(katas, {
  seeds,
  jail,
  sample: values.sample,
  onEnd: (kata, files) => process.stderr.write(`${kata} ${files}\n`),
});
const seconds = Math.round((performance.now() - since) / 1000);
if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ schema: 'kibitzer/parity@1', jail, seeds, seconds, ...parity })}\n`,
  );
} else {
  for (const d of parity.differences)
    console.log(
      `${d.kata} ${d.files}, ${d.mode} mode, seed ${d.seed}\n  expected ${d.expected}\n  found    ${d.found}`,
    );
  console.log(
    `${parity.files} file sets of ${parity.katas} katas, seeds 1 to ${seeds}, graded mode ${jail === 'none' ? 'without a jail' : 'in a jail'}: ` +
      `${parity.judgements} judgements in ${seconds} s, ${parity.differences.length} different`,
  );
}
process.exit(parity.differences.length === 0 ? 0 : 1);

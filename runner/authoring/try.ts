/** `node runner/authoring/try.ts <kata> [name…]`: everything the engine found in a kata’s starter, designs and stored moves. */
import { findKatas } from '../store/katas.ts';
import { checkKata } from './check-kata.ts';
import { createCheckingEngine } from './checking-engine.ts';

const [id, ...names] = process.argv.slice(2);
const kata = (await findKatas()).find((k) => k.id === id);
if (!kata) throw new Error(`no kata ${id}`);
const engine = createCheckingEngine();
const { judged, problems } = await checkKata(engine, kata, { again: false });
for (const { what, name, verdict, diagnosis } of judged) {
  if (names.length && !names.some((n) => name.includes(n))) continue;
  console.log(`\n${what} ${name}: ${verdict.kind} ${verdict.position} (${verdict.durationMs} ms)`);
  if (verdict.illegality) console.log('  illegal:', verdict.illegality);
  for (const r of verdict.results) {
    console.log(
      `  ${r.outcome.padEnd(10)} ${r.probe.padEnd(30)} ${JSON.stringify(r.observations)} ${r.message ?? ''}`,
    );
  }
  if (diagnosis.status === 'known') {
    const d = diagnosis;
    console.log(
      `  => ${d.severity} ${d.mistake}  at ${d.at?.file}:${d.at?.line}  behind: ${d.behind.join(', ') || '-'}`,
    );
    console.log(`     outcome: ${d.outcome}`);
    console.log(
      `     ask: ${d.question?.ask} ${d.question?.choices.map((c, i) => `${i === d.question!.answer ? '*' : ''}${c.line}`)}`,
    );
    console.log(`     because: ${d.because}\n     belief: ${d.belief}`);
    for (const [i, f] of d.evidence.entries())
      console.log(`     ${i === d.decisive ? '>' : ' '} ${JSON.stringify(f)}`);
  } else if (diagnosis.status === 'out-of-book') console.log(`  => OUT OF BOOK ${diagnosis.probe}`);
  if (verdict.output) console.log('  output:', verdict.output.slice(0, 500));
}
console.log('\nproblems:', problems.length);
for (const p of problems) console.log(' ', p.code, p.where, JSON.stringify(p.args));
engine.close();

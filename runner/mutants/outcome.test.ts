import { expect, test } from 'vitest';
import type { Diagnosis } from '../core/diagnosis.ts';
import type { Outcome, ProbeResult, Verdict, VerdictKind } from '../core/verdict.ts';
import { judgementOf, vectorText } from './outcome.ts';

function verdict(kind: VerdictKind, ...outcomes: Outcome[]): Verdict {
  const results = outcomes.map((outcome, i): ProbeResult => ({
    probe: `p${i}`,
    role: i === 0 ? 'gate' : 'probe',
    outcome,
    weight: 1,
    sentence: 1,
    plays: '',
    ms: 1,
    observations: { saw: i },
    facts: [],
    frames: [],
    ...(outcome === 'held' ? {} : { message: `m${i}` }),
  }));
  return { kind, position: 0, results, illegality: null, ended: null, output: '', durationMs: 1 };
}

const KNOWN = { status: 'known', mistake: 'it', behind: ['more'], at: { line: 7 } } as unknown as Diagnosis;
const OUT = { status: 'out-of-book', at: null } as unknown as Diagnosis;
const NONE: Diagnosis = { status: 'none' };

test.each<[string, Verdict | null, Diagnosis, string]>([
  ['not read', null, NONE, 'illegal'],
  ['the gate', verdict('illegal', 'refuted'), NONE, 'illegal'],
  ['won', verdict('won', 'held', 'held'), NONE, 'survived'],
  ['named', verdict('lost', 'held', 'refuted'), KNOWN, 'named'],
  ['refuted without a name', verdict('lost', 'held', 'crashed', 'refuted'), OUT, 'out-of-book'],
  ['thrown', verdict('lost', 'held', 'crashed'), OUT, 'crashed'],
  ['hung', verdict('lost-on-time', 'timed-out', 'unreached'), OUT, 'crashed'],
])('%s', (_what, v, diagnosis, fate) => {
  expect(judgementOf(v, diagnosis).fate).toBe(fate);
});

test('what was lost is kept, with the mistake and its line', () => {
  const judgement = judgementOf(verdict('lost', 'held', 'refuted', 'unreached'), KNOWN);
  expect(judgement).toMatchObject({ mistake: 'it', behind: ['more'], at: 7 });
  expect(judgement.lost).toEqual([
    { probe: 'p1', outcome: 'refuted', message: 'm1', observations: { saw: 1 } },
  ]);
  expect(vectorText(judgement.lost)).toBe('p1 refuted (saw=1)');
});

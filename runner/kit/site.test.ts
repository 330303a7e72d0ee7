import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Verdict } from '../core/verdict.ts';
import { createEngine } from '../engine/arbiter-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { stripTypes } from '../program/strip.ts';

/** http.ts, crypto.ts and handles.ts: what the probes of fixtures/site-probes.ts say of them, over the board. */
const fixtures = path.join(import.meta.dirname, 'fixtures');
const root = path.join(fixtures, 'site');

let engine: Engine;
let verdict: Verdict;
beforeAll(async () => {
  engine = createEngine({ spares: 1 });
  verdict = await engine.judge({
    root,
    entry: 'site.ts',
    sources: { 'site.ts': stripTypes(readFileSync(path.join(root, 'site.ts'), 'utf8')) },
    probes: path.join(fixtures, 'site-probes.ts'),
  });
}, 60_000);
afterAll(() => engine.close());

it.each(['browser', 'same-site', 'by-hand', 'crypto', 'handles', 'globals', 'globals-after'])('%s', (id) => {
  expect(verdict.results.find((r) => r.probe === id)).toMatchObject({ outcome: 'held' });
});

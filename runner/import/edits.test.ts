import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLanes } from '../engine/lanes.ts';
import { findImported } from '../store/imported.ts';
import type { Kata } from '../store/katas.ts';
import { findCandidates } from './find.ts';
import { importKatas } from './import-katas.ts';
import { patient, tryEdit, type TriedEdit } from './try-edits.ts';
import { WRONG_EDITS } from './wrong-edits.ts';

/** The experiment behind the suspects: wrong edits of examples, and where the edited line stands among them. */
const EXERCISES = fileURLToPath(new URL('./fixtures/track/exercises/practice', import.meta.url));
const practice = mkdtempSync(path.join(tmpdir(), 'kibitzer-edits-'));
const engine = patient(createLanes(2));
let tried: TriedEdit[];

beforeAll(async () => {
  const wanted = new Set(WRONG_EDITS.map((e) => e.kata));
  for (const slug of wanted)
    await importKatas(findCandidates(path.join(EXERCISES, slug)), practice, engine, () => {});
  const katas = new Map(findImported(practice).katas.map((k): [string, Kata] => [k.id, k]));
  tried = await Promise.all(
    WRONG_EDITS.map((edit) => tryEdit(engine, katas.get(`fixture-${edit.kata}`)!, edit)),
  );
}, 600_000);
afterAll(() => {
  engine.close();
  rmSync(practice, { recursive: true, force: true });
});

test('every wrong edit is noticed', () => {
  expect(tried.filter((t) => t.verdict !== 'lost').map((t) => t.edit)).toEqual([]);
});

test('the edited line is among the first three suspects in at least four of five', () => {
  const missed = tried.filter((t) => t.rank === 0 || t.rank > 3).map((t) => `${t.edit.kata}: ${t.edit.to}`);
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(tried.length / 5);
});

test('what mends all tests is found where it can be undone in one place', () => {
  const turned = tried.filter((t) => t.edit.what === 'condition turned');
  expect(turned.map((t) => t.suspects[0])).toEqual(
    turned.map((t) =>
      expect.objectContaining({ at: expect.objectContaining({ line: t.line }), mends: 'all' }),
    ),
  );
});

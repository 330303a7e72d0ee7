import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readDesigns, readMoves } from '../store/katas.ts';
import { badMoves, entryText, expectedLines, katas, referenceText } from './content.ts';
import { practiceFolder, run, type Ran } from './driver.ts';
import { open, quit } from './steps.ts';

const kata = katas[0]!;
const stored = (await badMoves(kata))[0]!;
// oxlint-disable-next-line no-control-regex
const ESCAPES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

function document(ran: Ran): Record<string, unknown> {
  expect(ran.stdout).not.toMatch(ESCAPES);
  return JSON.parse(ran.stdout) as Record<string, unknown>;
}

test(
  'without a terminal it judges once: 1 when lost, 0 when won, no escape codes',
  { timeout: 120_000 },
  async () => {
    const practice = practiceFolder();
    const first = await run([], { practice });
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('same code as the starter');
    const file = path.join(practice, kata.id, kata.entry);
    writeFileSync(file, entryText(kata, stored.files));
    const lost = await run([], { practice });
    expect(lost.code).toBe(1);
    expect(lost.stdout).toContain(`${kata.id} · move 1`);
    expect(lost.stdout).toContain('kibitzer analysis --answer');

    // documents of every command that reports
    const again = document(await run(['run', '--json'], { practice }));
    expect(again).toMatchObject({
      schema: 'kibitzer/run@1',
      kata: kata.id,
      move: 1,
      isNew: false,
      verdict: 'lost',
      diagnosis: { mistake: stored.mistake },
    });
    const unread = document(await run(['analysis', '--json'], { practice }));
    expect(unread).toMatchObject({
      schema: 'kibitzer/analysis@1',
      kata: kata.id,
      move: 1,
      known: { at: null, principle: null },
    });
    const closed = document(await run(['ladder', '--json'], { practice }));
    expect(closed).toMatchObject({
      schema: 'kibitzer/ladder@1',
      kata: kata.id,
      open: [],
      next: 'idea',
      refusal: { code: 'analysis-unread', move: 1 },
    });
    const refused = await run(['ladder', '--rung', 'idea', '--json'], { practice });
    expect(refused.code).toBe(2);
    expect(document(refused)).toMatchObject({ schema: 'kibitzer/error@1', error: { code: 'RUNG_CLOSED' } });
    const wrongAnswer = await run(['analysis', '--answer', '9', '--json'], { practice });
    expect(wrongAnswer.code).toBe(2);
    expect(document(wrongAnswer)).toMatchObject({ error: { code: 'NO_SUCH_CHOICE' } });
    const told = document(await run(['analysis', '--skip', '--json'], { practice }));
    expect(told).toMatchObject({ schema: 'kibitzer/analysis@1', known: { mistake: stored.mistake } });
    expect(expectedLines(kata, stored)).toContain((told['known'] as { at: { line: number } }).at.line);
    const idea = document(await run(['ladder', '--rung', 'idea', '--json'], { practice }));
    expect(idea).toMatchObject({ schema: 'kibitzer/rung@1', rung: 'idea', about: stored.mistake });

    writeFileSync(file, referenceText(kata));
    const won = await run([], { practice });
    expect(won.code).toBe(0);
    expect(won.stdout).toContain('position 100');
    expect(existsSync(path.join(practice, kata.id, '.solutions/reference', kata.entry))).toBe(true);
    for (const { stdout, stderr } of [first, lost, won]) expect(stdout + stderr).not.toMatch(ESCAPES);
  },
);

test(
  'reports are documents with their schema, and colour comes only when asked',
  { timeout: 120_000 },
  async () => {
    const practice = practiceFolder();
    const list = document(await run(['list', '--json'], { practice }));
    expect(list).toMatchObject({ schema: 'kibitzer/list@1', chosen: kata.id });
    expect((list['katas'] as { id: string }[]).map((k) => k.id)).toEqual(katas.map((k) => k.id));
    const brief = document(await run(['brief', kata.id, '--json'], { practice }));
    expect(brief).toMatchObject({ schema: 'kibitzer/brief@1', kata: kata.id });
    const doctor = await run(['doctor', '--json'], { practice });
    expect(document(doctor)).toMatchObject({ schema: 'kibitzer/doctor@1', ok: true });
    expect(doctor.code).toBe(0);
    for (const command of [
      ['list'],
      ['brief'],
      ['ladder'],
      ['doctor'],
      ['--help'],
      ['help', 'judge'],
      ['--version'],
    ]) {
      const ran = await run(command, { practice });
      expect(ran.code, command.join(' ')).toBe(0);
      expect(ran.stdout, command.join(' ')).toMatch(/\S/);
      expect(ran.stdout + ran.stderr, command.join(' ')).not.toMatch(ESCAPES);
    }
    const colour = { FORCE_COLOR: '1' };
    expect((await run(['brief'], { practice, env: colour })).stdout).toMatch(ESCAPES);
    expect((await run(['brief'], { practice, env: { ...colour, NO_COLOR: '1' } })).stdout).not.toMatch(
      ESCAPES,
    );
    // commands that only report leave nothing behind
    expect(existsSync(practice)).toBe(false);
  },
);

test(
  'judge prints the verdict of a file or folder: 0 won, 1 lost or illegal',
  { timeout: 120_000 },
  async () => {
    const practice = practiceFolder();
    const won = await run(['judge', kata.id, readDesigns(kata)[0]!.folder, '--json'], { practice });
    expect(won.code).toBe(0);
    expect(document(won)).toMatchObject({
      schema: 'kibitzer/verdict@1',
      kata: kata.id,
      verdict: 'won',
      position: 100,
      diagnosis: { status: 'none', behind: 0, facts: [] },
    });

    const lost = await run(['judge', kata.id, path.join(stored.folder, kata.entry), '--json'], { practice });
    expect(lost.code).toBe(1);
    const doc = document(lost);
    expect(doc).toMatchObject({
      schema: 'kibitzer/verdict@1',
      verdict: 'lost',
      diagnosis: {
        status: 'known',
        mistake: stored.mistake,
        severity: expect.stringMatching(/^\?[?!]?$/),
        behind: expect.any(Number) as number,
        site: { file: kata.entry },
      },
      durationMs: expect.any(Number) as number,
    });
    for (const outcome of doc['outcomes'] as object[]) {
      expect(outcome).toMatchObject({
        probe: expect.any(String) as string,
        outcome: expect.stringMatching(/held|refuted|crashed|timed-out|unreached/) as string,
        ms: expect.any(Number) as number,
      });
    }
    expect((doc['diagnosis'] as { facts: unknown[] }).facts.length).toBeGreaterThan(0);

    const folder = practiceFolder();
    writeFileSync(folder, 'const = 1;');
    const illegal = await run(['judge', kata.id, folder, '--json'], { practice });
    expect(illegal.code).toBe(1);
    expect(document(illegal)).toMatchObject({
      schema: 'kibitzer/verdict@1',
      verdict: 'illegal',
      illegality: { code: 'syntax', frame: { line: 1 } },
    });

    const screen = await run(['judge', kata.id, stored.folder], { practice });
    expect(screen.code).toBe(1);
    expect(screen.stdout).toContain(`${stored.mistake}:`);
    expect(screen.stdout).not.toMatch(ESCAPES);
    expect(existsSync(practice)).toBe(false);
  },
);

test('check reports as a document', { timeout: 240_000 }, async () => {
  // the kata with the fewest stored moves will do
  const [small] = katas.toSorted((a, b) => readMoves(a).length - readMoves(b).length);
  const ran = await run(['check', small!.id, '--json'], { practice: practiceFolder(), patienceMs: 220_000 });
  const doc = document(ran);
  expect(doc).toMatchObject({ schema: 'kibitzer/check@1', katas: [{ id: small!.id }] });
  const [{ problems, moves }] = doc['katas'] as [{ problems: unknown[]; moves: number }];
  expect(moves).toBeGreaterThan(0);
  expect(ran.code).toBe(problems.length === 0 ? 0 : 1);
});

test(
  'what cannot be done is said in an error with a next step, and exits with 2',
  { timeout: 120_000 },
  async () => {
    const practice = practiceFolder();
    const cases: [string[], RegExp, string | null][] = [
      [['jugde', 'x'], /unknown command.*\n?.*judge/s, null],
      [['list', '--jsn'], /unknown option.*\n?.*--json/s, null],
      [['judge', kata.id], /missing required argument/, null],
      [['brief', 'lazy'], /there is no kata “lazy”\n.*did you mean lazy-query/, 'KATA_NOT_FOUND'],
      [['judge', kata.id, '/nowhere/at-all.ts'], /there is no \/nowhere\/at-all\.ts/, 'NOT_FOUND'],
      [['analysis'], /no lost move/, 'NOTHING_LOST'],
      [['ladder', '--rung', 'roof'], /there is no rung “roof”/, 'NO_SUCH_RUNG'],
      [['list', '--width', 'wide'], /not a whole number/, null],
    ];
    for (const [args, says, code] of cases) {
      const ran = await run(args, { practice });
      expect(ran.code, args.join(' ')).toBe(2);
      expect(ran.stdout, args.join(' ')).toBe('');
      expect(ran.stderr, args.join(' ')).toMatch(/^error: /);
      expect(ran.stderr, args.join(' ')).toMatch(says);
      expect(ran.stderr, args.join(' ')).not.toMatch(/\.ts:\d+:\d+/);
      if (code === null) continue;
      const json = await run([...args, '--json'], { practice });
      expect(json.code).toBe(2);
      expect(document(json)).toMatchObject({
        schema: 'kibitzer/error@1',
        error: { code, message: expect.any(String) as string, hint: expect.stringMatching(/\S/) as string },
      });
    }
  },
);

test(
  'a second runner is refused with who holds the folder; commands that only show something work',
  { timeout: 90_000 },
  async () => {
    const d = await open(kata);
    const { practice } = d;
    for (const args of [['run'], ['watch'], ['reset', '--yes']]) {
      const ran = await run(args, { practice });
      expect(ran.code, args.join(' ')).toBe(2);
      expect(ran.stderr).toMatch(
        new RegExp(`^error: kibitzer is already running here \\(process ${d.pid} since \\d\\d:\\d\\d\\)`),
      );
    }
    const json = await run(['run', '--json'], { practice });
    expect(document(json)).toMatchObject({ schema: 'kibitzer/error@1', error: { code: 'ALREADY_RUNNING' } });
    for (const args of [['list'], ['brief'], ['ladder']])
      expect((await run(args, { practice })).code).toBe(0);
    await quit(d);
    expect((await run(['run'], { practice })).code).toBe(1);
  },
);

import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
  openSync,
  closeSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tinyDisk } from '../store/testing.ts';
import {
  badMoves,
  entryText,
  eventsOf,
  expectedLines,
  katas,
  movesOf,
  referenceText,
  starterText,
} from './content.ts';
import { flat, practiceFolder, run, start } from './driver.ts';
import { lose, loseWith, open, quit, read, save } from './steps.ts';

const kata = katas[0]!;
const name = kata.exports[0]!;
const reference = referenceText(kata);
const exported = new RegExp(`export (?:async )?(?=(?:function|class|const) ${name}\\b)`);

/** What is saved, and what is said: what is wrong, and what to do. */
const spoilt: Record<string, { text: string | Uint8Array; wrong: RegExp; todo: RegExp }> = {
  'an empty file': { text: '', wrong: /is empty/, todo: /Write the code|undo/ },
  'a syntax error': { text: `${reference}\n}\n`, wrong: /illegal/, todo: /It costs nothing/ },
  'a missing export': {
    text: reference.replace(exported, ''),
    wrong: new RegExp(`declares ${name} but does not export it`),
    todo: /Write `?export`? before/,
  },
  'nothing of what is asked': {
    text: 'export const other = 1;\n',
    wrong: new RegExp(`does not export ${name}`),
    todo: new RegExp(`The kata needs .*export (?:function|class) ${name}`),
  },
  'a default instead of a named export': {
    text: `${reference.replace(exported, '')}\nexport default ${name};\n`,
    wrong: /found a default export/,
    todo: new RegExp(`Write .*export (?:function|class) ${name}.* instead of`),
  },
  'a UTF-16 file': { text: Buffer.from(`\ufeff${reference}`, 'utf16le'), wrong: /is UTF-16/, todo: /UTF-8/ },
  'a file in another encoding': {
    text: Buffer.from(`// caf\u00e9\n${reference}`, 'latin1'),
    wrong: /is not UTF-8/,
    todo: /UTF-8/,
  },
  'a file that throws when it is loaded': {
    text: `throw new Error('half done');\n${reference}`,
    wrong: /could not be loaded: Error: half done/,
    todo: /Repair what happens when the file is loaded/,
  },
  'an import of what is not there': {
    text: `import './nowhere.ts';\n${reference}`,
    wrong: /nowhere/,
    todo: /It costs nothing/,
  },
};

test(
  'each spoilt file gets a sentence and costs nothing; the next good save wins',
  { timeout: 120_000 },
  async () => {
    const d = await open(kata);
    const stored = (await badMoves(kata))[0]!;
    await read(d, await loseWith(d, kata, stored, 1));
    const before = eventsOf(d.practice);
    expect(reference).toMatch(exported);
    for (const [what, { text, wrong, todo }] of Object.entries(spoilt)) {
      await save(d, kata, text);
      const said = flat(await d.waitFor('It costs nothing.'));
      expect(said, what).toContain(`${kata.id} · illegal: `);
      expect(said, what).toMatch(wrong);
      expect(said, what).toMatch(todo);
      expect(said, what).not.toContain('undefined');
      const judged = path.join(d.practice, kata.id, kata.entry);
      expect(readFileSync(judged).equals(Buffer.from(text as string)), what).toBe(true);
    }
    rmSync(path.join(d.practice, kata.id, kata.entry));
    d.mark();
    await d.waitFor(`${kata.entry} is missing`);
    expect(eventsOf(d.practice)).toEqual(before);

    // with a byte order mark and CRLF it wins like the plain file, and is the same program
    await save(d, kata, `\ufeff${reference.replaceAll('\n', '\r\n')}`);
    await d.waitFor('position 100');
    await save(d, kata, reference);
    await d.waitFor('same program as move 2');
    expect(movesOf(d.practice, kata.id).map((m) => m.judgement.verdict)).toEqual(['lost', 'won']);
    await quit(d);
  },
);

test('a file with an enum is judged, with the learner’s own lines', { timeout: 90_000 }, async () => {
  const practice = practiceFolder();
  mkdirSync(practice, { recursive: true });
  const file = path.join(practice, 'mine.ts');
  const enums = 'enum Level {\n  Low = 1,\n  High,\n}\n\nvoid Level.High;\n';
  writeFileSync(file, enums + reference);
  const won = await run(['judge', kata.id, file, '--json'], { practice });
  expect(JSON.parse(won.stdout)).toMatchObject({ verdict: 'won', position: 100 });
  expect(won.code).toBe(0);

  const stored = (await badMoves(kata))[0]!;
  writeFileSync(file, enums + entryText(kata, stored.files));
  const lost = await run(['judge', kata.id, file, '--json'], { practice });
  const { verdict, diagnosis } = JSON.parse(lost.stdout);
  expect(verdict).toBe('lost');
  expect(diagnosis).toMatchObject({ status: 'known', mistake: stored.mistake });
  expect(expectedLines(kata, stored).map((line) => line + 6)).toContain(diagnosis.site.line);
  expect(lost.code).toBe(1);
});

test('a terminal 40 columns wide shows everything, cut or wrapped', { timeout: 120_000 }, async () => {
  const d = await open(kata, { cols: 40, rows: 30 });
  const stored = (await badMoves(kata))[0]!;
  const move = await loseWith(d, kata, stored, 1);
  await read(d, move);
  await save(d, kata, 'const = ;\n');
  await d.waitFor('It costs nothing.');
  for (const [key, shown] of [
    ['i', 'Idea'],
    ['p', 'another'],
    ['l', 'the ladder'],
    ['m', stored.mistake],
    ['?', 'quit; everything is kept'],
    ['d', '+ '],
    ['b', name],
    ['e', 'refuted|→|[a-z]'],
  ] as const) {
    d.type(key);
    await d.waitFor(new RegExp(shown.replace('+', '\\+')));
  }
  d.type('k');
  await d.waitFor('which kata?');
  d.type('\u001b');
  await d.waitFor('watching · ');
  d.type('x');
  await d.waitFor('es / [n]o');
  d.type('n');
  await d.waitFor('Nothing was changed.');
  await save(d, kata, reference);
  await d.waitFor(/position\s+100/);
  await d.waitFor(/every\s+probe\s+held/);
  await quit(d);
  expect(d.wrapped()).toEqual([]);
  expect(flat(d.scrollback())).toContain(flat(move.diagnosis.belief));
  expect(d.scrollback()).not.toMatch(/\[object |NaN/);
});

test(
  'in a read-only folder the screen says so and shows what was played',
  { timeout: 120_000 },
  async ({ skip }) => {
    const disk = tinyDisk('4m');
    if (!disk) return skip('a file system cannot be mounted here, and root may write into read-only folders');
    const practice = path.join(disk.folder, 'practice');
    const before = await open(kata, { practice });
    await lose(before, kata, entryText(kata, (await badMoves(kata))[0]!.files), 1);
    await quit(before);
    const events = eventsOf(practice);

    disk.remount('ro');
    const d = start({ practice });
    await d.waitFor(`${kata.id} · move 1 `);
    await d.waitFor(/not saved: .*read-only/);
    d.type(' ');
    await d.waitFor('Principle');
    await d.waitFor('not saved');
    d.type('q');
    expect(await d.exitCode()).toBe(0);
    expect(flat(d.scrollback())).toMatch(/warning: .*not saved/);
    const ran = await run(['doctor'], { practice });
    expect(ran.code).toBe(1);
    expect(flat(ran.stdout)).toContain('cannot be written');

    disk.remount('rw');
    expect(eventsOf(practice)).toEqual(events);
    const after = await open(kata, { practice });
    await after.waitFor(`${kata.id} · move 1 `);
    await quit(after);
  },
);

test('a first start in a read-only folder says so', { timeout: 90_000 }, async ({ skip }) => {
  const disk = tinyDisk('1m');
  if (!disk) return skip('a file system cannot be mounted here, and root may write into read-only folders');
  disk.remount('ro');
  const d = start({ practice: path.join(disk.folder, 'practice') });
  await d.waitFor('edit and save; every save is a move.');
  expect(flat(d.scrollback())).toMatch(/cannot be written/);
  await d.waitFor('not saved');
  d.type('q');
  expect(await d.exitCode()).toBe(0);
});

test(
  'on a full disk the session says so, goes on, and saves when there is room',
  { timeout: 120_000 },
  async ({ skip }) => {
    const disk = tinyDisk('2m');
    if (!disk) return skip('a file system of its own cannot be mounted here');
    const practice = path.join(disk.folder, 'practice');
    const d = await open(kata, { practice });
    const [one, other] = await badMoves(kata);
    const filler = path.join(disk.folder, 'filler');
    // shorter than the starter, so that the editor itself can still save
    await save(d, kata, starterText(kata) + '\n'.repeat(8192));
    await d.waitFor('no new move');
    fill(filler);
    await save(d, kata, entryText(kata, one!.files));
    await d.waitFor(`${kata.id} · move 1 `);
    await d.waitFor(/not saved: .*(?:full|space|room)/i);
    fill(filler);
    d.type(' ');
    await d.waitFor('Principle');

    rmSync(filler);
    await save(d, kata, entryText(kata, other!.files));
    await d.waitFor(`${kata.id} · move 2 `);
    await d.waitFor('just show me');
    expect(d.screen().at(-1)).not.toContain('not saved');
    await quit(d);
    expect(eventsOf(practice).map((e) => e.type)).toEqual([
      'kata-chosen',
      'kata-opened',
      'move-played',
      'analysis-read',
      'move-played',
    ]);
    expect(movesOf(practice, kata.id).map((m) => m.move)).toEqual([1, 2]);
    const again = start({ practice });
    await again.waitFor(`${kata.id} · move 2 `);
    again.type('d');
    await again.waitFor('Changed since move 1:');
    await quit(again);
  },
);

/** Writes into a file until the disk is full. */
function fill(file: string): void {
  const fd = openSync(file, existsSync(file) ? 'a' : 'w');
  try {
    for (const size of [4096, 512, 1]) {
      try {
        for (;;) writeSync(fd, Buffer.alloc(size, 120));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(fd);
  }
}

test('a practice folder that is a file is an error with a next step', { timeout: 60_000 }, async () => {
  const practice = practiceFolder();
  writeFileSync(practice, 'a file');
  const ran = await run(['run'], { practice });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/^error: .+\n +\S.+/);
  expect(ran.stderr).not.toMatch(/ at .*\.ts:\d/);
  expect(readFileSync(practice, 'utf8')).toBe('a file');
});

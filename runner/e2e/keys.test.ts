import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { KEYS } from '../screen/keys.ts';
import { KEY_WORDS, sameProgramWords, sayings } from '../screen/words.ts';
import { readDesigns } from '../store/katas.ts';
import { badMoves, entryText, eventsOf, katas, movesOf, starterText } from './content.ts';
import { flat, practiceFolder, run } from './driver.ts';
import { loseWith, open, quit, read } from './steps.ts';

const [kata, second] = katas as [(typeof katas)[0], (typeof katas)[0]];
const stored = (await badMoves(kata))[0]!;

test(
  'keys show help, brief, evidence, diff, moves, ladder and the list of katas',
  { timeout: 120_000 },
  async () => {
    const d = await open(kata);
    const move = await loseWith(d, kata, stored, 1);
    await read(d, move);
    const played = eventsOf(d.practice);

    d.type('?');
    await d.waitFor(KEY_WORDS.help.long);
    const help = await d.waitFor(KEY_WORDS.quit.long);
    for (const key of KEYS.filter((k) =>
      ['brief', 'evidence', 'diff', 'resign', 'reset'].includes(k.action),
    )) {
      expect(flat(help)).toContain(flat(`${key.key} ${KEY_WORDS[key.action].long}`));
    }

    d.type('b');
    const brief = await d.waitFor(kata.exports[0]!);
    expect(brief).toMatch(/^ +1\. /m);

    d.type('e');
    for (const [probe, outcome] of Object.entries(move.judgement.outcomes)) {
      if (outcome === 'refuted') await d.waitFor(probe);
    }

    d.type('d');
    await d.waitFor(sayings.diffSince(0));
    await d.waitFor(/^ +\+ /m);

    d.type('m');
    await d.waitFor(new RegExp(`^ +1 \\S* +${stored.mistake} `, 'm'));
    d.type('l');
    await d.waitFor(/better approach: closed/);
    d.type('r');
    await d.waitFor(sameProgramWords(1, true));
    d.type('v');
    await d.waitFor(`${stored.mistake}:`);
    expect(eventsOf(d.practice)).toEqual(played);

    // the list of katas: escape goes back, a number goes there
    d.type('k');
    await d.waitFor(sayings.whichKata(katas.length));
    d.type('\u001b');
    await d.waitFor('watching · ');
    expect(eventsOf(d.practice)).toEqual(played);
    d.type('k');
    await d.waitFor(sayings.whichKata(katas.length));
    d.type('2');
    await d.waitFor(`${second.id}/${second.entry} — edit and save`);
    d.type('k');
    await d.waitFor(sayings.whichKata(katas.length));
    // with more than nine katas a 1 alone could be the beginning of 10
    d.type(katas.length > 9 ? '1\r' : '1');
    // back at the first kata, its analysis is there again
    await d.waitFor(`${kata.id} · move 1 `);
    await d.waitFor(`${stored.mistake}:`);

    d.type('w');
    await d.waitFor('What the author needs is in');
    const contested = eventsOf(d.practice).find((e) => e.type === 'contested');
    expect(
      existsSync(contested?.type === 'contested' ? path.resolve(d.practice, contested.bundle) : ''),
    ).toBe(true);

    // keys that mean nothing now do nothing
    d.type('7');
    d.type('n');
    d.type('z');
    d.type('?');
    await d.waitFor(KEY_WORDS.quit.long);
    await quit(d);
  },
);

test(
  'resign asks; n leaves everything as it is, y opens the ladder and the designs',
  { timeout: 90_000 },
  async () => {
    const d = await open(kata);
    await read(d, await loseWith(d, kata, stored, 1));
    const before = eventsOf(d.practice);
    d.type('x');
    await d.waitFor('[y]es / [n]o');
    d.type('n');
    await d.waitFor(sayings.nothingChanged);
    expect(eventsOf(d.practice)).toEqual(before);
    const solutions = path.join(d.practice, kata.id, '.solutions');
    expect(existsSync(solutions)).toBe(false);

    d.type('x');
    await d.waitFor('[y]es / [n]o');
    d.type('y');
    await d.waitFor('Everything is open now.');
    expect(eventsOf(d.practice).at(-1)?.type).toBe('resigned');
    for (const design of readDesigns(kata)) {
      expect(readFileSync(path.join(solutions, design.name, kata.entry), 'utf8')).toBe(
        entryText(kata, design.files),
      );
    }
    expect(readFileSync(path.join(d.practice, kata.id, kata.entry), 'utf8')).toBe(
      entryText(kata, stored.files),
    );
    d.type('p');
    await d.waitFor('Plan');
    d.type('a');
    await d.waitFor('Better approach');
    await d.waitFor(/^ +- /m);
    d.type('x');
    d.type('?');
    await d.waitFor(KEY_WORDS.quit.long);
    expect(movesOf(d.practice, kata.id)).toHaveLength(1);
    await quit(d);
  },
);

test(
  'reset asks; y puts the starter back and keeps files, moves and ladder',
  { timeout: 90_000 },
  async () => {
    const d = await open(kata);
    await read(d, await loseWith(d, kata, stored, 1));
    const file = path.join(d.practice, kata.id, kata.entry);
    d.type('o');
    await d.waitFor('[y]es / [n]o');
    d.type('n');
    await d.waitFor(sayings.nothingChanged);
    expect(readFileSync(file, 'utf8')).toBe(entryText(kata, stored.files));

    d.type('o');
    await d.waitFor('[y]es / [n]o');
    d.type('y');
    await d.waitFor(`The starter of ${kata.id} is back.`);
    expect(readFileSync(file, 'utf8')).toBe(starterText(kata));
    const event = eventsOf(d.practice).at(-1)!;
    if (event.type !== 'reset') throw new Error(`${event.type} instead of reset`);
    const backup = path.resolve(d.practice, event.backup, kata.id, kata.entry);
    expect(readFileSync(backup, 'utf8')).toBe(entryText(kata, stored.files));
    d.type('m');
    await d.waitFor(new RegExp(`^ +1 \\S* +${stored.mistake} `, 'm'));
    d.type('l');
    await d.waitFor(/idea: open/);
    expect(movesOf(d.practice, kata.id)).toHaveLength(1);
    await quit(d);
  },
);

test(
  'as commands, resign and reset ask too, and need --yes where nobody can be asked',
  { timeout: 90_000 },
  async () => {
    const practice = practiceFolder();
    await run(['run', kata.id], { practice });
    const file = path.join(practice, kata.id, kata.entry);
    writeFileSync(file, entryText(kata, stored.files));
    expect((await run(['run', kata.id, '--json'], { practice })).code).toBe(1);
    for (const command of ['resign', 'reset']) {
      const refused = await run([command, kata.id], { practice });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/^error: .+\n +.*--yes/);
    }
    expect(readFileSync(file, 'utf8')).toBe(entryText(kata, stored.files));
    expect((await run(['reset', kata.id, '--yes'], { practice })).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(starterText(kata));
    const resigned = await run(['resign', kata.id, '--yes', '--json'], { practice });
    expect(resigned.code).toBe(0);
    expect(JSON.parse(resigned.stdout)).toMatchObject({ schema: 'kibitzer/resign@1', kata: kata.id });
    expect(existsSync(path.join(practice, kata.id, '.solutions', 'reference', kata.entry))).toBe(true);
  },
);

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { refusalWords } from '../screen/words.ts';
import { readBook, readDesigns } from '../store/katas.ts';
import { badMoves, entryText, eventsOf, katas, movesOf } from './content.ts';
import { flat, start } from './driver.ts';
import { block, lose, loseWith, quit, read, win } from './steps.ts';

test(
  'from the first start over lost moves to a won kata, and on to the next',
  { timeout: 120_000 },
  async () => {
    const [kata, second] = katas as [(typeof katas)[0], (typeof katas)[0]];
    const [one, other] = (await badMoves(kata)) as [
      Awaited<ReturnType<typeof badMoves>>[0],
      Awaited<ReturnType<typeof badMoves>>[0],
    ];
    const book = await readBook(kata);
    const mistakeOf = (id: string) => book.find((m) => m.id === id)!;

    // the first start: story, the starter's symptom as it was executed, the file to edit
    let d = start();
    const practice = d.practice;
    const first = await d.waitFor('edit and save; every save is a move.');
    await d.waitFor('watching · ');
    const [opened] = eventsOf(practice);
    if (opened?.type !== 'kata-opened') throw new Error('the kata was not opened first');
    expect(flat(first)).toContain('The starter, played as it stands');
    expect(flat(first)).toContain(flat(opened.starter.messages[kata.symptom]!));
    expect(first).toContain(`${kata.id}/${kata.entry}`);

    // a bad move: what held, the refutation, the question; the mistake is not given away
    const lost = await loseWith(d, kata, one, 1);
    const asked = d.since();
    expect(asked).toMatch(/position \d+ → \d+/);
    for (const [probe, outcome] of Object.entries(lost.judgement.outcomes)) {
      if (outcome === 'held') expect(flat(asked)).toContain(probe);
    }
    expect(flat(asked)).toContain(flat(lost.diagnosis.outcome));
    expect(flat(asked)).toContain(flat(lost.diagnosis.question!.ask));
    expect(asked).not.toContain(`${one.mistake}:`);

    // quitting here and starting again shows the same question
    await quit(d);
    d = start({ practice });
    await d.waitFor(lost.diagnosis.question!.ask);
    const askedAgain = await d.waitFor(/just show me.*$/);
    expect(block(askedAgain, `${kata.id} · move 1`)).toBe(block(asked, `${kata.id} · move 1`));

    // the answer by key: the line, the mistake, principle and belief
    const told = await read(d, lost);
    const line = lost.diagnosis.at!.line;
    expect(told).toContain(`Yes: ${lost.diagnosis.question!.answer + 1}, line ${line}`);
    expect(told).toMatch(new RegExp(`^ > +${line} │`, 'm'));
    expect(flat(told)).toContain(`${one.mistake}: ${flat(mistakeOf(one.mistake).title)}`);
    expect(flat(told)).toContain(`Principle ${flat(mistakeOf(one.mistake).principle)}`);
    expect(flat(told)).toContain(`Belief ${flat(lost.diagnosis.belief)}`);

    // the idea is open, the plan is not, and says why
    d.type('i');
    await d.waitFor(`Idea — ${one.mistake}`);
    await d.waitFor(flat(mistakeOf(one.mistake).idea));
    d.type('p');
    await d.waitFor(refusalWords({ code: 'needs-another-move', since: 1 }));

    // the same idea with one statement more is a move, but not another idea
    const nearly = await lose(d, kata, `${entryText(kata, one.files)}\nexport const oneMore = 1;\n`, 2);
    expect(nearly.diagnosis.mistake).toBe(one.mistake);
    d.type('p');
    await d.waitFor(refusalWords({ code: 'analysis-unread', move: 2 }));
    await read(d, nearly);
    d.type('p');
    await d.waitFor(refusalWords({ code: 'not-different', move: 2, since: 1, changed: 1 }));
    expect(
      eventsOf(practice)
        .filter((e) => e.type === 'rung-opened')
        .map((e) => e.rung),
    ).toEqual(['idea']);

    // another mistake, read: the plan opens
    const another = await loseWith(d, kata, other, 3);
    const toldOther = await read(d, another);
    d.type('p');
    await d.waitFor(`Plan — ${other.mistake}`);
    await d.waitFor(flat(mistakeOf(other.mistake).plan));

    // quitting after reading and starting again shows the same analysis
    await quit(d);
    d = start({ practice });
    await d.waitFor('Belief');
    const toldAgain = await d.waitFor(/\[q\]uit\s*$/);
    const right = another.diagnosis.question
      ? `Yes: ${another.diagnosis.question.answer + 1}, line`
      : `${other.mistake}:`;
    expect(block(toldAgain, right)).toBe(block(toldOther, right));

    // an accepted design wins: the moves in review, the designs unlocked, the next kata offered
    const won = await win(d, kata);
    expect(movesOf(practice, kata.id).map((m) => m.judgement.verdict)).toEqual([
      'lost',
      'lost',
      'lost',
      'won',
    ]);
    expect(won).toMatch(new RegExp(`^ +1 \\S* +${one.mistake} +`, 'm'));
    expect(won).toMatch(new RegExp(`^ +2 \\S* +${one.mistake} +`, 'm'));
    expect(won).toMatch(new RegExp(`^ +3 \\S* +${other.mistake} +`, 'm'));
    expect(won).toMatch(/^ +4 \S+ +every probe held +(?:\d+ → )?100/m);
    for (const design of readDesigns(kata)) {
      const unlocked = path.join(practice, kata.id, '.solutions', design.name, kata.entry);
      expect(readFileSync(unlocked, 'utf8')).toBe(entryText(kata, design.files));
    }
    expect(d.screen().at(-1)).toContain('[n]ext');

    // nobody is moved on unasked: the won kata stays, its keys work, until [n]
    d.type('m');
    await d.waitFor(/every probe held/);
    expect(eventsOf(practice).some((e) => e.kata !== kata.id)).toBe(false);
    d.type('n');
    await d.waitFor(`${second.id}/${second.entry} — edit and save`);
    const next = await d.waitFor(/watching · .*$/);
    expect(next).toContain(`▸ ${second.id}`);
    expect(next).toContain(`● ${kata.id}`);
    expect(eventsOf(practice).find((e) => e.type === 'kata-chosen')?.kata).toBe(second.id);
    await quit(d);

    // and so it is at the next start
    d = start({ practice });
    const again = await d.waitFor('edit and save; every save is a move.');
    await d.waitFor(/\[q\]uit\s*$/);
    expect(block(again, 'kibitzer —')).toBe(block(next, 'kibitzer —'));
    await quit(d);
  },
);

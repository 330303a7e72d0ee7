import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, sameProgram, type Command } from './decide.ts';
import { RUNGS, type GameEvent, type Rung, type Stored } from './events.ts';
import { evolve, gameOf, isOver, lastMove, NOTHING_PLAYED, replay, type Progress } from './game.ts';
import { ladderOf } from './ladder.ts';
import { judgement, KATA, known, NONE, opened, outOfBook, played, stored, table, WON } from './testing.ts';

const katas = fc.constantFrom(KATA, 'hidden-clock', 'never-opened', 'constructor', '__proto__');
const outcome = fc.constantFrom('held', 'refuted', 'crashed', 'timed-out', 'unreached' as const);
const diagnoses = fc.constantFrom(
  known('late'),
  known('live', '?'),
  known('again', '?!', { question: null }),
  outOfBook('a'),
  outOfBook('b'),
  NONE,
);
const judgements = fc
  .record({
    position: fc.integer({ min: 0, max: 100 }),
    a: outcome,
    b: outcome,
    diagnosis: diagnoses,
    won: fc.boolean(),
  })
  .map((j) =>
    j.won ? WON : judgement({ position: j.position, outcomes: { a: j.a, b: j.b }, diagnosis: j.diagnosis }),
  );
const rungs = fc.constantFrom<Rung>(...RUNGS);
const statements = fc.array(fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'), { maxLength: 6 });

/** Any event at all, sensible or not. */
const anyEvent: fc.Arbitrary<GameEvent> = fc.oneof(
  katas.map((kata) => opened(kata)),
  fc
    .record({
      kata: katas,
      move: fc.integer({ min: -1, max: 6 }),
      hash: fc.constantFrom('starter', 'h1', 'h2', 'h3'),
      statements,
      judgement: judgements,
    })
    .map((e) => played(e.move, e)),
  fc
    .record({
      kata: katas,
      move: fc.integer({ min: -1, max: 6 }),
      choice: fc.option(fc.integer({ min: -1, max: 9 })),
      right: fc.boolean(),
    })
    .map((e) => ({ type: 'analysis-read' as const, ...e })),
  fc
    .record({
      kata: katas,
      rung: fc.oneof(rungs, fc.constant('answer' as Rung)),
      by: fc.constantFrom('earned', 'offered' as const),
      move: fc.integer({ min: -1, max: 9 }),
    })
    .map((e) => ({ type: 'rung-opened' as const, ...e })),
  katas.map((kata) => ({ type: 'resigned' as const, kata })),
  katas.map((kata) => ({ type: 'reset' as const, kata, backup: 'b' })),
  katas.map((kata) => ({ type: 'kata-chosen' as const, kata })),
  katas.map((kata) => ({ type: 'contested' as const, kata, move: 1, bundle: 'f' })),
  katas.map((kata) => ({ type: 'written-by-a-later-version', kata }) as unknown as GameEvent),
);
/** Logs that get somewhere: moves are mostly numbered as they should be. */
const anyLog = fc
  .array(
    fc.oneof({ weight: 1, arbitrary: anyEvent }, { weight: 2, arbitrary: fc.constant('next' as const) }),
    { maxLength: 25 },
  )
  .map((parts) => {
    let n = 0;
    const events: GameEvent[] = [opened()];
    for (const part of parts) {
      if (part !== 'next') events.push(part);
      else
        events.push(played(++n, { hash: `x${n}` }), {
          type: 'analysis-read',
          kata: KATA,
          move: n,
          choice: null,
          right: false,
        });
    }
    return stored(events);
  });

describe('any sequence of events', () => {
  it('gives by replay what it gave live, after every event', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        let live: Progress = NOTHING_PLAYED;
        log.forEach((event, i) => {
          live = evolve(live, event);
          expect(replay(log.slice(0, i + 1))).toEqual(live);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('survives being written as JSON and read back', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        expect(replay(JSON.parse(JSON.stringify(log)) as typeof log)).toEqual(replay(log));
      }),
      { numRuns: 100 },
    );
  });

  it('never closes a rung, never takes back a move, a reading, a win or a resignation', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        let before: Progress = NOTHING_PLAYED;
        for (const event of log) {
          const after = evolve(before, event);
          for (const kata of Object.keys(before.games)) {
            const [a, b] = [gameOf(before, kata), gameOf(after, kata)];
            expect(b.level).toBeGreaterThanOrEqual(a.level);
            expect(ladderOf(b, 0).open.slice(0, a.level)).toEqual(RUNGS.slice(0, a.level));
            expect(b.moves.slice(0, a.moves.length).map((m) => [m.hash, m.glyph, m.before])).toEqual(
              a.moves.map((m) => [m.hash, m.glyph, m.before]),
            );
            a.moves.forEach((m, i) => m.read && expect(b.moves[i]!.read).toEqual(m.read));
            expect([b.wonAt ?? a.wonAt, b.resigned || a.resigned]).toEqual([a.wonAt ?? b.wonAt, b.resigned]);
            expect(b.start).toBe(a.start ?? b.start);
          }
          before = after;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps games sound: moves numbered without gaps, at most three rungs, none open before a move', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        for (const game of Object.values(replay(log).games)) {
          expect(game.moves.map((m) => m.n)).toEqual(game.moves.map((_, i) => i + 1));
          expect(game.level).toBeLessThanOrEqual(3);
          if (game.moves.length === 0 && !game.resigned) expect(game.level).toBe(0);
          if (game.moves.length > 0) expect(game.start).not.toBeNull();
          expect(new Set(game.rungs.map((r) => r.rung)).size).toBe(game.rungs.length);
          for (const { rung } of game.rungs) expect(RUNGS.indexOf(rung)).toBeLessThan(game.level);
          expect(game.moves.some((m) => m.read && m.judgement.verdict === 'won')).toBe(false);
          expect(game.counted === null || game.moves[game.counted - 1] !== undefined).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has no effect from one kata on another', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const whole = gameOf(replay(log), KATA);
        expect(gameOf(replay(log.filter((e) => e.kata === KATA)), KATA)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('has a ladder that either opens, refuses with a reason, or is at its end', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 0, max: 10 ** 13 }), (log, now) => {
        for (const game of Object.values(replay(log).games)) {
          const ladder = ladderOf(game, now);
          expect(
            [ladder.next === null, ladder.offered !== null, ladder.refusal !== null].filter(Boolean),
          ).toHaveLength(1);
          expect(ladder.open).toHaveLength(game.level);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('any sequence of commands', () => {
  const commands: fc.Arbitrary<Command> = fc.oneof(
    fc.record({
      do: fc.constant('play' as const),
      hash: fc.constantFrom('starter', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'),
      statements,
      files: fc.constant({}),
      judgement: judgements,
    }),
    fc.record({ do: fc.constant('read' as const), choice: fc.option(fc.integer({ min: -2, max: 5 })) }),
    fc.record({
      do: fc.constant('open-rung' as const),
      rung: rungs,
      now: fc.integer({ min: 0, max: 4 * 10 ** 12 }),
    }),
    fc.constant({ do: 'resign' as const }),
  );

  it('decides only what evolve accepts: every event changes the game, and a rung it opens is open', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 30 }), (all) => {
        let progress = replay(stored([opened()]));
        let seq = 1;
        for (const command of all) {
          const decision = decide(gameOf(progress, KATA), command);
          if ('refused' in decision) continue;
          for (const event of decision.events) {
            const after = evolve(progress, { ...event, seq: ++seq, at: '2026-06-01T08:00:00.000Z' });
            expect(after, JSON.stringify(event)).not.toBe(progress);
            progress = after;
          }
          if (command.do === 'open-rung')
            expect(ladderOf(gameOf(progress, KATA), 0).open).toContain(command.rung);
          if (command.do === 'play') expect(lastMove(gameOf(progress, KATA))!.hash).toBe(command.hash);
          if (command.do === 'read')
            expect(
              lastMove(gameOf(progress, KATA))!.read !== null ||
                lastMove(gameOf(progress, KATA))!.judgement.verdict === 'won' ||
                gameOf(progress, KATA).moves.length === 0,
            ).toBe(true);
          if (command.do === 'resign') expect(gameOf(progress, KATA).level).toBe(3);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('evolve', () => {
  const at = (event: GameEvent, seq = 9): GameEvent & Stored => ({
    ...event,
    seq,
    at: '2026-06-01T09:00:00.000Z',
  });

  it.each<[string, GameEvent]>([
    ['a move of a kata never opened', played(1, { kata: 'hidden-clock' })],
    ['a move with a number too high', played(5)],
    ['a move with the number of an earlier one', played(1)],
    ['a second reading', { type: 'analysis-read', kata: KATA, move: 1, choice: 2, right: true }],
    [
      'a reading of a move that was not played',
      { type: 'analysis-read', kata: KATA, move: 7, choice: null, right: false },
    ],
    [
      'a rung that is not open',
      { type: 'rung-opened', kata: KATA, rung: 'better-approach', by: 'earned', move: 2 },
    ],
    [
      'a rung that does not exist',
      { type: 'rung-opened', kata: KATA, rung: 'answer' as Rung, by: 'offered', move: 2 },
    ],
    [
      'a rung of a kata never opened',
      { type: 'rung-opened', kata: 'hidden-clock', rung: 'idea', by: 'offered', move: 1 },
    ],
    ['a type of a later version', { type: 'dreamt', kata: KATA } as unknown as GameEvent],
    ['a reset', { type: 'reset', kata: KATA, backup: 'b' }],
  ])('changes nothing at %s', (_, event) => {
    const progress = replay(
      stored([
        opened(),
        played(1),
        { type: 'analysis-read', kata: KATA, move: 1, choice: null, right: false },
        played(2),
      ]),
    );
    expect(evolve(progress, at(event))).toBe(progress);
  });

  it('keeps the first judgement of the starter when a kata is opened again, and takes the new version', () => {
    const again = { ...opened(KATA, judgement({ position: 7 })), version: 'v2' };
    const game = gameOf(replay(stored([opened(), again])), KATA);
    expect([game.version, game.start!.judgement.position]).toEqual(['v2', 40]);
  });

  it('remembers the kata chosen last', () => {
    expect(replay(stored([opened('a'), opened('b'), { type: 'kata-chosen', kata: 'a' }])).chosen).toBe('a');
  });

  it('measures the first move against the starter and the second against the first', () => {
    const t = table(judgement({ position: 30 }));
    t.play({ position: 46 });
    t.play({ position: 20 });
    expect(t.game().moves.map((m) => [m.before, m.judgement.position])).toEqual([
      [30, 46],
      [46, 20],
    ]);
  });

  it('lets the first win stand and goes on after it', () => {
    const t = table();
    t.play();
    t.win();
    t.play({}, [], 'h9');
    t.win();
    expect([t.game().wonAt, t.game().moves.length, isOver(t.game())]).toEqual([2, 4, true]);
  });
});

describe('decide', () => {
  it('refuses a program that was played before, naming the latest move with it, the starter as move 0', () => {
    const t = table();
    t.play({}, [], 'x');
    t.play({}, [], 'y');
    const play = (hash: string) =>
      decide(t.game(), { do: 'play', hash, statements: [], files: {}, judgement: judgement() });
    expect(play('x')).toEqual({ refused: { code: 'same-program', move: 1 } });
    expect(play('starter')).toEqual({ refused: { code: 'same-program', move: 0 } });
    expect(play('z')).toMatchObject({ events: [{ type: 'move-played', move: 3, hash: 'z' }] });
    expect(sameProgram(t.game(), 'nowhere')).toBeNull();
  });

  it('refuses a move in a game that was never opened', () => {
    expect(
      decide(gameOf(NOTHING_PLAYED, KATA), {
        do: 'play',
        hash: 'h',
        statements: [],
        files: {},
        judgement: judgement(),
      }),
    ).toEqual({ refused: { code: 'not-open' } });
  });

  it('reads an analysis once: rightly, wrongly or by skipping it', () => {
    for (const [choice, right] of [
      [1, true],
      [0, false],
      [null, false],
    ] as const) {
      const t = table();
      t.play();
      expect(t.read(choice)).toBe('done');
      expect(t.game().moves[0]!.read).toEqual({ choice, right });
      expect(t.read(1)).toBe('nothing');
      expect(t.game().moves[0]!.read).toEqual({ choice, right });
    }
  });

  it.each([3, -1, 0.5, Number.NaN])('takes the answer %s, which is no choice, for a skip', (choice) => {
    const t = table();
    t.play();
    expect(t.read(choice)).toBe('done');
    expect(t.game().moves[0]!.read).toEqual({ choice: null, right: false });
  });

  it('takes any answer for a skip where nothing is asked', () => {
    const t = table();
    t.play({ diagnosis: outOfBook('b') });
    t.read(0);
    expect(t.game().moves[0]!.read).toEqual({ choice: null, right: false });
  });

  it('has nothing to read before the first move and after a win', () => {
    const t = table();
    expect(t.read()).toBe('nothing');
    t.win();
    expect(t.read()).toBe('nothing');
  });

  it('refuses to resign a game that is over', () => {
    const t = table();
    expect(t.resign()).toBe('done');
    expect(t.resign()).toBe('already-over');
    const won = table();
    won.win();
    expect(won.resign()).toBe('already-over');
  });
});

/** Made-up moves, games and books for tests of core and screen. */
import type { Mistake, Severity } from './book.ts';
import { decide, type Command } from './decide.ts';
import type { Diagnosis, KnownMistake } from './diagnosis.ts';
import type { GameEvent, Judgement, KataOpened, MovePlayed, Rung, Stored } from './events.ts';
import type { Fact, Frame, SqlFact } from './facts.ts';
import { evolve, gameOf, NOTHING_PLAYED, type Game, type Progress } from './game.ts';
import type { Outcome, ProbeResult } from './verdict.ts';

export const KATA = 'lazy-query';
const MINUTE = 60_000;
/** The first event of every made-up log happened at this time. */
export const DAWN = Date.parse('2026-06-01T08:00:00.000Z');

export function frame(line: number, file = 'club.ts', column = 3): Frame {
  return { file, line, column, fn: null, isAsync: false };
}

export function sql(seq: number, text: string, more: Partial<SqlFact> = {}): SqlFact {
  const at = frame(seq);
  return {
    kind: 'sql',
    seq,
    op: 'all',
    sql: text,
    params: [],
    rows: 0,
    changes: 0,
    inTransaction: false,
    connection: 'main',
    site: { near: at, cause: at },
    ...more,
  };
}

export function result(
  probe: string,
  outcome: Outcome = 'held',
  more: Partial<ProbeResult> = {},
): ProbeResult {
  return {
    probe,
    role: 'probe',
    outcome,
    weight: 1,
    sentence: 1,
    plays: `${probe}()`,
    ms: 1,
    observations: {},
    facts: [],
    frames: [],
    ...more,
  };
}

export function mistakeOf(id: string, severity: Severity, more: Partial<Mistake> = {}): Mistake {
  return {
    id,
    title: `what ${id} does`,
    severity,
    when: { saw: id, in: 'p', is: true },
    evidence: () => [],
    outcome: () => 'it lost',
    point: () => null,
    question: () => ({ ask: 'Which of these lines did it?' }),
    principle: 'Ask once.',
    belief: 'This works only if nobody writes.',
    idea: `idea of ${id}`,
    plan: `plan of ${id}`,
    themes: [],
    ...more,
  };
}

export const NONE: Diagnosis = { status: 'none' };

export function known(
  mistake: string,
  severity: Severity = '??',
  more: Partial<KnownMistake> = {},
): KnownMistake {
  return {
    status: 'known',
    mistake,
    severity,
    behind: [],
    evidence: [],
    decisive: -1,
    outcome: 'it lost',
    at: frame(2),
    question: { ask: 'Which of these lines did it?', choices: [frame(1), frame(2), frame(3)], answer: 1 },
    because: null,
    belief: 'This works only if nobody writes.',
    ...more,
  };
}

export function outOfBook(probe: string, evidence: readonly Fact[] = []): Diagnosis {
  return { status: 'out-of-book', probe, evidence, at: null };
}

export function judgement(more: Partial<Judgement> = {}): Judgement {
  return {
    verdict: 'lost',
    position: 40,
    outcomes: { a: 'held', b: 'refuted' },
    messages: {},
    diagnosis: known('late'),
    evidence: 'e0',
    ...more,
  };
}

export const WON: Judgement = judgement({
  verdict: 'won',
  position: 100,
  outcomes: { a: 'held', b: 'held' },
  diagnosis: NONE,
});

export function opened(kata = KATA, starter = judgement()): KataOpened {
  return { type: 'kata-opened', kata, version: 'v1', hash: 'starter', files: {}, starter };
}

export function played(move: number, more: Partial<MovePlayed> = {}): MovePlayed {
  return {
    type: 'move-played',
    kata: KATA,
    move,
    hash: `h${move}`,
    statements: ['s1', 's2', 's3'],
    files: {},
    judgement: judgement(),
    ...more,
  };
}

/** Stores events as a log does: numbered, a minute between them. */
export function stored(events: readonly GameEvent[]): (GameEvent & Stored)[] {
  return events.map((e, i) => ({ ...e, seq: i + 1, at: new Date(DAWN + i * MINUTE).toISOString() }));
}

/** A game that is played by commands, as the runner does it; the clock stands unless a test moves it. */
export function table(starter = judgement()) {
  let progress: Progress = NOTHING_PLAYED;
  let now = DAWN;
  const log: (GameEvent & Stored)[] = [];
  const put = (events: readonly GameEvent[]): void => {
    for (const event of events) {
      const whole = { ...event, seq: log.length + 1, at: new Date(now).toISOString() };
      log.push(whole);
      progress = evolve(progress, whole);
    }
  };
  put([opened(KATA, starter)]);
  const game = (): Game => gameOf(progress, KATA);
  const command = (c: Command): string => {
    const decision = decide(game(), c);
    if ('refused' in decision) return decision.refused.code;
    put(decision.events);
    return decision.events.length === 0 ? 'nothing' : 'done';
  };
  return {
    log,
    game,
    command,
    put,
    /** plays a new program; what is not given is as in a lost move of one diagnosis */
    play(
      more: Partial<Judgement> = {},
      statements: readonly string[] = ['s1', 's2', 's3'],
      hash = `h${game().moves.length + 1}`,
    ) {
      return command({ do: 'play', hash, statements, files: {}, judgement: judgement(more) });
    },
    win: (hash = `w${game().moves.length + 1}`) =>
      command({ do: 'play', hash, statements: [], files: {}, judgement: WON }),
    read: (choice: number | null = null) => command({ do: 'read', choice }),
    open: (rung: Rung) => command({ do: 'open-rung', rung, now }),
    resign: () => command({ do: 'resign' }),
    wait: (minutes: number): void => void (now += minutes * MINUTE),
    get now() {
      return now;
    },
  };
}

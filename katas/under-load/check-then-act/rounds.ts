import {
  type Call,
  type Ending,
  type Explored,
  type ProbeContext,
  type StageFile,
  type StageWorld,
  type StepFact,
  type Task,
} from 'kibitzer/kit';
import type * as Starter from './starter/booking.ts';

export type Play = ProbeContext<typeof Starter>;

export type Desk = Starter.Booking;

export const SCHEMA = `
  CREATE TABLE seat(id TEXT PRIMARY KEY, taken_by TEXT);
  CREATE TABLE hold(name TEXT PRIMARY KEY, since INTEGER);
  INSERT INTO seat VALUES ('A1', NULL), ('A2', NULL), ('B1', NULL), ('B2', NULL);`;

export const TAKEN = (seat: string, guest: string): string =>
  `UPDATE seat SET taken_by = '${guest}' WHERE id = '${seat}';`;

/** Steps kept as evidence: a caller that asks for ever asks the same each time. */
export const MOST_STEPS = 60;

export const BUDGET = 10_000;

export type Owners = Readonly<Record<string, string | null>>;

/** What is wrong at the end of a schedule: as an observation, and in a sentence. */
export interface Wrong {
  ended: string;
  says: string;
  /** the caller who was told yes, and has nothing of it */
  loser?: string | undefined;
}

/** Callers who are at work at once, and what must be true in the end. */
export interface Round {
  name: string;
  /** each is a module graph of its own with one connection */
  processes: 1 | 2;
  /** further statements before anybody calls */
  before?: string;
  /** who calls what; `other` is the second process, or the first again */
  tasks(one: Desk, other: Desk, world: { s: StageWorld; file: StageFile }): Record<string, Task>;
  wrong(end: Ending, owners: Owners): Wrong | null;
  /** each caller is also cut off in the place of each of its steps */
  crash?: true;
  maxPreemptions?: number;
  limit?: number;
}

/** Plays a round under its schedules; the first one that breaks is the evidence. */
export async function play(t: Play, r: Round, tally: Tally): Promise<void> {
  let { result, wrong } = await explore(t, r, async () => (tally.other ??= await t.fresh()));
  // what a module remembers of other schedules has not happened in this one: what counts has to break without that
  if (result.violation !== null) ({ result, wrong } = await explore(t, r, null));
  tally.schedules += result.schedules;
  tally.exhausted &&= result.exhausted;
  if (result.violation !== null) lose(t, r, result, wrong);
}

/** @param other gives the module of the second process; null: each schedule has modules of its own */
export async function explore(
  t: Play,
  r: Round,
  other: (() => Promise<typeof Starter>) | null,
): Promise<{ result: Explored; wrong: Wrong | null }> {
  let wrong: Wrong | null = null;
  const result = await t.stage.explore({
    maxPreemptions: r.maxPreemptions ?? 2,
    limit: r.limit ?? 40,
    crash: r.crash ?? false,
    async world(s) {
      const file = s.file(SCHEMA + (r.before ?? ''));
      const first = s.make(other ? t.mod : await t.fresh(), 'openBooking', file);
      const second =
        r.processes === 2 ? s.make(other ? await other() : await t.fresh(), 'openBooking', file) : first;
      return {
        tasks: r.tasks(first, second, { s, file }),
        check(end) {
          wrong = r.wrong(end, ownersIn(file));
          return wrong?.says ?? null;
        },
      };
    },
  });
  return { result, wrong };
}

/** What a probe has played so far. */
export interface Tally {
  schedules: number;
  exhausted: boolean;
  /** the second process's module, once it was needed */
  other: typeof Starter | null;
}

export async function playAll(t: Play, rounds: readonly Round[]): Promise<void> {
  const tally: Tally = { schedules: 0, exhausted: true, other: null };
  // who measures how long somebody has held on to something finds the time that passes for those who wait
  t.ambient.shift({ now: t.clock });
  for (const r of rounds) await play(t, r, tally);
  t.see('schedules', tally.schedules);
  t.see('exhausted', tally.exhausted);
}

export function lose(t: Play, r: Round, result: Explored, wrong: Wrong | null): void {
  const steps = result.steps.slice(0, MOST_STEPS);
  const failing = result.steps.map((s) => / → fails: (.*)$/.exec(s.label)?.[1]).find((e) => e !== undefined);
  const stuck = result.stuck.length > 0;
  const tells = stuck ? inWords(result) : wrong!.says;
  t.see('round', r.name);
  t.see('ended', stuck ? waiting(result) : wrong!.ended);
  if (failing !== undefined) t.see('failing', kindOfError(failing));
  const loser = stuck ? undefined : wrong!.loser;
  if (loser !== undefined) {
    t.see('loser', fate(loser, steps));
    t.fact({ kind: 'note', text: `${loser} was told yes, and has nothing of it`, site: null });
  }
  for (const step of steps) t.fact(step);
  t.fact({ kind: 'note', text: found(result), site: null });
  t.hold(false, tells);
}

export const WRITES = /^(?:UPDATE|INSERT|REPLACE|DELETE|WITH\b.*\b(?:UPDATE|INSERT|DELETE))\b/i;

export const IN_VAIN = /(?:→ (?:0 changed|0 rows|no row|fails: .*)|\(waits\))$/;

/** What became of the writes of a caller who was told yes and has nothing of it. */
export function fate(who: string, steps: readonly StepFact[]): string {
  const own = steps.filter((s) => guestOf(s.task) === who);
  const writes = own.filter((s) => WRITES.test(s.label));
  const last = writes.at(-1);
  if (!last || writes.some((s) => IN_VAIN.test(s.label))) return 'changed-nothing';
  const after = steps.filter((s) => s.at > last.at);
  const end = after.find((s) => own.includes(s) && /^(?:COMMIT|ROLLBACK)\b/i.test(s.label));
  if (end && /^ROLLBACK\b/i.test(end.label)) return 'changed-nothing';
  if (!end && after.some((s) => !own.includes(s) && /^ROLLBACK\b/i.test(s.label))) return 'rolled-back';
  const others = steps.filter((s) => s.at > writes[0]!.at && !own.includes(s) && WRITES.test(s.label));
  return others.some((s) => !IN_VAIN.test(s.label)) ? 'overwritten' : 'otherwise';
}

/** Whether those who do not come to an end wait for something, or ask for it without a pause. */
export function waiting({ violation, steps }: Explored): string {
  const endless = violation?.includes('to an end') && !steps.some((s) => s.task === 'clock');
  return endless ? 'spins' : 'waits';
}

export function inWords({ stuck, cut, violation }: Explored): string {
  const s = stuck.length === 1 ? 's' : '';
  const endless = violation?.includes('to an end');
  const waits = `${list(stuck)} ${endless ? `ask${s} again and again` : `wait${s}`} for ever`;
  return cut === null ? waits : `${cut} dies on the way, and ${waits}`;
}

/** How the schedule was found. */
export function found({ schedules, cut }: Explored): string {
  const tried =
    schedules === 1
      ? 'found in the first order of the steps'
      : `found after trying ${schedules} orders of the steps`;
  return cut === null ? tried : `${tried}, with ${cut} cut off`;
}

export function kindOfError(text: string): string {
  if (/within a transaction|no transaction is active/.test(text)) return 'shared-transaction';
  return /locked/.test(text) ? 'locked' : 'other';
}

export function ownersIn(file: StageFile): Owners {
  return Object.fromEntries(
    file.table('seat').map((s) => [String(s.id), s.taken_by === null ? null : String(s.taken_by)]),
  );
}

/** A call that failed, or answered neither yes nor no. */
export function noAnswer(end: Ending): Wrong | null {
  for (const [who, e] of Object.entries(end.tasks)) {
    if (e.how === 'failed')
      return { ended: 'throws', says: `${guestOf(who)}'s call fails: ${messageOf(e.error)}` };
    if (e.how === 'answered' && typeof e.value !== 'boolean')
      return { ended: 'no-answer', says: `${guestOf(who)}'s call answers neither true nor false` };
  }
  return null;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Ann of "Ann, box 1" */
export const guestOf = (task: string): string => task.split(',')[0]!;

export const saidYes = (end: Ending): string[] => end.answered(true).map(guestOf);

export const saidNo = (end: Ending): string[] => end.answered(false).map(guestOf);

export const list = (names: readonly string[]): string => names.map(guestOf).join(' and ') || 'nobody';

export const of = (owner: string | null | undefined): string => (owner ? `${owner}'s` : 'free');

/** Calls, planned for a task. */
export const ask = {
  book: (s: StageWorld, desk: Pick<Desk, 'book'>, seat: string, guest: string): Call =>
    s.call(desk, 'book', seat, guest),
  move: (s: StageWorld, desk: Pick<Desk, 'move'>, guest: string, from: string, to: string): Call =>
    s.call(desk, 'move', guest, from, to),
  bookTogether: (s: StageWorld, desk: Pick<Desk, 'bookTogether'>, seats: string[], guest: string): Call =>
    s.call(desk, 'bookTogether', seats, guest),
};

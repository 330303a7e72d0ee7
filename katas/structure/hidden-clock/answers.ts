import type { AmbientGroup, AmbientUse, Fact, Frame, ProbeContext } from 'kibitzer/kit';
import type * as Starter from './starter/desk.ts';

export type T = ProbeContext<typeof Starter>;

export type Options = NonNullable<Parameters<typeof Starter.createDesk>[0]>;

export type Answer = string | number | boolean;

export type Answers = Record<string, Answer>;

export const EVENT = '2026-06-01';

/** the midnight at which the event's day begins, in UTC */
export const MIDNIGHT = Date.UTC(2026, 5, 1);

export const MORNING = Date.UTC(2026, 4, 20, 10);

export const MINUTE = 60_000;

export const HOUR = 60 * MINUTE;

export const HOURS_24 = 24 * HOUR;

export const LATE = 45;

/** At most this many lines are tried as the one that makes a difference. */
export const LINES_TRIED = 8;

export function print(x: unknown): string {
  return typeof x === 'string' ? `'${x}'` : String(x);
}

/** An instant on the wall of a place: `31 May 23:59`, with seconds and milliseconds where it has some. */
export function local(at: number, zone: string): string {
  if (!(Math.abs(at) <= 8.64e15)) return String(at);
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  const year = part('year') === '2026' ? '' : ` ${part('year')}`;
  const seconds = at % MINUTE === 0 ? '' : `:${part('second')}.${part('fractionalSecond')}`;
  return `${part('day')} ${part('month')}${year} ${part('hour')}:${part('minute')}${seconds}`;
}

export function winnerAmong(tickets: readonly Starter.Ticket[], winner: Starter.Ticket | undefined): number {
  return tickets.findIndex((x) => x.id === winner?.id);
}

export function tell(t: T, facts: readonly Fact[]): void {
  for (const f of facts) t.fact(f);
}

/** Which lines, their use of the surroundings changed and nothing else, change which answers. */
export async function linesThatMatter(
  uses: readonly AmbientUse[],
  base: Answers,
  play: (at: Frame) => Promise<Answers>,
): Promise<{ at: Frame; changes: string[] }[]> {
  const lines = new Map<string, Frame>();
  for (const { site } of uses) {
    if (site && lines.size < LINES_TRIED) lines.set(`${site.near.file}:${site.near.line}`, site.near);
  }
  const found: { at: Frame; changes: string[] }[] = [];
  for (const at of lines.values()) {
    const answers = await play(at);
    const changes = Object.keys(base).filter((name) => answers[name] !== base[name]);
    if (changes.length > 0) found.push({ at, changes });
  }
  return found;
}

/** The use that changed the answer first, then one of each line that changed only others. */
export function storyOf(
  name: string,
  lines: readonly { at: Frame; changes: string[] }[],
  uses: readonly AmbientUse[],
): AmbientUse[] {
  const useAt = (at: Frame) =>
    uses.find((u) => u.site?.near.file === at.file && u.site.near.line === at.line);
  // the last of several: a span is decided where it is asked for, not where its beginning was noted
  const mine = lines.findLast((l) => l.changes.includes(name));
  const others = lines.filter((l) => !l.changes.includes(name)).slice(0, 2);
  const story = [...(mine ? [mine] : []), ...others].map((l) => useAt(l.at)).filter((u) => u !== undefined);
  return mine ? story : uses.slice(0, 1);
}

/** Two desks that differ in one option, used in turn, against each of them alone. */
export async function twoDesks(
  t: T,
  differ: { clock?: [number, number]; random?: [number, number]; zone?: [string, string] },
): Promise<{
  mixed: { name: string; expected: string; actual: string } | null;
  replaced: readonly AmbientUse[];
}> {
  const group: AmbientGroup = 'replaced';
  const optionsOf = (i: 0 | 1): Options => ({
    clock: t.clock.another(differ.clock?.[i] ?? Date.UTC(2026, 4, 31, 13)),
    random: t.random.another(differ.random?.[i] ?? 1),
    zone: differ.zone?.[i] ?? 'UTC',
  });
  const surroundings = () =>
    t.ambient.shift({ now: MORNING, zone: 'UTC', random: t.random.another(7).float });
  type Desk = Starter.Desk;
  const questions: [string, (d: Desk, tickets: Starter.Ticket[]) => string][] = [
    ['isEarly', (d) => String(d.isEarly(EVENT))],
    ['price', (d, x) => String((x.push(d.buy(EVENT)), x.at(-1)!.price))],
    ['boughtAt', (_d, x) => local(x.at(-1)!.boughtAt, 'UTC')],
    ['validUntil', (_d, x) => local(x.at(-1)!.validUntil, 'UTC')],
    ['luckyNumber', (d, x) => String((x.push(d.buy(EVENT)), x.at(-1)!.luckyNumber))],
    ['winner', (d, x) => `ticket ${winnerAmong(x, d.draw(x)) + 1}`],
  ];
  // only what the differing option decides is compared: the rest has probes of its own
  const names = differ.random ? ['luckyNumber', 'winner'] : ['isEarly', 'price', 'boughtAt', 'validUntil'];
  const alone: string[][] = [];
  for (const i of [0, 1] as const) {
    surroundings();
    const desk = (i === 0 ? t.mod : await t.fresh()).createDesk(optionsOf(i));
    const tickets: Starter.Ticket[] = [];
    alone.push(questions.map(([, ask]) => ask(desk, tickets)));
  }
  surroundings();
  const mark = t.ambient.mark();
  const { createDesk } = await t.fresh();
  const desks = [createDesk(optionsOf(0)), createDesk(optionsOf(1))] as const;
  const tickets: [Starter.Ticket[], Starter.Ticket[]] = [[], []];
  let mixed: { name: string; expected: string; actual: string } | null = null;
  for (const [q, [name, ask]] of questions.entries()) {
    for (const i of [0, 1] as const) {
      const actual = ask(desks[i], tickets[i]);
      const expected = alone[i]![q]!;
      if (names.includes(name) && actual !== expected)
        mixed ??= { name: `${name} of the ${i === 0 ? 'first' : 'second'} desk`, expected, actual };
    }
  }
  return { mixed, replaced: t.ambient.since(mark, group) };
}

import { mistake } from 'kibitzer/kata';
import type { Fact, Frame, Locator, Mistake, Vector } from 'kibitzer/kata';

type Kind = Fact['kind'];

const near = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.near ?? null) : null);
const cause = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.cause ?? null) : null);
const same = (a: Frame | null, b: Frame | null): boolean => a?.file === b?.file && a?.line === b?.line;
const message = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';
const first = <K extends Kind>(v: Vector, probe: string, kind: K): Extract<Fact, { kind: K }> | undefined =>
  v.facts(probe, kind)[0];
/** the result that a probe's last value fact is about: `price`, `isEarly`, … */
const result = (v: Vector, probe: string): string =>
  v.facts(probe, 'value').at(-1)?.name.split(',')[0] ?? 'the answer';

/** Where a function does nothing but ask, the line to see is the one that chose to ask there. */
const asker = (f: Fact | undefined, locate: Locator): Frame | null => {
  const inner = near(f);
  return inner && locate.asksOnly(inner) ? cause(f) : inner;
};
const via = (f: Fact | undefined, at: Frame | null): string => {
  const inner = near(f);
  return inner && at && !same(inner, at) && same(cause(f), at) ? `, through line ${inner.line}` : '';
};

const CLOCK = 'only-the-given-clock';
const CHANCE = 'only-the-given-chance';
const ONE_NOW = 'one-now-per-decision';
const ZONE = 'end-of-day-in-the-zone';
const DAYS = 'short-and-long-day';
const BACK = 'clock-goes-back';
const OPEN = 'frozen-at-creation';
const DEFAULT = 'default-still-works';

/** The line that cuts the day, where no zone was asked for at all: a calendar in UTC. */
function utcLine(v: Vector, locate: Locator): Frame | null {
  return (
    locate.line(/T00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)/) ??
    locate.line(/\bsetUTCHours\(/) ??
    locate.line(/\bDate\.parse\(|\bnew Date\(\s*[a-z]\w*\s*\)\s*(?:\.|;|\))/) ??
    locate.line(/\bDate\.UTC\(/) ??
    locate.line(/\btoISOString\(\)/) ??
    cause(v.facts(ZONE, 'read').at(-1))
  );
}

/** Whether the process's own zone was seen to decide, not UTC as such. */
const byProcess = (v: Vector): boolean =>
  v.saw(ZONE, 'moves-with-the-process') === true || v.saw(ZONE, 'early-ends-at') === 'process';
const bySetting = (v: Vector): boolean => !byProcess(v) && v.saw(ZONE, 'two-desks') === 'mixed';

/** A day in milliseconds, in seconds, in minutes. */
const A_DAY = [86_400_000, 86_400, 1440];

/** The line that goes on by a day's worth of milliseconds, else where days are counted. */
const dayLine = (v: Vector, locate: Locator): Frame | null =>
  locate.constant(A_DAY, ['+', '+=', '-', '*']) ?? near(v.facts(DAYS, 'read').at(-1));

/** Which of the options has a default that does not do. */
const missing = (v: Vector): 'clock' | 'chance' | 'zone' =>
  ({ 'another-clock': 'clock', 'another-zone': 'zone' } as const)[String(v.saw(DEFAULT, 'without'))] ??
  'chance';
/** The line on which a default is chosen. */
const DEFAULT_OF = {
  clock: /\bclock\s*(?::\s*\w+\s*)?(?:=(?![=>])|\?\?|\?(?!\.|:))/,
  zone: /\bzone\s*(?::\s*\w+\s*)?(?:=(?![=>])|\?\?|\?(?!\.|:))/,
  chance: /\brandom\s*(?::\s*\w+\s*)?(?:=(?![=>])|\?\?|\?(?!\.|:))/,
};

export const mistakes: Mistake[] = [
  mistake({
    id: 'reads-ambient-clock',
    title: "an answer comes from the computer's clock",
    severity: '?',
    when: {
      any: [
        {
          all: [
            { saw: 'second-run', in: CLOCK, is: 'differs' },
            { saw: 'computer-asked', in: CLOCK, is: true },
          ],
        },
        {
          all: [
            { saw: 'two-desks', in: CLOCK, is: 'mixed' },
            { saw: 'replaced', in: CLOCK, is: true },
          ],
        },
      ],
    },
    masks: ['two-nows', 'process-zone'],
    evidence: (v) => [...v.facts(CLOCK, 'ambient').slice(0, 3), ...v.facts(CLOCK, 'value').slice(0, 1)],
    outcome: (v) => message(v, CLOCK),
    point: (v, locate) => asker(first(v, CLOCK, 'ambient'), locate),
    question: (v, at) => ({
      ask:
        v.saw(CLOCK, 'second-run') === 'differs'
          ? `Which of these lines let the computer's clock decide ${result(v, CLOCK)}${via(first(v, CLOCK, 'ambient'), at)}?`
          : 'Which of these lines set the time of every desk at once?',
    }),
    because: (v, at) =>
      v.saw(CLOCK, 'second-run') === 'differs'
        ? `it asks the computer${via(first(v, CLOCK, 'ambient'), at)}; the desk's clock is not consulted here`
        : 'it changes what the whole program reads, so the last desk sets the time',
    principle: 'If the answer depends on it, it is an argument.',
    belief: (v, at) =>
      v.saw(CLOCK, 'second-run') === 'differs'
        ? `This works only if line ${at?.line ?? 1} and the desk's clock always agree.`
        : 'This works only if there is never a second desk.',
    idea: 'Could you replay last Tuesday?',
    plan: 'List every place that asks for time or chance; give them one source that comes in from outside.',
    themes: ['hidden-inputs', 'determinism'],
  }),

  mistake({
    id: 'reads-ambient-chance',
    title: 'an answer comes from chance that nobody handed in',
    severity: '?',
    when: {
      any: [
        {
          all: [
            { saw: 'second-run', in: CHANCE, is: 'differs' },
            { saw: 'computer-asked', in: CHANCE, is: true },
          ],
        },
        {
          all: [
            { saw: 'two-desks', in: CHANCE, is: 'mixed' },
            { saw: 'replaced', in: CHANCE, is: true },
          ],
        },
      ],
    },
    evidence: (v) => [...v.facts(CHANCE, 'ambient').slice(0, 3), ...v.facts(CHANCE, 'value').slice(0, 1)],
    outcome: (v) => message(v, CHANCE),
    point: (v, locate) => asker(first(v, CHANCE, 'ambient'), locate),
    question: (v, at) => ({
      ask:
        v.saw(CHANCE, 'second-run') === 'differs'
          ? `Which of these lines made the ${result(v, CHANCE)} differ${via(first(v, CHANCE, 'ambient'), at)}?`
          : 'Which of these lines gave every desk the same chance?',
    }),
    because: (v, at) =>
      v.saw(CHANCE, 'second-run') === 'differs'
        ? `it draws from the computer${via(first(v, CHANCE, 'ambient'), at)}; the seed does not come here`
        : 'it changes what the whole program draws from, so the last desk decides',
    principle: 'If the answer depends on it, it is an argument.',
    belief: (v, at) =>
      v.saw(CHANCE, 'second-run') === 'differs'
        ? `This works only if nobody ever repeats what line ${at?.line ?? 1} drew.`
        : 'This works only if there is never a second desk.',
    idea: 'Somebody wants to see last week’s draw again, ticket by ticket. What would have to be written down?',
    plan: 'List every place that draws; let all of them draw from the one source that came in with the desk.',
    themes: ['hidden-inputs', 'determinism'],
  }),

  mistake({
    id: 'two-nows',
    title: 'one decision, two instants',
    severity: '??',
    when: {
      all: [
        { probe: ONE_NOW, is: 'refuted' },
        { saw: 'ticket', in: ONE_NOW, is: 'of-two-instants' },
        { saw: 'readings', in: ONE_NOW, is: 'on-both-sides' },
      ],
    },
    evidence: (v) => v.facts(ONE_NOW),
    outcome: (v) => message(v, ONE_NOW),
    point: (v) => {
      const [before, after] = v.facts(ONE_NOW, 'read');
      return same(near(before), near(after)) ? cause(after) : near(after);
    },
    question: (v) => ({
      ask: `Which of these lines looked at the clock at ${v.facts(ONE_NOW, 'read')[1]?.detail?.slice(11, 23) ?? 'midnight'}?`,
      among: v.facts(ONE_NOW, 'read').flatMap((f) => (f.site ? [f.site.cause] : [])),
    }),
    because: (v, at) => {
      const [before, after] = v.facts(ONE_NOW, 'read');
      const line = same(near(before), near(after)) ? cause(before) : near(before);
      return line && !same(line, at)
        ? `line ${line.line} had looked a moment earlier, on the other side of midnight`
        : 'it was the second look for this ticket, on the other side of midnight';
    },
    principle: 'Read the clock once per decision and pass the value on.',
    belief: 'This works only if no time passes between two lines of one function.',
    idea: 'At which instant was the ticket bought?',
    plan: 'Take one reading at the border; hand it down as a value.',
    themes: ['time', 'atomicity'],
  }),

  mistake({
    id: 'process-zone',
    title: "the day ends at somebody else's midnight",
    severity: '??',
    when: {
      any: [
        { saw: 'moves-with-the-process', in: ZONE, is: true },
        { saw: 'early-ends-at', in: ZONE, is: /^(?:process|utc)$/ },
        { saw: 'valid-ends-at', in: ZONE, is: /^(?:process|utc)$/ },
        {
          all: [
            { saw: 'two-desks', in: ZONE, is: 'mixed' },
            { saw: 'replaced', in: ZONE, is: true },
          ],
        },
      ],
    },
    masks: ['day-is-24-hours'],
    evidence: (v) => {
      const facts = v.facts(ZONE);
      return byProcess(v)
        ? [
            ...facts.filter((f) => f.kind === 'ambient').slice(0, 2),
            ...facts.filter((f) => f.kind !== 'ambient').slice(0, 2),
          ]
        : facts.slice(0, 3);
    },
    outcome: (v) => message(v, ZONE),
    point: (v, locate) => {
      const ambient = first(v, ZONE, 'ambient');
      return ambient ? near(ambient) : utcLine(v, locate);
    },
    question: (v) => ({
      ask: byProcess(v)
        ? `Which of these lines let the computer's zone decide ${result(v, ZONE)}?`
        : bySetting(v)
          ? 'Which of these lines set the zone of every desk at once?'
          : 'Which of these lines says where the day is cut?',
    }),
    because: (v) =>
      byProcess(v)
        ? 'it computes with the calendar of the place the process is set to'
        : bySetting(v)
          ? 'it changes the zone of the whole process, so the last desk decides'
          : 'it cuts at midnight in UTC, twelve hours from midnight in Auckland',
    principle: 'A day exists only in a zone; name it.',
    belief: (v) =>
      byProcess(v)
        ? 'This works only if the server is set to the zone in which the desk stands.'
        : bySetting(v)
          ? 'This works only if all desks stand in one zone.'
          : 'This works only if the desk stands where midnight is midnight in UTC.',
    idea: 'It is the first of June. Where?',
    plan: 'Let every question about a day take an instant and a zone; ask the calendar of that zone, never the one at hand.',
    themes: ['time', 'hidden-inputs'],
  }),

  mistake({
    id: 'day-is-24-hours',
    title: 'a day is taken to last 24 hours',
    severity: '?',
    when: {
      all: [
        // a desk that keeps the offset of its first day has another trouble
        { not: { saw: 'zone-offset', in: OPEN, is: 'of-winter' } },
        // nor does one that misses ordinary midnights show how long it takes a day to be
        { not: { saw: 'early', in: DAYS, is: 'other' } },
        {
          any: [
            { saw: 'plain-day', in: DAYS, is: '24-hours-on' },
            {
              all: [
                { saw: 'plain-day', in: DAYS, is: 'midnight' },
                {
                  any: [
                    { saw: 'short-day', in: DAYS, is: 'an-hour-off' },
                    { saw: 'long-day', in: DAYS, is: 'an-hour-off' },
                  ],
                },
              ],
            },
            { saw: 'early', in: DAYS, is: 'an-hour-off' },
          ],
        },
      ],
    },
    evidence: (v) => v.facts(DAYS).slice(0, 2),
    outcome: (v) => message(v, DAYS),
    point: dayLine,
    question: () => ({ ask: 'Which of these lines decides how long the day is?' }),
    because: () => 'it measures the day in hours; the calendar has days of 23 and of 25',
    principle: 'Add days on the calendar, not in milliseconds.',
    belief: 'This works only if every day lasts 86,400,000 ms.',
    idea: 'How long is the last Sunday of March in Berlin?',
    plan: 'Compute with calendar days in the zone; convert to an instant at the end.',
    themes: ['time'],
  }),

  mistake({
    id: 'wall-clock-duration',
    title: 'a duration is a difference of wall-clock readings',
    severity: '?',
    when: {
      all: [
        { saw: 'back', in: BACK, is: 'negative' },
        { saw: 'forward', in: BACK, is: 'right' },
      ],
    },
    evidence: (v) => {
      const reads = v.facts(BACK, 'read').filter((f) => f.what === 'clock');
      return [...reads.slice(0, 2), ...v.facts(BACK, 'value')];
    },
    outcome: (v) => message(v, BACK),
    point: (v) => {
      const subtraction = v.facts(BACK, 'read').find((f) => f.what !== 'clock');
      return near(subtraction) ?? cause(v.facts(BACK, 'read').findLast((f) => f.what === 'clock'));
    },
    question: () => ({ ask: 'Which of these lines made the time negative?' }),
    because: () => 'it subtracts a later reading from an earlier one: the clock was set in between',
    principle: 'Durations need a clock that only moves forward, or a guard.',
    belief: 'This works only if nobody ever sets the clock back.',
    idea: 'Which of the two readings is the later one? What says so?',
    plan: 'Decide what a span of time is when the clock has gone back; let that rule have the last word before the span is handed out.',
    themes: ['time'],
  }),

  mistake({
    id: 'captured-now',
    title: 'the desk lives in the moment it was made',
    severity: '?',
    when: {
      all: [
        { saw: 'after-days', in: OPEN, is: 'stays' },
        { saw: 'clock-read', in: OPEN, is: 'at-creation-only' },
      ],
    },
    evidence: (v) => v.facts(OPEN).slice(-3),
    outcome: (v) => message(v, OPEN),
    point: (v) => near(v.facts(OPEN, 'read').at(-1)),
    question: () => ({ ask: 'Which of these lines is the last to look at the clock?' }),
    because: () => 'it ran when the desk was made; nothing has looked at the clock since',
    principle: 'Inject the clock, not a reading of it.',
    belief: (_v, at) => `This works only if no desk lives longer than the instant of line ${at?.line ?? 1}.`,
    idea: 'The desk opens at noon and stays open. What time is it for the desk at midnight?',
    plan: 'Keep the thing that can be asked, not its first answer; ask it when a question arrives.',
    themes: ['time', 'dependency-injection'],
  }),

  mistake({
    id: 'injection-only',
    title: 'nothing works unless everything is handed in',
    severity: '?',
    when: {
      all: [
        { probe: DEFAULT, is: 'refuted' },
        { saw: 'without', in: DEFAULT, is: 'throws' },
      ],
    },
    evidence: (v) => v.facts(DEFAULT, 'note').slice(-1),
    outcome: (v) => message(v, DEFAULT),
    point: (v, locate) => near(v.facts(DEFAULT, 'note').at(-1)) ?? locate.exported('createDesk'),
    question: () => ({ ask: 'Which of these lines uses what was not handed in?' }),
    because: () => 'it counts on an option that was left out',
    principle: 'What can be handed in still needs a default at the edge.',
    belief: 'This works only if every caller brings a clock, a source of chance and a zone.',
    idea: 'Who calls this in the running program, and what do they have in hand?',
    plan: 'Choose the true source once, at the edge, where an option was left out; the rest sees no difference.',
    themes: ['dependency-injection'],
  }),

  mistake({
    id: 'stand-in-default',
    title: 'a default does not do the work of what was left out',
    severity: '?',
    when: {
      all: [
        { saw: 'without', in: DEFAULT, is: /^(?:another-clock|another-zone|no-chance)$/ },
        // with everything handed in the desk is right
        ...[CLOCK, CHANCE, ONE_NOW, ZONE, DAYS, BACK, OPEN].map((probe) => ({ probe, is: 'held' as const })),
      ],
    },
    evidence: (v) => v.facts(DEFAULT, 'value').slice(-1),
    outcome: (v) => message(v, DEFAULT),
    point: (v, locate) => locate.line(DEFAULT_OF[missing(v)]) ?? locate.exported('createDesk'),
    question: (v) => ({
      ask: `Which of these lines says what the desk takes when no ${missing(v)} is handed in?`,
    }),
    because: (v) => `what it takes is not the computer's own ${missing(v)}`,
    principle: 'A default at the edge must be the real thing.',
    belief: (v) =>
      `This works only if every caller hands in a ${missing(v) === 'chance' ? 'source of chance' : missing(v)}.`,
    idea: 'The desk in the foyer is opened without options. What does it get?',
    plan: 'For each option, name what the running program should take, and take exactly that.',
    themes: ['dependency-injection'],
  }),
];

import type { Call, Ending, Explored, Site, TimetablePlayed, Task } from 'kibitzer/kit';
import { options, Seen, Story, TTL, type Play } from './seen.ts';

/** Callers at work at once on one key whose answer is the number of the edition that was out when it was asked for. */
interface Round {
  /** whether the provider's first answer is an error */
  firstFails?: true;
  /** what Ben does, who has the next edition brought out and the key invalidated; and who else asks */
  calls: { ann?: readonly Doing[]; ben: readonly Doing[]; cy?: readonly Doing[] };
  wrong(end: Ending, seen: Seen): Wrong | null;
}

type Doing = 'get' | 'next' | 'invalidate' | 'later';

interface Wrong {
  ended: string;
  says: string;
  /** the last line of the story */
  last: string;
  site: Site | null;
}

const KEY = 'hamburg';

/** How many loads began before the second edition came out. */
const before = (seen: Seen): number => {
  const out = seen.log.findIndex((h) => h.what === 'calls');
  return out < 0 ? Infinity : seen.log.slice(0, out).filter((h) => h.what === 'asks').length;
};

const old =
  (ended: string, which: string) =>
  (end: Ending, seen: Seen): Wrong | null => {
    const ben = end.tasks['Ben'];
    if (ben?.how === 'answered' && ben.value === 2) return null;
    const asked = seen.asks(KEY)[0];
    const gets =
      ben?.how === 'answered'
        ? `edition ${String(ben.value)}`
        : ben?.how === 'failed'
          ? 'an error'
          : 'no answer';
    const stored = seen.clockAfter(asked && seen.endOf(asked.n));
    return {
      ended: ben?.how === 'answered' && ben.value === 1 ? ended : 'otherwise',
      says: `${which} after the invalidate gets ${gets}, and edition 2 was out`,
      last: `gets ${gets}`,
      site: ended === 'old-later' ? stored : null,
    };
  };

/** More loads than one under way of what is asked after the invalidate, or one more when its answer has come. */
function asksTwice(_end: Ending, seen: Seen): Wrong | null {
  // judged where Ann's load, and no other, began before the edition came out
  if (before(seen) !== 1) return null;
  const first = 2;
  const later = seen.asks(KEY).filter((a) => a.n > first);
  const again = later[0];
  if (!again) return null;
  const is = seen.log.indexOf(again);
  const answered = seen.log.findIndex((h) => h.what === 'answers' && h.n === first);
  const under = answered < 0 || answered > is;
  // a timer of the cache's may have let the minute pass: then it has run out
  if (!under && again.at - seen.log[answered]!.at >= TTL) return null;
  return {
    ended: under ? 'asks-twice' : 'asks-again',
    says: under
      ? `load ${again.n} begins while load ${first} is under way`
      : `load ${again.n} begins though load ${first} has just answered`,
    last: '',
    site: again.site,
  };
}

const ROUNDS: readonly Round[] = [
  { calls: { ben: ['get', 'next', 'invalidate', 'get'] }, wrong: old('old-kept', 'the get') },
  { calls: { ann: ['get'], ben: ['next', 'invalidate', 'get'] }, wrong: old('old-joined', 'the get') },
  {
    calls: { ann: ['get'], ben: ['next', 'invalidate', 'get', 'later', 'get'] },
    wrong: (end, seen) => old('old-later', 'the second get')(end, seen) ?? asksTwice(end, seen),
  },
  { calls: { ann: ['get'], ben: ['next', 'invalidate', 'get'], cy: ['later', 'get'] }, wrong: asksTwice },
  {
    firstFails: true,
    calls: { ann: ['get'], ben: ['next', 'invalidate', 'get', 'later', 'get'] },
    wrong: asksTwice,
  },
];

/** Plays all rounds under their schedules; the first that breaks is told. */
export async function race(t: Play): Promise<void> {
  let schedules = 0;
  let exhausted = true;
  let lost: { result: Explored; wrong: Wrong | null; seen: Seen | null } | null = null;
  const given = options(t);
  t.ambient.shift({ now: t.clock });
  for (const round of ROUNDS) {
    const found = await explore(t, round, given);
    schedules += found.result.schedules;
    exhausted &&= found.result.exhausted;
    if (found.result.violation === null) continue;
    lost = found;
    break;
  }
  t.see('schedules', schedules);
  t.see('exhausted', exhausted);
  t.see('ended', lost === null ? 'well' : (lost.wrong?.ended ?? 'stuck'));
  if (!lost) return;
  const says = lost.wrong?.says ?? `${lost.result.stuck.join(' and ')} waits for ever`;
  tell(t, lost.seen, lost.wrong);
  t.hold(false, says);
}

async function explore(
  t: Play,
  { firstFails, calls, wrong }: Round,
  given: ReturnType<typeof options>,
): Promise<{ result: Explored; wrong: Wrong | null; seen: Seen | null }> {
  const { begin, publish, later, happened } = t.provider;
  const [provider, editor, caller] = [{ begin }, { publish }, { later }];
  const replies = firstFails ? [{ nth: 1, ms: 0, error: 'the provider is down' }] : [];
  const text = JSON.stringify(replies);
  let found: Wrong | null = null;
  let seen: Seen | null = null;
  const result = await t.stage.explore({
    maxPreemptions: 2,
    limit: 30,
    world(s) {
      s.make(provider, 'begin', text);
      const cache = s.make(t.mod, 'createCache', given);
      const made = (does: readonly Doing[]): Call[] =>
        does.map((call) => {
          if (call === 'next') return s.call(editor, 'publish');
          if (call === 'later') return s.call(caller, 'later');
          return call === 'get' ? s.call(cache, 'get', KEY) : s.call(cache, 'invalidate', KEY);
        });
      const { ann, ben, cy } = calls;
      const tasks: Record<string, Task> = {
        ...(ann ? { Ann: made(ann) } : {}),
        Ben: made(ben),
        ...(cy ? { Cy: made(cy) } : {}),
      };
      return {
        tasks,
        check(end) {
          seen = new Seen(JSON.parse(happened()) as TimetablePlayed);
          found = wrong(end, seen);
          return found?.says ?? null;
        },
      };
    },
  });
  return { result, wrong: found, seen };
}

/** The story of a schedule, from what the provider saw of it. */
function tell(t: Play, seen: Seen | null, wrong: Wrong | null): void {
  const story = new Story(t);
  for (const h of seen?.log ?? []) {
    if (h.what === 'asks') story.tell(h.by ?? '', `get → load ${h.n} begins`, h.site);
    if (h.what === 'answers') story.tell('provider', `load ${h.n} answers`);
    if (h.what === 'fails') story.tell('provider', `load ${h.n} fails`);
    if (h.what === 'calls') story.tell('Ben', `${h.call}, invalidate`);
  }
  if (wrong?.last) story.tell('Ben', wrong.last, wrong.site);
}

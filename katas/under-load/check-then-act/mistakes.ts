import {
  mistake,
  type Condition,
  type Fact,
  type Frame,
  type Locator,
  type Mistake,
  type Vector,
} from 'kibitzer/kata';

const ONE = 'one-seat-one-guest';
const OTHERS = 'two-different-seats';
const TOGETHER = 'all-or-none';
const MOVE = 'move-keeps-one';
const TRUTH = 'told-the-truth';
const FOREVER = 'no-lock-forever';
const ALL = [ONE, OTHERS, TOGETHER, MOVE, FOREVER];

type Step = Extract<Fact, { kind: 'step' }>;

/** As the probes say it of a caller. */
const TOLD_YES = ' was told yes, and has nothing';

const READS = /^(?:SELECT|WITH|VALUES)\b/i;
/** As in the probes. */
const WRITES = /^(?:UPDATE|INSERT|REPLACE|DELETE|WITH\b.*\b(?:UPDATE|INSERT|DELETE))\b/i;
const IN_VAIN = /(?:→ (?:0 changed|0 rows|no row|fails: .*)|\(waits\))$/;

const isWrite = (s: Step): boolean => WRITES.test(s.label);
const isLook = (s: Step): boolean => READS.test(s.label) && !isWrite(s);
const isVain = (s: Step): boolean => IN_VAIN.test(s.label);
const isCut = (s: Step): boolean => s.label.startsWith('is cut off');
const changed = (s: Step): boolean => isWrite(s) && !isVain(s);
/** The seat that a statement names first. */
const seatOf = (s: Step): string => /\b[AB][12]\b/.exec(s.label)?.[0] ?? '';
const stepsOf = (v: Vector, probe: string): readonly Step[] => v.facts(probe, 'step');
const inOrder = (steps: readonly (Step | undefined)[]): Step[] =>
  [...new Set(steps.filter((s) => s !== undefined))].toSorted((a, b) => a.at - b.at);

const near = (s: Step | undefined): Frame | null => s?.site?.near ?? null;
const cause = (s: Step | undefined): Frame | null => s?.site?.cause ?? null;
const same = (a: Frame | null, b: Frame | null): boolean => a?.file === b?.file && a?.line === b?.line;
const line = (at: Frame | null, beside?: Frame | null): string => {
  if (!at) return 'a line';
  return beside && beside.file !== at.file ? `${at.file}:${at.line}` : `line ${at.line}`;
};
const frames = (...found: (Frame | null)[]): Frame[] => found.filter((f) => f !== null);

/** What a probe found, and after how long a search. */
const result = (v: Vector, probe: string): string => {
  const found = v.facts(probe, 'note').at(-1)?.text;
  return `${v.probe(probe)?.message ?? ''}${found ? ` (${found})` : ''}`;
};

/** Columns in which a statement is told. */
const WIDE = 47;

/** Lines so near to each other that each could be offered beside the other. */
const NEAR = 3;

/**
 * Steps as they are told, each with one line; numbered anew, since those between them are left out. Two lines side by
 * side, that of a statement and that of its call, are both kept where they are close: a question then asks for either.
 * @param at the line to tell for the step that is pointed at
 */
const told = (steps: readonly Step[], pointed?: Step, at: Frame | null = near(pointed)): Step[] =>
  steps.map((s, i) => ({ ...s, at: i + 1, label: inShort(s), site: toldSite(s, pointed, at) }));

function toldSite(s: Step, pointed: Step | undefined, at: Frame | null): Step['site'] {
  // the statement of the line that is pointed at, sent from elsewhere: not to be chosen beside it
  if (s !== pointed && at && !same(at, near(pointed)) && same(near(s), near(pointed)) && !same(at, cause(s)))
    return null;
  if (!s.site || Math.abs(s.site.near.line - s.site.cause.line) <= NEAR) return s.site;
  const led = s === pointed || (at && same(at, cause(s)));
  const shown = led && at ? at : s.site.near;
  return { near: shown, cause: shown };
}

/** A step on one line: of a statement what it is about, and what came of it. */
function inShort(s: Step): string {
  // a look of the probe's own
  if (s.site === null && isLook(s)) return `a look at the table${s.label.replace(/^.*?(?= → )/, '')}`;
  const [statement = '', back] = s.label
    .replace('is cut off before', 'dies before')
    .split(/ (?=→ |\(waits\)$)/);
  let sql = statement
    .replace(/ SET taken_by = /i, ' … ')
    .replace(/ (?:FROM seat )?WHERE id (?:=|IN) /i, ' … ')
    .replace(/ AND /i, ' … ')
    .replace(/ ?\([^()']*\) VALUES ?/i, ' … ');
  if (sql.length > WIDE) sql = `${sql.slice(0, WIDE - 1).replace(/[\s…]+$/, '')} …`;
  return back === undefined ? sql : `${sql} ${back}`;
}

const saw = (name: string, probe: string, is: string | RegExp): Condition => ({ saw: name, in: probe, is });

/** Two who wrote over each other: the one who came last, and whom it cost the seat; with what each had seen before. */
function overwriting(steps: readonly Step[]): {
  look: Step | undefined;
  otherLook: Step | undefined;
  other: Step | undefined;
  write: Step | undefined;
} {
  const writes = steps.filter(changed);
  const lookBefore = (w: Step | undefined): Step | undefined => {
    const looks = steps.filter((s) => w && isLook(s) && s.task === w.task && s.at < w.at);
    return looks.findLast((s) => w && seatOf(s) === seatOf(w)) ?? looks.at(-1);
  };
  for (const write of writes.toReversed()) {
    const other = writes.findLast(
      (s) => s.task !== write.task && s.at < write.at && seatOf(s) === seatOf(write),
    );
    if (other) return { write, other, look: lookBefore(write), otherLook: lookBefore(other) };
  }
  const write = writes.at(-1);
  const other = writes.find((s) => s.task !== write?.task);
  return { write, other, look: lookBefore(write), otherLook: lookBefore(other) };
}

/** The probe in which somebody acted on what was no longer so. */
const gapIn = (v: Vector): string =>
  v.saw(ONE, 'loser') === 'overwritten' ? ONE : v.saw(TOGETHER, 'loser') === 'overwritten' ? TOGETHER : MOVE;
const gap = (v: Vector): ReturnType<typeof overwriting> => overwriting(stepsOf(v, gapIn(v)));
const gapStory = (v: Vector): Step[] => {
  const { look, otherLook, other, write } = gap(v);
  return inOrder([look, otherLook, other, write]);
};

/** Where something is kept in memory that others should respect. */
const inMemory = (locate: Locator): Frame | null =>
  locate.line(/\bnew (?:Set|Map|WeakMap)\b/) ??
  locate.line(/^\s*(?:let|const|var)\s.*\bPromise\b/) ??
  locate.line(/^\s*(?:let|var)\s.*(?:\bfalse\b|\bnull\b|=\s*0\b|\[\])/);

/** The yes that nothing stood behind. */
const early = (v: Vector): boolean => v.saw(TRUTH, 'ended') === 'early';
const yesIn = (v: Vector): string =>
  early(v)
    ? TRUTH
    : ([ONE, TOGETHER, MOVE].find((probe) => v.saw(probe, 'loser') === 'changed-nothing') ?? TRUTH);
function yes(v: Vector): { story: Step[]; vain: Step | undefined } {
  const steps = stepsOf(v, yesIn(v));
  if (early(v)) {
    const look = steps.find((s) => s.site === null && isLook(s));
    const before = steps.filter((s) => look && s.at < look.at && s.site !== null);
    const ended = before.findLast((s) => /^(?:COMMIT|END|ROLLBACK)\b/i.test(s.label))?.at ?? 0;
    const begun =
      before.findLast((s) => /^BEGIN/i.test(s.label) && s.at > ended) ??
      steps.find((s) => look && s.at > look.at && s.site !== null);
    const write = steps.find((s) => look && s.at > look.at && s.site !== null && changed(s));
    return { vain: begun, story: inOrder([look, begun, write]) };
  }
  const note = v.facts(yesIn(v), 'note').find((n) => n.text.includes(TOLD_YES))?.text;
  const own = steps.filter((s) => isWrite(s) && s.task.split(',')[0] === note?.split(TOLD_YES)[0]);
  const vain = own.findLast(isVain) ?? own.at(-1);
  const before = vain && steps.findLast((s) => changed(s) && s.at < vain.at && seatOf(s) === seatOf(vain));
  return { story: inOrder([before, vain]), vain };
}

/** What one caller had done before it came to nothing. */
const halfIn = (v: Vector, probe: string, ended: string): string =>
  v.probe(probe)?.outcome === 'refuted' && v.saw(probe, 'loser') !== 'overwritten'
    ? probe
    : v.saw(TRUTH, 'ended') === ended
      ? TRUTH
      : probe;
function half(
  v: Vector,
  probe: string,
): { first: Step | undefined; story: Step[]; end: 'cut' | 'commit' | 'undone' | 'left' } {
  const steps = stepsOf(v, probe);
  const ofSeats = (s: Step): boolean => changed(s) && /\bseat\b/i.test(s.label);
  const cut = steps.find(isCut);
  const who = cut?.task ?? steps.find(ofSeats)?.task;
  const own = steps.filter((s) => s.task === who);
  const first = own.find(ofSeats);
  if (cut) return { first, story: inOrder([...own.filter(ofSeats).slice(0, 2), cut]), end: 'cut' };
  const vain = own.find((s) => isWrite(s) && isVain(s));
  const commit = own.find((s) => /^(?:COMMIT|END)\b/i.test(s.label) && s.at > (first?.at ?? 0));
  if (commit) return { first, story: inOrder([first, vain, commit]), end: 'commit' };
  const undo = own.find((s) => ofSeats(s) && s !== first && / = NULL\b/i.test(s.label));
  const other = steps.find((s) => s.task !== who && isWrite(s) && first && s.at > first.at);
  return { first, story: inOrder([first, other, vain, undo]), end: undo ? 'undone' : 'left' };
}
const halfBooked = (v: Vector): ReturnType<typeof half> => half(v, halfIn(v, TOGETHER, 'half-booked'));
/**
 * The line that took one step of several: what called for the statement. Where that is not known, inside a transaction
 * or behind an `await` of somebody else's, the statement itself.
 */
function stepLine(steps: readonly Step[], s: Step | undefined): Frame | null {
  const inside = steps.some((b) => b.task === s?.task && /^BEGIN/i.test(b.label) && b.at < (s?.at ?? 0));
  return inside || cause(s)?.isAsync ? near(s) : cause(s);
}

const halfLine = (v: Vector, asked: string, ended: string): Frame | null => {
  const probe = halfIn(v, asked, ended);
  return stepLine(stepsOf(v, probe), half(v, probe).first);
};
const toldHalf = (v: Vector, asked: string, ended: string): Step[] => {
  const { story, first } = half(v, halfIn(v, asked, ended));
  return told(story, first, halfLine(v, asked, ended));
};

/** Two who wait for each other; `blocked` is the statement that got nothing, where it is the database that they ask. */
function ring(v: Vector): { story: Step[]; blocked: Step | undefined } {
  const steps = stepsOf(v, TOGETHER).filter((s) => s.task !== 'clock' && s.label !== 'calls');
  const tasks = [...new Set(steps.map((s) => s.task))];
  const held = tasks.map((task) => steps.find((s) => s.task === task && !isVain(s)));
  const vain = tasks.map((task) => steps.find((s) => s.task === task && isVain(s)));
  return { story: inOrder([...held, ...vain]), blocked: inOrder(vain).at(-1) };
}

/** What somebody has left who died, or whose statement failed; and who came upon it. */
const orphanIn = (v: Vector): string => (v.probe(FOREVER)?.outcome === 'refuted' ? FOREVER : TRUTH);
function orphan(v: Vector): { left: Step | undefined; story: Step[] } {
  const steps = stepsOf(v, orphanIn(v));
  const end = steps.find(isCut) ?? steps.find((s) => / → fails: /.test(s.label));
  const left = steps.find((s) => changed(s) && s.task === end?.task);
  const found = steps.find((s) => end && s.at > end.at && s.task !== 'clock' && isVain(s));
  return { left, story: inOrder([left, end, found]) };
}

/** Somebody who was sent away, and the one who was in the way. */
const refusedIn = (v: Vector): string => (v.saw(OTHERS, 'ended') === 'refused' ? OTHERS : ONE);
function refused(v: Vector): { story: Step[]; last: Step | undefined } {
  const steps = stepsOf(v, refusedIn(v));
  const last = steps.find((s) => isVain(s));
  const other = steps.find((s) => s.task !== last?.task && s.label !== 'calls');
  return { story: inOrder(last ? [other, last] : steps.slice(0, 3)), last };
}

/** What went wrong with a transaction that was opened by hand: a statement failed, or somebody else's was taken back. */
const FAILING = /^(?:shared-transaction|locked)$/;
const failedIn = (v: Vector): string =>
  ALL.find(
    (probe) => FAILING.test(String(v.saw(probe, 'failing') ?? '')) || v.saw(probe, 'loser') === 'rolled-back',
  ) ?? ONE;
/** `locked` is the only case in which the connection is not shared. */
const shared = (v: Vector): boolean => v.saw(failedIn(v), 'failing') !== 'locked';
const isBegin = (s: Step): boolean => /^(?:BEGIN|SAVEPOINT)\b/i.test(s.label);
function failed(v: Vector): { begin: Step | undefined; story: Step[] } {
  const probe = failedIn(v);
  const steps = stepsOf(v, probe);
  if (v.saw(probe, 'loser') === 'rolled-back') {
    const back = steps.findLast((s) => /^ROLLBACK\b/i.test(s.label));
    const begin = steps.find((s) => isBegin(s) && s.task === back?.task);
    const write = steps.findLast((s) => changed(s) && s.task !== back?.task && s.at < (back?.at ?? 0));
    return { begin, story: inOrder([begin, write, back]) };
  }
  const failing = steps.find((s) => / → fails: /.test(s.label));
  const other = steps.find((s) => isBegin(s) && s.task !== failing?.task);
  const own = steps.find((s) => s.task === failing?.task && isBegin(s));
  const write = steps.find((s) => changed(s) && s.task !== failing?.task);
  return { begin: own ?? failing, story: inOrder([other, own, shared(v) ? undefined : write, failing]) };
}

export const mistakes: Mistake[] = [
  mistake({
    id: 'gap-between-if-and-then',
    title: 'somebody acts between the look and the booking',
    severity: '??',
    when: {
      any: [
        { all: [saw('loser', ONE, 'overwritten'), saw('round', ONE, 'one-process')] },
        { all: [saw('loser', TOGETHER, 'overwritten'), saw('round', TOGETHER, 'one-process')] },
        {
          all: [
            // seen with two processes: what holds in one of them is another matter
            { not: saw('round', ONE, /^(?:two-processes|three-callers)$/) },
            {
              any: [
                { all: [saw('loser', TOGETHER, 'overwritten'), saw('round', TOGETHER, 'beside-one')] },
                saw('loser', MOVE, 'overwritten'),
                {
                  all: [
                    saw('round', MOVE, 'two-tabs'),
                    saw('ended', MOVE, /^(?:two-seats|no-seat|sold-twice)$/),
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    masks: ['optimistic-yes'],
    evidence: (v) => told(gapStory(v), gap(v).write),
    outcome: (v) => result(v, gapIn(v)),
    point: (v, locate) => near(gap(v).write) ?? locate.exported('openBooking'),
    question: (v) => ({
      ask: 'Which of these lines acts on an answer that is no longer true?',
      among: frames(near(gap(v).look)),
    }),
    because: (v, at) => {
      const look = near(gap(v).look);
      return look && !same(look, at)
        ? `it trusts what ${line(look, at)} saw; that was true then, and somebody else has acted since`
        : 'it acts on what was seen before, and somebody else has acted since';
    },
    principle: 'Where others can act between test and use, both must be one step.',
    belief: (v, at) => {
      const look = near(gap(v).look);
      if (!look || same(look, at))
        return `This works only if nobody else acts while line ${at?.line ?? 1} is on its way.`;
      return `This works only if nobody else acts between ${line(look, at)} and line ${at?.line ?? 1}.`;
    },
    idea: 'What can happen between your "if" and your "then"?',
    plan: 'Let one statement both test and act; read from its result whether it did.',
    themes: ['gap', 'atomicity'],
  }),

  mistake({
    id: 'one-process-lock',
    title: 'what protects the seat lives in one process',
    severity: '??',
    when: {
      any: [
        { all: [saw('loser', ONE, 'overwritten'), saw('round', ONE, /^(?:two-processes|three-callers)$/)] },
        { all: [saw('loser', TOGETHER, 'overwritten'), saw('round', TOGETHER, 'two-processes')] },
      ],
    },
    masks: ['gap-between-if-and-then'],
    evidence: (v) => told(gapStory(v), gap(v).write),
    outcome: (v) => result(v, gapIn(v)),
    point: (v, locate) => inMemory(locate) ?? near(gap(v).write) ?? locate.exported('openBooking'),
    question: () => ({ ask: 'Which of these lines makes something that the other process does not have?' }),
    because: (_v, at) =>
      `what line ${at.line} makes is there once in each process, and none knows of the other's`,
    principle: 'A lock protects only those who share it.',
    belief: 'This works only if the program is one process.',
    idea: 'How many processes run this file?',
    plan: 'Put the decision where all of them meet.',
    themes: ['shared-state', 'atomicity'],
  }),

  mistake({
    id: 'optimistic-yes',
    title: 'a yes that nobody has checked',
    severity: '??',
    when: {
      any: [
        ...[ONE, TOGETHER, MOVE].map((probe) => saw('loser', probe, 'changed-nothing')),
        saw('ended', TRUTH, /^(?:early|yes-to-an-error)$/),
      ],
    },
    evidence: (v) => told(yes(v).story, yes(v).vain),
    outcome: (v) => result(v, yesIn(v)),
    point: (v, locate) => near(yes(v).vain) ?? locate.exported('openBooking'),
    question: (v) => ({
      ask: early(v)
        ? 'Which of these lines is still at work when the answer is given?'
        : 'Which of these lines changed nothing, and was followed by a yes?',
    }),
    because: (v, at) =>
      early(v)
        ? `line ${at.line} is begun and not waited for`
        : v.saw(TRUTH, 'ended') === 'yes-to-an-error' && yesIn(v) === TRUTH
          ? `line ${at.line} fails, and the answer is the same as if it had not`
          : `line ${at.line} gives back what it did, and the answer does not depend on it`,
    principle: 'Say yes when it is done, and because it was done.',
    belief: (v, at) =>
      early(v)
        ? `This works only if nobody looks before line ${at?.line ?? 1} is through.`
        : `This works only if line ${at?.line ?? 1} always does what it is sent to do.`,
    idea: 'Who knows whether the seat changed hands, and who asks?',
    plan: 'Wait for the statement that acts; make the answer out of what it reports, an error included.',
    themes: ['answers'],
  }),

  mistake({
    id: 'half-booking',
    title: 'a booking of several seats is there in part',
    severity: '??',
    when: {
      any: [
        {
          all: [
            saw('ended', TOGETHER, /^(?:half|turned-away|taken-away|untrue)$/),
            {
              not: {
                any: [
                  saw('loser', TOGETHER, 'overwritten'),
                  saw('loser', TOGETHER, 'changed-nothing'),
                  saw('failing', TOGETHER, FAILING),
                ],
              },
            },
          ],
        },
        saw('ended', TRUTH, 'half-booked'),
      ],
    },
    evidence: (v) => toldHalf(v, TOGETHER, 'half-booked'),
    outcome: (v) => result(v, halfIn(v, TOGETHER, 'half-booked')),
    point: (v, locate) => halfLine(v, TOGETHER, 'half-booked') ?? locate.exported('openBooking'),
    question: () => ({ ask: 'Which of these lines gives away a seat before all of them are certain?' }),
    because: (v, at) =>
      halfBooked(v).end === 'commit'
        ? `line ${at.line} decides about one seat at a time, and to leave the work without an error is to commit it`
        : `line ${at.line} decides about some seats, while the others are still open`,
    principle: 'A decision about several things is made once.',
    belief: (v) =>
      ({
        undone: 'This works only if undoing is as good as not doing.',
        cut: 'This works only if the function always reaches its end.',
        commit: 'This works only if a transaction that answers no is taken back by itself.',
        left: 'This works only if all the seats turn out to be free.',
      })[halfBooked(v).end],
    idea: 'Is it one promise or two?',
    plan: 'Decide on the whole set in one step, in a fixed order.',
    themes: ['atomicity', 'intermediate-states'],
  }),

  mistake({
    id: 'hand-made-transaction',
    title: 'a transaction opened by hand does not keep others out',
    severity: '??',
    when: {
      any: ALL.flatMap((probe) => [saw('failing', probe, FAILING), saw('loser', probe, 'rolled-back')]),
    },
    masks: ['over-locking', 'half-booking', 'half-moved', 'orphan-lock', 'lock-order'],
    evidence: (v) => told(failed(v).story, failed(v).begin),
    outcome: (v) => result(v, failedIn(v)),
    point: (v, locate) => near(failed(v).begin) ?? locate.exported('openBooking'),
    question: (v) => ({
      ask: shared(v)
        ? 'Which of these lines opens what all callers of this process then share?'
        : 'Which of these lines opens a transaction that others can still overtake?',
    }),
    because: (v, at) =>
      shared(v)
        ? `line ${at.line} runs on one connection for all callers of this process, and that has one transaction at most`
        : `line ${at.line} takes no lock; what was read behind it is out of date when the write comes`,
    principle: 'A transaction belongs to a connection, and holds only what it has locked.',
    belief: (v) =>
      shared(v)
        ? 'This works only if this process has one caller at a time.'
        : 'This works only if nobody writes between BEGIN and the first write.',
    idea: 'Who else sends statements between BEGIN and COMMIT, and on which connection?',
    plan: 'Give each turn a connection of its own, and take the lock before the first look.',
    themes: ['atomicity', 'shared-state'],
  }),

  mistake({
    id: 'lock-order',
    title: 'two callers wait for each other',
    severity: '?',
    when: saw('ended', TOGETHER, 'waits'),
    evidence: (v) => told(ring(v).story, ring(v).blocked, cause(ring(v).blocked)),
    outcome: (v) => result(v, TOGETHER),
    point: (v, locate) => cause(ring(v).blocked) ?? inMemory(locate) ?? locate.exported('openBooking'),
    question: (v) => ({
      ask: ring(v).blocked
        ? 'Which of these lines asks for one more while something is held already?'
        : 'Which of these lines keeps what they wait for?',
    }),
    because: (v, at) =>
      ring(v).blocked
        ? `line ${at.line} takes them in the order in which the caller happened to name them`
        : `what line ${at.line} keeps is taken in the order in which each caller named the seats`,
    principle: 'Take several locks in one order.',
    belief: 'This works only if all callers name their seats in the same order.',
    idea: 'Ann holds A1 and wants A2. What does Bob hold?',
    plan: 'Have one thing to lock instead of several, or an order that everybody keeps.',
    themes: ['locks'],
  }),

  mistake({
    id: 'half-moved',
    title: 'a move that dies on the way leaves no seat, or two',
    severity: '?',
    when: {
      any: [
        {
          all: [
            saw('ended', MOVE, /^(?:no-seat|two-seats|untrue)$/),
            {
              not: {
                any: [saw('loser', MOVE, /./), saw('failing', MOVE, FAILING), saw('round', MOVE, 'two-tabs')],
              },
            },
          ],
        },
        saw('ended', TRUTH, 'half-moved'),
      ],
    },
    evidence: (v) => toldHalf(v, MOVE, 'half-moved'),
    outcome: (v) => result(v, halfIn(v, MOVE, 'half-moved')),
    point: (v, locate) => halfLine(v, MOVE, 'half-moved') ?? locate.exported('openBooking'),
    question: () => ({ ask: 'After which of these lines must nothing go wrong any more?' }),
    because: (_v, at) =>
      `after line ${at.line} the table says what must not stay, and only a further statement can mend it`,
    principle: 'Every intermediate state must be survivable.',
    belief: 'This works only if the function always reaches its end.',
    idea: 'The power goes off after each line in turn. What does the table say?',
    plan: 'Make leaving and arriving one change: both are seen, or neither.',
    themes: ['atomicity', 'intermediate-states'],
  }),

  mistake({
    id: 'over-locking',
    title: 'a free seat is refused because somebody is busy elsewhere',
    severity: '?',
    when: {
      any: [
        { all: [saw('ended', OTHERS, 'refused'), { not: saw('failing', OTHERS, /./) }] },
        { all: [saw('ended', ONE, 'nobody'), { not: saw('failing', ONE, /./) }] },
      ],
    },
    evidence: (v) => told(refused(v).story, refused(v).last),
    outcome: (v) => result(v, refusedIn(v)),
    point: (v, locate) => near(refused(v).last) ?? inMemory(locate) ?? locate.exported('openBooking'),
    question: () => ({ ask: 'Which of these lines shuts out callers who want something else?' }),
    because: (_v, at) => `line ${at.line} does not ask which seat it is about`,
    principle: 'Lock what you decide about, not everything.',
    belief: 'This works only if it is safest to let in one at a time.',
    idea: 'Ann and Bob want different seats. What do they have to agree on?',
    plan: 'Decide for each seat by itself; refuse only who wants what somebody else has.',
    themes: ['locks'],
  }),

  mistake({
    id: 'orphan-lock',
    title: 'a lock outlives the caller who took it',
    severity: '?',
    when: {
      any: [saw('ended', FOREVER, /^(?:waits|spins|refused)$/), saw('ended', TRUTH, /^(?:waits|spins)$/)],
    },
    evidence: (v) => told(orphan(v).story, orphan(v).left),
    outcome: (v) => result(v, orphanIn(v)),
    point: (v, locate) => near(orphan(v).left) ?? inMemory(locate) ?? locate.exported('openBooking'),
    question: () => ({
      ask: 'Which of these lines leaves something behind that only its own caller takes away?',
    }),
    because: (v, at) =>
      orphanIn(v) === FOREVER
        ? `what line ${at.line} wrote stays when its process is gone, \`finally\` or not`
        : `after an error nobody takes away what line ${at.line} has left`,
    principle: 'A lock must end with whoever holds it.',
    belief: 'This works only if the function always reaches its end.',
    idea: 'Who takes the lock away when its holder has died?',
    plan: 'Use a lock that the database itself lifts when the connection is gone, or none at all.',
    themes: ['locks', 'intermediate-states'],
  }),
];

import { mistake, type Fact, type Frame, type Mistake, type SqlFact, type Vector } from 'kibitzer/kata';
import {
  FILE,
  WORK,
  NESTED,
  OFF,
  REFUSES,
  saw,
  result,
  where,
  near,
  shown,
  line,
  isSql,
  isFile,
  isInVain,
  isWrite,
  isBegin,
  isCommit,
  isRollback,
  failed,
  told,
  finder,
  opener,
} from './seen.ts';

/** The probe in which a removal stopped half-way, its first write that stayed, and what stopped it. */
function halfWay(v: Vector): {
  probe: string;
  facts: readonly Fact[];
  write: SqlFact | undefined;
  stop: Fact | undefined;
} {
  const inWork = /half|gone/.test(String(v.saw(WORK, 'left') ?? ''));
  const probe = v.saw(FILE, 'left') === 'half' ? FILE : inWork ? WORK : REFUSES;
  const facts = v.facts(probe);
  const stop =
    probe === FILE
      ? facts.find(isInVain)
      : probe === REFUSES
        ? facts.find(failed)
        : facts.findLast((f) => f.kind === 'note');
  return { probe, facts, write: facts.find(isWrite), stop };
}

/** What is shown of a removal that stopped half-way, and in it the first row that was put back by hand, if any. */
function stopped(v: Vector): Fact[] {
  const { facts, write, stop } = halfWay(v);
  const after = stop ? facts.slice(facts.indexOf(stop)) : [];
  return told(
    facts,
    write,
    stop,
    after.find((f) => isWrite(f) && /^insert\b/i.test(f.sql)),
  );
}

/** The probe in which a removal made a decision of its own, and the statement that made it. */
function ownDecision(v: Vector): { probe: string; facts: readonly Fact[]; by: SqlFact | undefined } {
  const refused = where(v, [WORK, NESTED], 'error', /begun-twice/);
  const probe =
    v.saw(refused, 'error') === 'begun-twice'
      ? refused
      : where(v, [WORK, NESTED, REFUSES], 'left', /gone|half/);
  const facts = v.facts(probe);
  const twice =
    v.saw(refused, 'error') === 'begun-twice' ? facts.find((f) => isBegin(f) && failed(f)) : undefined;
  const by = twice ?? facts.find(isCommit) ?? facts.find(failed) ?? facts.find(isWrite);
  return { probe, facts, by: by as SqlFact | undefined };
}

const somewhere = (f: Frame | null): Frame[] => (f ? [f] : []);

const swallowing = (v: Vector): string => where(v, [WORK, REFUSES], 'error', /swallowed/);

/** The last statement to which the error led; else the one that failed. */
function arrived(v: Vector): SqlFact | undefined {
  const facts = v.facts(swallowing(v), 'sql');
  return facts.findLast(isRollback) ?? facts.find(failed);
}

function lostAt(v: Vector): keyof typeof LOST {
  const at = arrived(v);
  return !at ? 'work' : isRollback(at) ? 'undone' : 'failed';
}

const LOST = {
  undone: {
    ask: 'To which of these lines did the error lead, before it was lost?',
    because: 'the error has come this far, and does not get from here to the caller',
  },
  failed: {
    ask: 'Which of these lines fails without anybody hearing of it?',
    because: 'it fails here, and the error does not get from here to the caller',
  },
  work: {
    ask: 'Where does the code begin that the error of the work does not leave?',
    because: 'the work throws in here, and whoever called it is not told',
  },
};

/** What removed something that had been called off. */
const survivor = (v: Vector): Fact | undefined =>
  v
    .facts(OFF)
    .find((f) => (v.saw(OFF, 'later') === 'files' ? isFile(f) && f.text.startsWith('lisbon') : isWrite(f)));

function survived(v: Vector): Frame | null {
  const by = survivor(v);
  return by && isSql(by) ? shown(v.facts(OFF), by) : near(by);
}

export const decisions: Mistake[] = [
  mistake({
    id: 'deletes-as-it-goes',
    title: 'a removal is done piece by piece, each for good',
    severity: '??',
    when: {
      any: [
        saw('left', FILE, 'half'),
        {
          all: [
            { any: [saw('left', WORK, 'half'), saw('left', WORK, 'gone')] },
            saw('in-transaction', WORK, 'no'),
          ],
        },
        { all: [saw('left', REFUSES, 'half'), saw('in-transaction', REFUSES, 'no')] },
      ],
    },
    masks: ['file-before-commit', 'wrong-order'],
    evidence: stopped,
    decisive: (v) => {
      const { stop } = halfWay(v);
      return stop ? stopped(v).indexOf(stop) : stopped(v).length - 1;
    },
    outcome: (v) => result(v, halfWay(v).probe),
    point: (v, locate) => shown(halfWay(v).facts, halfWay(v).write) ?? locate.exported('openGallery'),
    question: () => ({ ask: 'Which of these lines is the first to remove something for good?' }),
    because: () => 'this is final as soon as it has run, and what follows can still fail',
    principle: 'Collect the intent, then carry it out once.',
    belief: (v, at) => `This works only if nothing that comes after ${line(at)} can fail.`,
    idea: 'If step 3 fails, what is left of steps 1 and 2?',
    plan: 'Note down what shall go; carry it out together at one point; on failure forget the note.',
    themes: ['intent-and-execution'],
  }),
  mistake({
    id: 'decides-for-itself',
    title: 'a removal ends the decision that it is only a part of',
    severity: '??',
    when: {
      any: [
        saw('error', WORK, 'begun-twice'),
        saw('error', NESTED, 'begun-twice'),
        {
          all: [
            saw('in-transaction', WORK, 'yes'),
            { any: [saw('left', WORK, 'gone'), saw('left', WORK, 'half')] },
          ],
        },
        saw('left', NESTED, 'gone'),
        saw('left', NESTED, 'half'),
        { all: [saw('left', REFUSES, 'half'), saw('in-transaction', REFUSES, 'yes')] },
      ],
    },
    masks: ['double-delete'],
    evidence: (v) => {
      const { facts, by } = ownDecision(v);
      const end = facts.findLast((f) => f.kind === 'note' && !isFile(f));
      return told(facts, facts.find(isBegin), by, end);
    },
    outcome: (v) => result(v, ownDecision(v).probe),
    point: (v, locate) => near(ownDecision(v).by) ?? locate.exported('openGallery'),
    question: (v) => {
      const { by } = ownDecision(v);
      return {
        ask:
          by && isBegin(by)
            ? 'Which of these lines begins what has been begun already?'
            : 'Which of these lines makes final what the caller has not decided yet?',
      };
    },
    because: (v) => {
      const { by } = ownDecision(v);
      return by && isBegin(by)
        ? 'it begins a decision of its own, within one that is not over'
        : 'it makes this part final, while the whole can still be called off';
    },
    principle: 'Who opens the decision ends it; a part must not.',
    belief: 'This works only if each removal is asked for alone, and never as a part of something.',
    idea: 'Who knows that the decision is complete: the removal, or whoever asked for it?',
    plan:
      'Let one place begin and end decisions. Separate what a removal does from when it becomes final, ' +
      'so that alone and within a larger one it does the same.',
    themes: ['intent-and-execution'],
  }),
  mistake({
    id: 'intent-survives',
    title: 'what was called off still counts',
    severity: '??',
    when: {
      any: [saw('later', OFF, 'carried-out'), saw('later', OFF, 'files'), saw('later', OFF, 'hidden')],
    },
    evidence: (v) => {
      const facts = v.facts(OFF);
      return v.saw(OFF, 'later') === 'hidden' ? facts.slice(0, 1) : told(facts, facts[0], survivor(v));
    },
    outcome: (v) => result(v, OFF),
    point: (v, locate) =>
      v.saw(OFF, 'later') === 'hidden' ? finder(locate) : (survived(v) ?? locate.exported('openGallery')),
    question: (v) => ({
      ask:
        v.saw(OFF, 'later') === 'hidden'
          ? 'Which of these lines answers from a note that nobody has torn up?'
          : 'Which of these lines carries out what had been called off?',
    }),
    because: (v) =>
      v.saw(OFF, 'later') === 'hidden'
        ? 'it still goes by what was noted down before the work broke off'
        : 'what was noted down before the work broke off is still on the note',
    principle: 'A note of what shall go must not outlive its decision.',
    belief: 'This works only if every piece of work that begins comes to its end.',
    idea: 'The work breaks off. Where does the code still remember what had been asked?',
    plan: 'Give each decision a note of its own, or empty the note on every way out, also on that of an error.',
    themes: ['intent-and-execution'],
  }),
  mistake({
    id: 'swallowed-error',
    title: 'nothing is removed, and nobody is told',
    severity: '?',
    when: { any: [saw('error', WORK, 'swallowed'), saw('error', REFUSES, 'swallowed')] },
    evidence: (v) => {
      const facts = v.facts(swallowing(v));
      return told(
        facts,
        facts.find(failed),
        arrived(v),
        facts.findLast((f) => f.kind === 'note' && !isFile(f)),
      );
    },
    outcome: (v) => result(v, swallowing(v)),
    point: (v, locate) => near(arrived(v)) ?? opener(locate),
    question: (v) => ({ ask: LOST[lostAt(v)].ask }),
    because: (v) => LOST[lostAt(v)].because,
    principle: 'Undo, then pass the failure on: the caller decides what it means.',
    belief: 'This works only if the caller need not know whether anything was removed.',
    idea: 'The page says “album removed”. Where did it get that from?',
    plan: 'Put things back where an error arrives, and let the same error go on to the caller.',
    themes: ['intent-and-execution'],
  }),
  mistake({
    id: 'left-open',
    title: 'a call that failed leaves its decision open',
    severity: '?',
    when: saw('again', REFUSES, 'left-open'),
    evidence: (v) => {
      const facts = v.facts(REFUSES);
      return told(facts, facts.find(isBegin), facts.find(failed), facts.findLast(failed));
    },
    outcome: (v) => result(v, REFUSES),
    point: (v, locate) => near(v.facts(REFUSES).find(isBegin)) ?? locate.exported('openGallery'),
    question: (v) => ({
      ask: 'Which of these lines begins what nobody ends?',
      among: somewhere(near(v.facts(REFUSES).find(failed))),
    }),
    because: () => 'what is begun here was still open when the call had failed',
    principle: 'Whoever begins a transaction ends it, on every way out.',
    belief: 'This works only if nothing fails between the beginning and the end, and the end neither.',
    idea: 'The call fails half-way, or at its very last statement. What does the next call find?',
    plan: 'Begin, try, commit within the attempt; whatever fails: undo all of it, then pass the failure on.',
    themes: ['intent-and-execution'],
  }),
];

import { mistake } from 'kibitzer/kata';
import type { Condition, Fact, Frame, Locator, Mistake, Vector } from 'kibitzer/kata';

const PLANTED = 'planted-before-login';
const OLD = 'old-id-is-dead';
const INVENTED = 'invented-id';
const BASKET = 'basket-comes-along';
const LOGOUT = 'logout-ends-it';
const GUESS = 'cannot-guess';
const FLAGS = 'cookie-flags';
const ANOTHER = 'another-reader';

const saw = (name: string, probe: string, is: string | RegExp): Condition => ({ saw: name, in: probe, is });
const all = (...conditions: Condition[]): Condition => ({ all: conditions });
const any = (...conditions: Condition[]): Condition => ({ any: conditions });
const SOMETHING = /^(?!nobody$)/;

const message = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';

/** The line that a probe has noted. */
const noted = (v: Vector, probe: string, text: string): Frame | null =>
  v.facts(probe, 'note').find((f) => f.text === text)?.site?.near ?? null;

const asks = (v: Vector, probe: string): Frame | null => noted(v, probe, 'asks for the password');
const sets = (v: Vector, probe: string): Frame | null => noted(v, probe, 'sets the cookie');
/** The logout begins where its path stands: that cannot have another name. */
const logoutIn = (v: Vector, locate: Locator): Frame | null =>
  locate.line(/["'`](?:POST )?\/logout["'`]/) ?? noted(v, LOGOUT, 'answers the logout');

/**
 * The exchanges of a probe, with one line each: where all answers are written by the same few lines, it is the outer one
 * that tells them apart; where all requests come in through one line, the inner one.
 */
function exchanges(v: Vector, probe: string): readonly Extract<Fact, { kind: 'http' }>[] {
  const all = v.facts(probe, 'http');
  const outer = new Set(all.map((f) => f.site?.cause.line));
  return all.map((f) => {
    const at = f.site && (outer.size > 1 || all.length === 1 ? f.site.cause : f.site.near);
    return { ...f, site: at && { near: at, cause: at } };
  });
}

/** The exchanges of a probe; where Eve's cookie has to get into Ann's browser, that is told between them. */
function withPlanting(v: Vector, probe: string): readonly Fact[] {
  const [first, ...others] = exchanges(v, probe);
  if (probe !== PLANTED || !first) return exchanges(v, probe);
  return [first, { kind: 'note', text: "Eve gets her cookie into Ann's browser", site: null }, ...others];
}

/** The line that answered the first exchange of a probe. */
function exchangeLine(v: Vector, probe: string): Frame | null {
  return exchanges(v, probe)[0]?.site?.near ?? null;
}
/** Whether a line is the one that asked for Ben's password. */
const isCheck = (v: Vector, at: Frame | null): boolean =>
  v.facts(ANOTHER, 'note').some((f) => f.text === 'asks for the password') && at !== null;

/** The probe in which a key from before opened what came after. */
const keptIn = (v: Vector): string =>
  [PLANTED, OLD, ANOTHER].find((p) => v.saw(p, 'key') === 'same') ?? PLANTED;
const copiedIn = (v: Vector): string => [PLANTED, OLD].find((p) => v.saw(p, 'key') === 'new') ?? ANOTHER;

/** The probe in which the basket of one reader was there for the next. */
const leftIn = (v: Vector): string => (v.saw(LOGOUT, 'basket') === undefined ? ANOTHER : LOGOUT);

const LOST: Readonly<Record<string, string>> = {
  HttpOnly: 'This works only if no script ever runs in this page that was not meant to.',
  SameSite: 'This works only if every browser assumes the same where nothing is said.',
  'Path=/': 'This works only if all pages lie below the one that set the cookie.',
};
const SAID: Readonly<Record<string, string>> = { SameSite: 'SameSite=Lax or Strict' };
const missing = (v: Vector): string[] => String(v.saw(FLAGS, 'missing') ?? '').split(' ');

export const mistakes: Mistake[] = [
  mistake({
    id: 'id-survives-login',
    title: 'a key from before the login opens what comes after it',
    severity: '??',
    when: any(
      all(saw('eve', PLANTED, SOMETHING), saw('key', PLANTED, 'same')),
      all(saw('eve', OLD, SOMETHING), saw('key', OLD, 'same')),
      all(saw('copy', ANOTHER, 'ben'), saw('key', ANOTHER, 'same')),
    ),
    masks: ['adopts-any-id', 'copy-keeps-both'],
    evidence: (v) => withPlanting(v, keptIn(v)),
    outcome: (v) => message(v, keptIn(v)),
    point: (v, locate) => asks(v, keptIn(v)) ?? locate.exported('createSite'),
    question: () => ({ ask: 'After which of these lines must the key be another one?' }),
    because: (v) =>
      keptIn(v) === ANOTHER
        ? 'it finds out that this is Ben, and he goes on under the key that Ann had'
        : v.saw(keptIn(v), 'eve') === 'basket'
          ? 'it finds out that this is Ann, and her basket stays under the key that she came with'
          : 'it finds out that this is Ann, and she goes on under the key that she came with',
    principle: 'When rights change, the key changes.',
    belief: (v) =>
      keptIn(v) === ANOTHER
        ? 'This works only if a browser has one reader for ever.'
        : 'This works only if nobody knew the cookie before its owner logged in.',
    idea: 'Who knew the key before the login?',
    plan: 'Change the key at the moment rights change; let the old one open nothing.',
    themes: ['session-keys', 'trust-boundary'],
  }),

  mistake({
    id: 'copy-keeps-both',
    title: 'there is a new key, and the old one still opens',
    severity: '??',
    when: any(
      all(saw('eve', PLANTED, SOMETHING), saw('key', PLANTED, 'new')),
      all(saw('eve', OLD, SOMETHING), saw('key', OLD, 'new')),
      all(saw('copy', ANOTHER, 'ben'), saw('key', ANOTHER, 'new')),
      // where no session ever ends at the site, that is what has to be seen first
      all(saw('copy', ANOTHER, /^(?:ann|eve)$/), { not: saw('copy', LOGOUT, 'reader') }),
    ),
    evidence: (v) => withPlanting(v, copiedIn(v)),
    outcome: (v) => message(v, copiedIn(v)),
    point: (v, locate) => sets(v, copiedIn(v)) ?? asks(v, copiedIn(v)) ?? locate.exported('createSite'),
    question: () => ({ ask: 'Which of these lines hands out a key while an older one stays in use?' }),
    because: (v) =>
      copiedIn(v) === ANOTHER && v.saw(ANOTHER, 'copy') !== 'ben'
        ? 'it gives Ben a key of his own; the session of Ann stays open under hers'
        : v.saw(copiedIn(v), 'eve') === 'basket'
          ? 'it gives out a new key; behind the old one is still the basket of today'
          : 'it gives out a new key; the old one still opens the session',
    principle: 'Replacing a key means invalidating the old one.',
    belief: 'This works only if a cookie is gone everywhere once one browser has replaced it.',
    idea: 'How many keys open this session now?',
    plan: 'Move the record instead of copying it.',
    themes: ['session-keys'],
  }),

  mistake({
    id: 'adopts-any-id',
    title: 'the visitor may choose the key',
    severity: '??',
    when: any(saw('login', INVENTED, 'adopted'), saw('visit', INVENTED, 'adopted')),
    evidence: (v) => exchanges(v, INVENTED),
    outcome: (v) => message(v, INVENTED),
    point: (v, locate) =>
      noted(v, INVENTED, 'reads the cookie') ?? locate.line(/\bcookies?\b/i) ?? locate.exported('createSite'),
    question: () => ({ ask: 'Which of these lines lets in a key that may have been made anywhere?' }),
    because: () => 'what is read here can be any text; a session goes by it all the same',
    principle: 'Only ids you issued are ids.',
    belief: 'This works only if an unknown key is just a new visitor.',
    idea: 'Where was this key born?',
    plan: 'Look it up; if you did not issue it, issue another.',
    themes: ['session-keys', 'trust-boundary'],
  }),

  mistake({
    id: 'guessable-id',
    title: 'somebody can arrive at a key without having seen it',
    severity: '??',
    when: saw('guess', GUESS, /^(?:worked-out|few-to-try)$/),
    evidence: (v) => [
      ...v.facts(GUESS, 'read').slice(0, 1),
      ...v.facts(GUESS, 'crypto').slice(0, 1),
      ...exchanges(v, GUESS),
    ],
    outcome: (v) => message(v, GUESS),
    point: (v, locate) => {
      const asked = noted(v, GUESS, 'is asked');
      const drawn = [...v.facts(GUESS, 'read'), ...v.facts(GUESS, 'crypto')][0]?.site;
      return asked ?? drawn?.near ?? sets(v, GUESS) ?? locate.exported('createSite');
    },
    question: (v) => ({
      ask:
        v.saw(GUESS, 'guess') === 'worked-out'
          ? 'Which of these lines gives the same to whoever runs the program?'
          : 'Which of these lines makes the difference between two keys, and too little of it?',
    }),
    because: (v) =>
      v.saw(GUESS, 'guess') === 'few-to-try'
        ? `what comes of it is no more than ${v.saw(GUESS, 'bits')} bits: all of them can be tried`
        : ({
            chance: 'it asks for chance that can be worked out from what it gave before',
            clock: 'it reads the clock, and everybody has one',
          }[String(v.saw(GUESS, 'source'))] ?? 'in the key that it hands out nothing is secret'),
    principle: 'An id that grants must be unguessable.',
    belief: (v) =>
      v.saw(GUESS, 'guess') === 'worked-out'
        ? 'This works only if unique means unpredictable.'
        : `This works only if nobody tries 2^${v.saw(GUESS, 'bits')} keys, with many sessions to hit.`,
    idea: 'Two people run this program at the same second. In what do their keys differ?',
    plan: 'Draw each key from the source that is kept for secrets, sixteen bytes or more; keep all of them.',
    themes: ['unguessable'],
  }),

  mistake({
    id: 'cookie-only-logout',
    title: 'the session goes on without its cookie',
    severity: '?',
    when: saw('copy', LOGOUT, 'reader'),
    evidence: (v) => exchanges(v, LOGOUT),
    outcome: (v) => message(v, LOGOUT),
    point: (v, locate) =>
      noted(v, LOGOUT, 'takes the cookie back') ?? logoutIn(v, locate) ?? locate.exported('createSite'),
    question: () => ({ ask: 'Which of these lines leaves to the browser what only the site can do?' }),
    because: () => 'when it has run, the key still opens the session for whoever has a copy',
    principle: 'A session ends at the server.',
    belief: 'This works only if one browser has the only copy of the cookie.',
    idea: 'Who else may have a copy of the cookie?',
    plan: 'End the record at the server; clearing the cookie is politeness.',
    themes: ['session-keys'],
  }),

  mistake({
    id: 'ignores-the-login',
    title: 'somebody logs in, and somebody else stays logged in',
    severity: '?',
    when: saw('login', ANOTHER, 'somebody-else'),
    evidence: (v) => exchanges(v, ANOTHER),
    outcome: (v) => message(v, ANOTHER),
    point: (v, locate) => asks(v, ANOTHER) ?? exchangeLine(v, ANOTHER) ?? locate.exported('createSite'),
    question: (v, at) => ({
      ask: isCheck(v, at)
        ? 'After which of these lines does the session still belong to somebody else?'
        : 'Which of these lines answers a login without asking who it is?',
    }),
    because: (v, at) =>
      isCheck(v, at)
        ? 'it finds out that this is Ben, and the session stays with Ann'
        : 'it answers Ben, whose password nobody has looked at',
    principle: 'Who has logged in last is who it is.',
    belief: 'This works only if whoever logs in again is the same person.',
    idea: 'Ann has gone without logging out, and Ben gives his own password. Who sits there now?',
    plan: 'Treat each right password as a new beginning: end what was there, begin anew for its owner.',
    themes: ['session-keys', 'who-owns-it'],
  }),

  mistake({
    id: 'ends-other-devices',
    title: 'one device ends the sessions of the others',
    severity: '?',
    when: saw('phone', LOGOUT, /^out-/),
    evidence: (v) => exchanges(v, LOGOUT),
    outcome: (v) => message(v, LOGOUT),
    point: (v, locate) =>
      (v.saw(LOGOUT, 'phone') === 'out-at-login' ? asks(v, LOGOUT) : logoutIn(v, locate)) ??
      locate.exported('createSite'),
    question: (v) => ({
      ask:
        v.saw(LOGOUT, 'phone') === 'out-at-login'
          ? 'After which of these lines is a session gone that nobody has ended?'
          : 'At which of these lines begins what ends one session too many?',
    }),
    because: (v) =>
      v.saw(LOGOUT, 'phone') === 'out-at-login'
        ? 'it finds out who this is, and the session on her other device is gone'
        : 'when the logout that begins here is done, the session on her other device is gone as well',
    principle: 'End a session by its key, not by its reader.',
    belief: 'This works only if every reader has one device.',
    idea: 'Ann is logged in on her phone and at the desk. Where did she ask to be logged out?',
    plan: 'Keep sessions by their keys alone; end the one whose key came with the request.',
    themes: ['session-keys'],
  }),

  mistake({
    id: 'hands-over-to-the-next',
    title: 'what one reader did is there for the next',
    severity: '?',
    when: any(saw('basket', LOGOUT, /./), saw('basket', ANOTHER, 'inherited')),
    evidence: (v) => exchanges(v, leftIn(v)),
    outcome: (v) => message(v, leftIn(v)),
    point: (v, locate) =>
      (leftIn(v) === LOGOUT ? logoutIn(v, locate) : asks(v, ANOTHER)) ?? locate.exported('createSite'),
    question: (v) => ({
      ask:
        leftIn(v) === LOGOUT
          ? 'At which of these lines begins what should put the basket out of reach?'
          : 'After which of these lines must the session be an empty one?',
    }),
    because: (v) =>
      leftIn(v) === LOGOUT
        ? 'when the logout that begins here is done nobody is logged in, and the basket is still there'
        : 'it finds out that this is Ben, and he goes on with the basket that Ann had',
    principle: 'What a reader did belongs to the reader, not to the browser.',
    belief: 'This works only if the same person always sits at this computer.',
    idea: 'Ann gets up, Ben sits down. What of all that is there belongs to her?',
    plan: 'Say of each thing in a session whose it is; when the reader goes, let it go as well.',
    themes: ['session-keys', 'who-owns-it'],
  }),

  mistake({
    id: 'throws-all-away',
    title: 'the login forgets what the visitor had',
    severity: '?!',
    when: saw('basket', BASKET, /^(?:gone|partly)$/),
    evidence: (v) => exchanges(v, BASKET),
    outcome: (v) => message(v, BASKET),
    point: (v, locate) => sets(v, BASKET) ?? asks(v, BASKET) ?? locate.exported('createSite'),
    question: () => ({
      ask: 'Which of these lines gives out a key that leads to nothing of the visit before?',
    }),
    because: () => 'behind the key from here is a session without the books of the visitor',
    principle: 'Carry over data, not identity.',
    belief: 'This works only if nothing that happened before the login is worth keeping.',
    idea: 'What of the visit was dangerous: what is in it, or what opens it?',
    plan: "Take the visitor's things along to the session under the new key; leave the old key behind.",
    themes: ['session-keys', 'data-kept-true'],
  }),

  mistake({
    id: 'loose-cookie',
    title: 'others can read the key, or have it sent',
    severity: '?!',
    when: saw('missing', FLAGS, /./),
    evidence: (v) => v.facts(FLAGS, 'value'),
    outcome: (v) => message(v, FLAGS),
    point: (v, locate) => sets(v, FLAGS) ?? locate.line(/set-cookie/i) ?? locate.exported('createSite'),
    question: () => ({ ask: 'Which of these lines leaves open who may read the key or have it sent?' }),
    because: (v) =>
      `the cookie from here does not say ${missing(v)
        .map((m) => SAID[m] ?? m)
        .join(', nor ')}`,
    principle: 'Say to the browser who may read and send it.',
    belief: (v) =>
      v.saw(FLAGS, 'same-site') === 'none' && missing(v)[0] === 'SameSite'
        ? 'This works only if no page elsewhere has anything sent in the name of the reader.'
        : (LOST[missing(v)[0]!] ?? 'This works only if the defaults are safe.'),
    idea: 'Which program besides the site can read this cookie? Which page can have it sent?',
    plan: 'Set the cookie in one place. Say there that no script reads it, that no other site has it sent, and that it is for all pages.',
    themes: ['trust-boundary'],
  }),
];

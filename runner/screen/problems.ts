/** Words for what `check` finds, by code. */
type Args = Readonly<Record<string, string | number>>;

const WORDS = {
  // what is written
  unwritten: (a: Args) => `to write: ${a.what}`,
  unreadable: (a: Args) => `it cannot be read: ${a.says}`,
  'wrong-form': (a: Args) => `it has not the form it should have: ${a.says}`,
  'folder-differs': (a: Args) =>
    `it declares the ${a.what} “${a.declared}” and lies in the folder “${a.folder}”`,
  'title-differs': (a: Args) => `the title “${a.title}” is not the promise “${a.promise}”`,
  'text-missing': (a: Args) => `${a.what} is empty`,
  'too-long': (a: Args) => `the ${a.what} has ${a.length}, at most ${a.most} fit`,
  'too-few-designs': (a: Args) => `${a.count} accepted designs; at least two of different shape are needed`,
  'unknown-id': (a: Args) => `${a.what} is named “${a.id}”, which does not exist`,
  twice: (a: Args) => `“${a.id}” is there twice`,
  'gate-missing': (a: Args) => `the first probe, ${a.probe}, is no gate`,
  'symptom-not-shown': (a: Args) => `the starter does not lose the symptom ${a.probe}: it is ${a.outcome}`,
  // brief and probes
  'sentence-number': (a: Args) => `sentence ${a.sentence} of the contract stands where ${a.expected} should`,
  'sentence-without-probe': (a: Args) =>
    `no probe stands for sentence ${a.sentence}; one that is prose ends with *(not judged)*`,
  'prose-with-probe': (a: Args) =>
    `sentence ${a.sentence} is marked as prose, and the probe ${a.probe} judges it`,
  'probe-without-sentence': (a: Args) =>
    `the probe ${a.probe} stands for sentence ${a.sentence}, which the brief does not have`,
  // what is judged
  unjudgeable: (a: Args) => `it could not be judged: ${a.says}`,
  'diagnosis-differs': (a: Args) =>
    `declared as ${a.declared}, diagnosed as ${a.found}${a.probes ? `: ${a.probes}` : ''}`,
  'design-loses': (a: Args) => `an accepted design does not win: ${a.probes}`,
  'behind-differs': (a: Args) => `expect.json says behind it lies “${a.declared}”, found “${a.found}”`,
  'line-differs': (a: Args) => `expect.json points at “${a.declared}”, the diagnosis at “${a.found}”`,
  'question-missing': () => 'the analysis asks no question: fewer than two lines to choose from',
  'mistake-without-move': (a: Args) => `no stored move is diagnosed as ${a.mistake}`,
  'probe-without-move': (a: Args) => `no stored move loses the probe ${a.probe}`,
  'same-vector': (a: Args) => `it shows the same vector as ${a.other}, which is stored under another mistake`,
  // played again
  unstable: (a: Args) => `${CAUSE[a.cause!] ?? a.cause} changes ${differs(a)}`,
  'variant-differs': (a: Args) => `${CAUSE[a.cause!] ?? a.cause} changes ${differs(a)}`,
  // what is said
  unfilled: (a: Args) => `the ${a.what} has an unfilled place (“${a.found}”): ${a.text}`,
  'text-form': (a: Args) => `the ${a.what} ${a.form}: ${a.text}`,
  'screen-fails': (a: Args) => `its analysis cannot be drawn: ${a.says}`,
  'hunk-without-reason': (a: Args) =>
    `the way to “${a.design}” has a hunk without a reason at line ${a.line}`,
  'better-approach-loses': (a: Args) =>
    `with every hunk of the way to “${a.design}” it does not win: ${a.found}`,
  'gives-away': (a: Args) => `“${a.text}” is shown before the win and gives ${a.mistake} away`,
  'theme-shown': (a: Args) => `the theme ${a.theme} is shown before the win`,
  // other languages
  'unknown-place': (a: Args) =>
    `it fills the place {${a.place}}, which the English text does not have: ${a.text}`,
  'sentences-differ': (a: Args) => `its sentences are ${a.declared}, those of brief.md are ${a.english}`,
  // cards
  'card-not-executed': () => 'it neither executes its code nor says, in `believed`, why that cannot be done',
  'card-fails': (a: Args) => `its code cannot be executed: ${a.says}`,
  'card-shows-no-choice': (a: Args) => `executed, its code shows “${a.shows}”, which is none of the choices`,
  'card-answer-differs': (a: Args) => `the answer is “${a.answer}”; executed, its code shows “${a.shows}”`,
} as const satisfies Record<string, (a: Args) => string>;

/** What kinds of problems there are. */
export type ProblemCode = keyof typeof WORDS;

/** Ways of writing a program otherwise. */
const WAY: Readonly<Record<string, string>> = {
  renamed: 'renaming locals',
  'spread-out': 'formatting with more lines',
  'drawn-together': 'formatting with fewer lines',
  'in-a-class': 'wrapping the export in a class',
  'in-a-closure': 'wrapping the export in a closure',
  'in-two-files': 'splitting the file in two',
};

/** Why a program cannot be written in a way. */
const SKIP: Readonly<Record<string, string>> = {
  'not-erasable': 'it uses TypeScript that is more than types',
  eval: 'it uses eval',
  'no-direct-export': 'what it exports is declared elsewhere',
  'uses-this': 'what it exports uses the `this` around it',
  'used-while-loading': 'it uses what it exports before it is declared',
};

const CAUSE: Readonly<Record<string, string>> = {
  ...WAY,
  order: 'another order of the probes',
  seed: 'another seed',
  zone: 'another time zone',
  chance: 'playing it once more, with nothing changed,',
};
const WHAT: Readonly<Record<string, string>> = {
  diagnosis: 'the diagnosis',
  place: 'the line it points at',
  vector: 'what is seen',
};

function differs(a: Args): string {
  return `${WHAT[a.in!] ?? a.in}: from “${a.was}” to “${a.is}”`;
}

/** One problem as a sentence. */
export function problemWords(p: { code: ProblemCode; args: Args }): string {
  return WORDS[p.code](p.args);
}

/** A way of writing a program that was not possible, as a clause. */
export function skipWords({ way, why }: { way: string; why: string }): string {
  return `${WAY[way] ?? way}: ${SKIP[why] ?? why}`;
}

/** Sentences of `check`. */
export const checkSayings = {
  language: (language: string, there: number, texts: number): string =>
    `In ${language}: ${there} of ${texts} texts.`,
  missing: (language: string, text: string): string => `only in English, not in ${language}: ${text}`,
  stale: (language: string, text: string): string => `no longer as in English, in ${language}: ${text}`,
  more: (n: number): string => `and ${n} more; --json lists all`,
  changed: (files: readonly string[]): string => `Changed: ${files.join(', ')}`,
  progress: (kata: string, done: number, total: number): string =>
    `checking ${kata}: ${done} of ${total} runs`,
  through: (kata: string, seconds: string): string => `checked ${kata} in ${seconds} s`,
  watching: (kata: string): string => `watching ${kata} · [a] all analyses · [q] quit`,
  move: (name: string): string => `moves/${name}`,
};

import stringWidth from 'fast-string-width';
import type { AnalysisView, CodeLine, KnownView, OutOfBookView, SuspectLine } from '../core/analysis.ts';
import type { Hunk } from '../core/designs.ts';
import { factLines } from './facts.ts';
import { codeText } from './code.ts';
import {
  capital,
  clip,
  columns,
  cut,
  expandTabs,
  harmless,
  harmlessView,
  pad,
  paragraph,
  spread,
} from './layout.ts';
import type { Look } from './look.ts';
import { textDiff } from './text-diff.ts';
import {
  GLYPH_NAME,
  keyLineWords,
  lostWords,
  OUTCOME_NAME,
  sayings,
  suspectWords,
  VERDICT_NAME,
  verdictWords,
} from './words.ts';

/**
 * A lost move, first half: what held, the refutation, and one question about the learner's own lines.
 * When there is no question it goes straight on to the second half.
 */
export function lostScreen(view: AnalysisView, look: Look): string[] {
  const v = harmlessView(view);
  const lines = [...header(v, look), '', ...heldLine(v, look)];
  const said = verdictWords(v.verdict);
  if (said) lines.push('', ...paragraph(said, look));
  if (v.heldBefore) lines.push('', ...heldBeforeLines(v.heldBefore, look));
  if (v.known) {
    lines.push('', ...refutation(v.known, look, v.read !== null || v.known.question === null));
    if (v.known.question && !v.read) lines.push('', ...questionLines(v.known, look));
  }
  if (v.outOfBook) lines.push('', ...outOfBookLines(v.outOfBook, look));
  const troubles = v.troubles.filter((t) => t.probe !== v.outOfBook?.probe);
  const shown = troubles.length > MOST_TROUBLES + 1 ? troubles.slice(0, MOST_TROUBLES) : troubles;
  for (const t of shown) {
    lines.push(
      '',
      ...labelled(capital(OUTCOME_NAME[t.outcome]), t.message ? `${t.plays} — ${t.message}` : t.plays, look),
    );
  }
  if (shown.length < troubles.length)
    lines.push('', ...paragraph(sayings.moreTroubles(troubles.length - shown.length), look));
  return lines;
}

/** Second half: the marked line, the mistake's name, its principle, the belief behind it, and what lies behind. */
export function toldScreen(view: AnalysisView, look: Look): string[] {
  const v = harmlessView(view);
  const k = v.known;
  if (!k) return [];
  const lines: string[] = [];
  const answer = answerLine(v, k);
  if (answer) lines.push(...paragraph(answer, look), '');
  lines.push(...frameLines(k.frame, look), '');
  lines.push(...paragraph(`${look.paint.bold(k.mistake)}: ${k.title}`, look));
  lines.push(
    ...labelled(lostWords.principle, k.principle, look),
    ...labelled(lostWords.belief, k.belief, look),
  );
  if (k.behind > 0) lines.push(...labelled(lostWords.behind, lostWords.behindWords(k.behind), look));
  if (v.sameAs !== null) lines.push(...paragraph(lostWords.sameAs(v.sameAs), look));
  return lines;
}

function header(v: AnalysisView, look: Look): string[] {
  const name = GLYPH_NAME[v.glyph];
  if (look.plain) {
    return [
      ...paragraph(lostWords.verdict(v.kata, v.move, VERDICT_NAME[v.verdict] ?? v.verdict, name), look),
      ...paragraph(lostWords.positionPlain(v.move === 0 ? null : v.before, v.position), look),
    ];
  }
  const glyph = v.glyph === '' ? '' : `${v.glyph} ${name}`;
  const paint = v.glyph === '??' || v.glyph === '?' ? look.paint.bad : look.paint.warn;
  return spread(
    ` ${look.paint.bold(v.kata)}${v.move === 0 ? '' : ` · ${lostWords.move(v.move)}`}${v.verdict === 'lost' ? '' : ` · ${VERDICT_NAME[v.verdict] ?? v.verdict}`}`,
    `${lostWords.position(v.move === 0 ? null : v.before, v.position)}${glyph ? `      ${paint(glyph)}` : ''}`,
    look,
  );
}

function heldLine(v: AnalysisView, look: Look): string[] {
  const share = lostWords.share(v.held.length, v.probes);
  const names = v.held.length === 0 ? lostWords.nothingHeld : v.held.join(look.plain ? ', ' : ' · ');
  // the tests of an imported kata have whole sentences for names
  if (names.length > MOST_NAMES) return labelled(lostWords.held, share, look);
  return labelled(lostWords.held, `${names}  (${share})`, look);
}

function refutation(k: KnownView, look: Look, lines: boolean): string[] {
  return [
    ` ${look.paint.bold(lostWords.refutation)}${look.plain ? `: ${lostWords.didPlain}` : ` — ${lostWords.did}`}`,
    ...factLines(k.evidence, { decisive: k.decisive, lines }, look),
    ...(look.plain
      ? paragraph(`${lostWords.result}: ${k.outcome}`, look)
      : paragraph(k.outcome, look, `   ${look.paint.bold('→')}  `)),
  ];
}

function questionLines(k: KnownView, look: Look): string[] {
  const { ask, choices } = k.question!;
  const files = new Set(choices.map((c) => c.file));
  return [
    ...paragraph(look.paint.bold(ask), look),
    ...choices.flatMap((c, i) => {
      const where =
        files.size > 1 ? `${c.file}:${c.line}` : look.plain ? lostWords.line(c.line) : String(c.line);
      if (look.plain) return paragraph(`${where}: ${codeOf(c)}`, look, `   ${i + 1}) `);
      const first = `   ${i + 1})  ${where}  `;
      const room = look.width - first.length - 1;
      return room >= 16
        ? [first + codeText(cut(codeOf(c), room), look)]
        : [
            `   ${i + 1})  ${cut(where, look.width - 9)}`,
            `       ${codeText(cut(codeOf(c), look.width - 8), look)}`,
          ];
    }),
  ];
}

/** A line by itself; one that goes on from the line before says so. */
function codeOf(c: CodeLine): string {
  const text = c.text.trim();
  return /^(?:\.\.\.|[.?:)\]}|&+*/%=])/.test(text) && !text.startsWith('...') ? `… ${text}` : text;
}

function answerLine(v: AnalysisView, k: KnownView): string | null {
  const because = k.because && sentence(k.because);
  if (!v.read || !k.question || !k.at) return because && capital(because);
  const right = k.question.choices[k.question.answer]!;
  const choice = k.question.answer + 1;
  const said =
    v.read.choice === null
      ? lostWords.wasIt(choice, right.line)
      : v.read.right
        ? lostWords.right(choice, right.line)
        : lostWords.wasNot(choice, right.line, v.read.choice + 1);
  return because ? `${said} — ${because}` : `${said}.`;
}

/** Text with something that ends a sentence. */
const sentence = (text: string): string => (/[.?!…:]$/.test(text) ? text : `${text}.`);

/** A label and its text, hanging. */
export function labelled(label: string, text: string, look: Look): string[] {
  const shown = harmless(text);
  if (look.plain) return paragraph(`${label}: ${shown}`, look);
  if (stringWidth(label) <= 16) return paragraph(shown, look, ` ${look.paint.bold(pad(label, 11))} `);
  return [...paragraph(look.paint.bold(label), look), ...paragraph(shown, look, '   ')];
}

/** Numbered lines of code with the marked one underlined. */
export function frameLines(frame: readonly CodeLine[], look: Look): string[] {
  if (frame.length === 0) return [];
  if (look.plain) return frame.flatMap((l) => paragraph(plainCode(l), look));
  const digits = Math.max(...frame.map((l) => String(l.line).length), 3);
  const room = look.width - digits - 7;
  // common indentation is dropped so that narrow terminals show code and not blanks
  const written = frame.map((l) => expandTabs(harmless(l.text)).trimEnd());
  const indent = Math.min(...written.filter((t) => t.trim()).map((t) => t.search(/\S/)));
  const shift = Number.isFinite(indent) ? Math.max(0, indent - 2) : 0;
  const gutter = `   ${' '.repeat(digits)} │ `;
  return frame.flatMap((l, i) => {
    const column = (at: number): number => stringWidth(expandTabs(harmless(l.text.slice(0, at)))) - shift;
    const [from, to] = l.span ? [Math.max(0, column(l.span[0])), column(l.span[1])] : [0, 0];
    const { text, moved } = inView(written[i]!.slice(shift), from, to, room);
    const line =
      ` ${l.marked ? look.paint.bad('>') : ' '} ${String(l.line).padStart(digits)} │ ${codeText(text, look)}`.trimEnd();
    if (!l.marked) return [line];
    const end = Math.min(to - moved, room);
    const start = Math.min(from - moved, room - 1);
    const marker = l.span ? ' '.repeat(start) + look.paint.bad('^'.repeat(Math.max(1, end - start))) : '';
    const place = clip(`${l.file}:${l.line}`, room - 2);
    const wide = stringWidth(place);
    if (marker && end + 2 + wide <= room) return [line, `${gutter}${marker}  ${place}`];
    if (marker && wide + 4 <= start) return [line, `${gutter}  ${place}${marker.slice(wide + 2)}`];
    return [line, ...(marker ? [gutter + marker] : []), `${gutter}  ${place}`];
  });
}

/** As much of a line as there is room for, moved so far that the marked part can be seen. */
function inView(text: string, from: number, to: number, room: number): { text: string; moved: number } {
  const over = Math.max(0, Math.min(from - 8, to - room + 1));
  if (over === 0) return { text: clip(text, room), moved: 0 };
  const rest = columns(text, over + 1, Infinity);
  // a wide character across the cut leaves one column more
  const moved = stringWidth(text) - stringWidth(rest) - 1;
  return { text: clip(`…${rest}`, room), moved };
}

function plainCode(l: CodeLine): string {
  const text = harmless(l.text).trim();
  if (!l.marked) return lostWords.plainLine(l.line, l.file, text);
  const part = l.span ? harmless(l.text.slice(...l.span)) : text;
  const whole = text.replace(/[\s;,{(]*$/, '');
  const isPart = part.length < whole.length && !/^\s*\/\//.test(whole.slice(part.length));
  return lostWords.plainMarked(l.line, l.file, text) + (isPart ? lostWords.plainPart(part) : '');
}

function outOfBookLines(o: OutOfBookView, look: Look): string[] {
  const lines = paragraph(`${look.paint.bold(lostWords.outOfBook)}: ${lostWords.noName}`, look);
  if (o.sentence) lines.push(...labelled(lostWords.brief(o.sentence.n), o.sentence.text, look));
  lines.push(...labelled(o.example.length > 0 ? lostWords.test : lostWords.played, o.plays, look));
  lines.push(...exampleFrame(o.example, look));
  const calls = o.evidence.filter((f) => f.kind === 'call');
  if (calls.length > 0)
    lines.push(
      ` ${look.paint.bold(sayings.called)}`,
      ...factLines(
        calls.slice(-MOST_CALLS),
        { decisive: Math.min(calls.length, MOST_CALLS) - 1, lines: true },
        look,
      ),
    );
  const result = o.outcome === 'refuted' ? lostWords.result : capital(OUTCOME_NAME[o.outcome]);
  if (o.message || o.outcome !== 'refuted')
    lines.push(...labelled(result, o.message || lostWords.noMessage, look));
  if (o.expected !== null && o.actual !== null) lines.push(...textDiff(o.expected, o.actual, look));
  const facts = o.evidence.filter((f) => f.kind !== 'call');
  lines.push(...factLines(facts.slice(0, 6), { decisive: -1, lines: true }, look));
  if (o.suspects.length > 0) lines.push('', ...suspectLines(o.suspects, look));
  if (o.frame.length > 0) lines.push('', ...frameLines(o.frame, look));
  if (o.frames.length > 0) {
    const chain = o.frames
      .slice(0, 3)
      .map(({ file, line, fn }) => (fn ? lostWords.inFunction(`${file}:${line}`, fn) : `${file}:${line}`));
    lines.push(
      ...labelled(lostWords.yourLines, chain.join(look.plain ? lostWords.calledFrom : '  ←  '), look),
    );
  }
  return lines;
}

/** A test's own code, without the file's name at its side. */
function exampleFrame(example: readonly CodeLine[], look: Look): string[] {
  if (example.length === 0) return [];
  if (look.plain) return frameLines(example, look);
  const digits = Math.max(...example.map((l) => String(l.line).length), 3);
  const room = look.width - digits - 7;
  return example.map((l) => {
    const text = codeText(clip(expandTabs(harmless(l.text)), room), look);
    return ` ${l.marked ? look.paint.bad('>') : ' '} ${String(l.line).padStart(digits)} │ ${text}`.trimEnd();
  });
}

/** Lines that may be behind a loss, with why. */
function suspectLines(suspects: readonly SuspectLine[], look: Look): string[] {
  const files = new Set(suspects.map((s) => s.file));
  const where = (s: SuspectLine): string =>
    files.size > 1 ? `${s.file}:${s.line}` : look.plain ? lostWords.line(s.line) : String(s.line);
  const widest = Math.max(...suspects.map((s) => stringWidth(where(s))));
  return [
    ...paragraph(look.paint.bold(sayings.suspects), look),
    ...suspects.flatMap((s, i) => {
      const why = suspectWords(s);
      if (look.plain) return paragraph(`${where(s)}: ${codeOf(s)} (${why})`, look, `   ${i + 1}) `);
      const first = `   ${i + 1})  `;
      const indent = ' '.repeat(first.length);
      const room = look.width - first.length - widest - 3;
      const beside = room >= 16;
      const text = cut(codeOf(s), beside ? room : look.width - first.length - 1);
      if (!beside) {
        const place = first + cut(where(s), look.width - first.length - 1);
        return [place, indent + codeText(text, look), ...paragraph(look.paint.dim(why), look, indent)];
      }
      const line = `${first}${pad(where(s), widest)}  ${codeText(text, look)}`;
      return stringWidth(text) + why.length + 3 <= room
        ? [`${line}   ${look.paint.dim(why)}`]
        : [line, ...paragraph(look.paint.dim(why), look, ' '.repeat(first.length + widest + 2))];
    }),
  ];
}

function heldBeforeLines(h: NonNullable<AnalysisView['heldBefore']>, look: Look): string[] {
  const changed = h.hunks.flatMap((hunk) => hunk.lines);
  const held = lostWords.heldAt(h.probe, h.at);
  if (changed.length === 0 || changed.length > MOST_CHANGED) {
    return paragraph(`${held} ${lostWords.muchChanged(keyLineWords.key('d', look.plain))}`, look);
  }
  return [...paragraph(`${held} ${lostWords.sinceThen}`, look), ...diffLines({ lines: changed }, look)];
}

/** What is shown at most: names of probes in columns, probes that crashed, calls of a test. */
const MOST_NAMES = 240;
const MOST_TROUBLES = 2;
const MOST_CALLS = 6;
/** Lines of a change that are shown in an analysis. */
const MOST_CHANGED = 12;

const signName = (sign: string): string =>
  sign === '+' ? lostWords.added : sign === '-' ? lostWords.removed : lostWords.same;

/** The lines of a hunk with their signs; in plain text signs are words. */
export function diffLines(hunk: Pick<Hunk, 'lines'>, look: Look): string[] {
  return hunk.lines.flatMap((l) => {
    const code = expandTabs(harmless(l.slice(1)));
    if (look.plain)
      return paragraph(`${signName(l.charAt(0))}: ${code.trim() || lostWords.emptyLine}`, look, '   ');
    const shown = clip(`   ${l.charAt(0)} ${code}`.trimEnd(), look.width - 1);
    return l.startsWith('+')
      ? look.paint.good(shown)
      : l.startsWith('-')
        ? look.paint.bad(shown)
        : look.paint.dim(shown);
  });
}

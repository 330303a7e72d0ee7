import type { Fact, Frame, SqlFact } from '../core/facts.ts';
import { siteOf } from '../core/facts.ts';
import stringWidth from 'fast-string-width';
import { clip, cut, harmlessView, pad, paragraph } from './layout.ts';
import type { Look } from './look.ts';
import { factWords, lostWords } from './words.ts';

/** A fact as cells of a row. */
interface Row {
  label: string;
  text: string;
  /** the text is wrapped and not cut: it is short by nature, or the point of the fact */
  whole: boolean;
  effect: string;
  where: string;
  decisive: boolean;
}

/** Columns of the first cell at most. */
const LABEL = 14;

export interface FactOptions {
  /** index of the fact that loses */
  decisive: number;
  /** whether the learner's lines are named; not while a question asks for them */
  lines: boolean;
}

/** Facts as lines of text, oldest first; runs of the same statement from the same line are one row. */
export function factLines(facts: readonly Fact[], o: FactOptions, look: Look): string[] {
  const rows = rowsOf(harmlessView(facts), o, look.plain);
  if (look.plain) return rows.flatMap((r) => paragraph(plainRow(r, o.lines), look));
  const widest = (cell: (r: Row) => string): number => Math.max(0, ...rows.map((r) => stringWidth(cell(r))));
  const where = o.lines ? widest((r) => r.where) : 0;
  const effect = widest((r) => r.effect);
  const label = Math.min(
    LABEL,
    Math.max(
      1,
      widest((r) => r.label),
    ),
  );
  const room = Math.min(look.width, 140) - label - effect - where - 9;
  return rows.flatMap((r) => {
    const first = ` ${r.decisive ? look.paint.bad('>') : ' '} ${pad(cut(r.label, label), label)}  `;
    const tail = [r.effect, o.lines ? r.where : ''].filter((s) => s !== '').join('  ');
    if (r.whole && stringWidth(r.text) > room) {
      return [
        ...paragraph(r.text, look, first),
        ...(tail ? paragraph(tail, look, ' '.repeat(label + 5)) : []),
      ];
    }
    if (room >= 24) {
      const cells = `${first}${pad(clip(oneLine(r.text), room), room)}  ${pad(r.effect, effect)}`;
      return [(o.lines && r.where ? `${cells}  ${r.where}` : cells).trimEnd()];
    }
    return [
      first + clip(oneLine(r.text), look.width - label - 6),
      ...(tail ? paragraph(tail, look, ' '.repeat(label + 5)) : []),
    ];
  });
}

function plainRow(r: Row, lines: boolean): string {
  const parts = [oneLine(r.text), r.effect, lines ? r.where : ''].filter((s) => s !== '');
  return `${r.label ? `${r.label}: ` : ''}${parts.join('; ')}${r.decisive ? factWords.thisLoses : ''}`;
}

function rowsOf(facts: readonly Fact[], o: FactOptions, plain: boolean): Row[] {
  const rows: Row[] = [];
  // a line number says enough while all lines are of one file
  const files = new Set(facts.map(siteOf).flatMap((s) => (s ? [s.near.file, s.cause.file] : [])));
  const where = (f: Fact): string => whereOf(f, files.size > 1);
  for (let i = 0; i < facts.length;) {
    const run = sqlRun(facts, i, where);
    const losing = o.decisive >= i && o.decisive < i + run.length;
    rows.push(
      run.length > 1
        ? sqlRow(run as SqlFact[], losing, where, plain)
        : rowOf(facts[i]!, losing, where, plain),
    );
    i += run.length;
  }
  return rows;
}

/** Equal statements from equal lines that follow each other. */
function sqlRun(facts: readonly Fact[], from: number, where: (f: Fact) => string): readonly Fact[] {
  const first = facts[from]!;
  if (first.kind !== 'sql') return [first];
  let to = from + 1;
  for (; to < facts.length; to++) {
    const f = facts[to]!;
    if (f.kind !== 'sql' || f.sql !== first.sql || where(f) !== where(first)) break;
  }
  return facts.slice(from, to);
}

function sqlRow(run: readonly SqlFact[], decisive: boolean, where: (f: Fact) => string, plain: boolean): Row {
  const first = run[0]!;
  const last = run.at(-1)!;
  const rows = run.reduce((n, f) => n + f.rows, 0);
  const changes = run.reduce((n, f) => n + f.changes, 0);
  const error = run.find((f) => f.error !== undefined)?.error;
  return {
    label: run.length === 1 ? String(first.seq) : `${first.seq}${plain ? factWords.to : '–'}${last.seq}`,
    text: `${run.length === 1 ? '' : `${run.length}${plain ? factWords.times : ' ×'} `}${first.sql.replaceAll(/\s+/g, ' ').trim()}`,
    whole: false,
    effect:
      error ??
      (isWrite(first.sql) || changes > 0
        ? factWords.rowsChanged(changes)
        : isControl(first.sql)
          ? ''
          : factWords.rows(rows)),
    where: where(first),
    decisive,
  };
}

/** Blanks stay: between quotes they are what was handed over. */
const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]\s*/g, ' ').trim();
const isWrite = (sql: string): boolean => /^\s*(?:insert|update|delete|replace)\b/i.test(sql);
const isControl = (sql: string): boolean =>
  /^\s*(?:begin|commit|rollback|savepoint|release|pragma|create)\b/i.test(sql);

function rowOf(f: Fact, decisive: boolean, where: (f: Fact) => string, plain: boolean): Row {
  const row = (label: string, text: string, effect = ''): Row => ({
    label,
    text,
    whole: true,
    effect,
    where: where(f),
    decisive,
  });
  switch (f.kind) {
    case 'sql':
      return sqlRow([f], decisive, where, plain);
    case 'http':
      return row(f.who, exchange(f, plain));
    case 'step':
      return row(`${f.at} ${f.task}`, f.label);
    case 'crypto':
      return row('', f.call, f.detail);
    case 'ambient':
      return row('', f.what, f.detail ?? '');
    case 'read':
      return row('', f.what, f.detail ?? '');
    case 'page':
      return row('', `${f.wrote} ${plain ? factWords.became : '→'} ${f.became}`);
    case 'count':
      return row('', f.what, factWords.allowed(f.seen, f.allowed));
    case 'log':
      return row(f.level, f.text);
    case 'handle':
      return row('', f.what, factWords.open(f.open));
    case 'value':
      return row(f.name, factWords.expected(f.expected, f.actual));
    case 'call':
      return row(
        '',
        f.call,
        f.back && `${f.threw ? (plain ? factWords.threw : '✗') : plain ? factWords.gave : '→'} ${f.back}`,
      );
    case 'note':
      return row('', f.text);
  }
}

/** A request and its answer, each on one line. */
function exchange(f: Extract<Fact, { kind: 'http' }>, plain: boolean): string {
  const parts = (message: string): string => message.split(/\s*[\r\n]+\s*/).join(plain ? ', ' : ' · ');
  const note = f.note === undefined ? '' : ` (${f.note})`;
  return `${parts(f.request)} ${plain ? factWords.answered : '→'} ${parts(f.response)}${note}`;
}

/** `line 23, run by line 39`; with file names where several files play a part */
function whereOf(f: Fact, named: boolean): string {
  const site = siteOf(f);
  if (!site) return '';
  const { near, cause } = site;
  const line = (at: Frame): string => (named ? `${at.file}:${at.line}` : lostWords.line(at.line));
  const other = near.file !== cause.file || near.line !== cause.line;
  return other ? factWords.runBy(line(near), line(cause)) : line(near);
}

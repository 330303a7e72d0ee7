/** What notes.md of a kata's solutions says. */
export interface Notes {
  idea: string;
  plan: string;
  designs: readonly DesignNotes[];
}

export interface DesignNotes {
  /** folder name: `reference` or the alternative's */
  name: string;
  /** short name: "one statement does both" */
  title: string;
  about: string;
  /** what it trades away */
  trades: string;
  /** reasons for hunks: `anchor` is text of the changed lines, `*` stands for any */
  why: readonly { anchor: string; reason: string }[];
}

/** Reads a notes.md; missing parts come out empty. Its form is described in docs/writing-katas.md. */
export function parseNotes(markdown: string): Notes {
  const sections = new Map<string, string>();
  for (const part of markdown.replaceAll('\r\n', '\n').split(/^## /m).slice(1)) {
    const [head, body] = headAndBody(part);
    sections.set(head.toLowerCase(), body.trim());
  }
  const designs = (sections.get('designs') ?? '').split(/^### /m).slice(1).map(parseDesign);
  return { idea: fold(sections.get('idea')), plan: fold(sections.get('plan')), designs };
}

function headAndBody(part: string): [head: string, body: string] {
  const end = part.indexOf('\n');
  return end < 0 ? [part.trim(), ''] : [part.slice(0, end).trim(), part.slice(end + 1)];
}

function parseDesign(part: string): DesignNotes {
  const [head, body] = headAndBody(part);
  const [, name = '', title = ''] = /^(.*?)(?:\s+[—–-]\s+(.*))?$/.exec(head) ?? [];
  const whyAt = body.search(/^Why\b/m);
  const prose = whyAt < 0 ? body : body.slice(0, whyAt);
  const tradesAt = prose.search(/^Trades:/m);
  const why =
    whyAt < 0
      ? []
      : [...body.slice(whyAt).matchAll(/^- (`+)([\s\S]+?)\1\s+[—–-]\s+([\s\S]+?)(?=^- |(?![\s\S]))/gm)];
  return {
    name: name.trim(),
    title: title.trim(),
    about: fold(tradesAt < 0 ? prose : prose.slice(0, tradesAt)),
    trades: tradesAt < 0 ? '' : fold(prose.slice(tradesAt).replace(/^Trades:/, '')),
    why: why.map((m) => ({ anchor: m[2]!, reason: fold(m[3]) })),
  };
}

/** One line per paragraph, with a blank line between them. */
function fold(text: string | undefined): string {
  return (text ?? '')
    .split(/\n[ \t]*\n/)
    .map((p) => p.trim().replace(/[ \t]*\n[ \t]*/g, ' '))
    .filter((p) => p !== '')
    .join('\n\n');
}

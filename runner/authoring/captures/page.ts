import type { Kata } from '../../store/katas.ts';
import type { Capture } from './capture.ts';

/** The command that writes all pages anew. */
export const COMMAND = 'npm run screens';
/** The page that lists the others. */
export const INDEX = 'README.md';

/** A kata's page, docs/katas/<id>.md. */
export function kataPage({ kata, symptom, move, screen }: Capture): string {
  const folder = `../../katas/${kata.track}/${kata.id}`;
  return `# ${kata.id}

**${kata.promise}** · ${kata.track} ${kata.level} · [brief](${folder}/brief.md)

What the starter does:

${fenced(symptom)}

A first move, [${move.name}](${folder}/moves/${move.mistake}/${move.name}/${kata.entry}), is lost. This is its screen; what stands below the question is told when it has been answered:

${fenced(screen)}

Captured by \`${COMMAND}\`; a test plays it again and compares. [All katas](${INDEX})
`;
}

/** The page that lists those of the given katas, in their order: docs/katas/README.md. */
export function indexPage(katas: readonly Kata[]): string {
  const rows = katas.map((k) => `| [${k.id}](${k.id}.md) | ${k.track} ${k.level} | ${k.promise} |`);
  return `# What a lost move looks like

One captured screen for each kata, in the order of the ladder. Each gives the mistake of the starter away; if you are going to play a kata, play it first.

| kata | track and level | promise |
| --- | --- | --- |
${rows.join('\n')}

The pages are made by \`${COMMAND}\`, which plays the starter and a stored bad move at 100 columns; a test plays both again and compares. The move still makes the mistake of the starter, if possible by the case the kata opens with, and with as few other mistakes as there is a move for. Moves that draw chance come last: a page is the same whenever it is made.
`;
}

/** Lines as a block, whatever is in them. */
function fenced(lines: readonly string[]): string {
  const text = lines.map((line) => line.trimEnd()).join('\n');
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), (m) => m[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

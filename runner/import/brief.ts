/** A part of an exercise's documents. */
export interface Part {
  heading: string;
  markdown: string;
}

/**
 * The brief of an imported kata: its title, one sentence for the first screen, and its documents as sections.
 * @param parts documents; the title of each gives way to the heading
 */
export function composeBrief(title: string, sentence: string, parts: readonly Part[]): string {
  const sections = parts.map(({ heading, markdown }) => {
    const body = markdown.replace(/^\s*# .*\n?/, '').trim();
    return body === '' ? '' : `## ${heading}\n\n${body.replaceAll(/^(#{2,5}) /gm, '#$1 ')}\n`;
  });
  return [`# ${title}\n`, `${sentence.trim()}\n`, ...sections].filter((s) => s.trim() !== '').join('\n');
}

/** One clause for lists: the first sentence, without its full stop. */
export function promiseOf(blurb: string): string {
  const first = /^[^]*?[.!?](?=\s|$)/.exec(blurb.trim())?.[0] ?? blurb.trim();
  return first.replaceAll(/\s+/g, ' ').replace(/[.!?]+$/, '');
}

/** `two-fer` as `Two Fer`. */
export function titleOf(slug: string): string {
  return slug
    .split(/[-_\s]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

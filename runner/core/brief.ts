/** A brief cut into what screens need. */
export interface Brief {
  title: string;
  /** paragraphs of the story, Markdown */
  story: readonly string[];
  /** the numbered sentences of the contract, in order */
  sentences: readonly { n: number; text: string; judged: boolean }[];
}

/** Ends a contract sentence that no probe stands for. */
const NOT_JUDGED = /\s*\*\((?:not judged|nicht geprüft)\)\*\s*$/;

/** Reads a brief.md: `# title`, story, `## Contract` (in German `## Vertrag`) with a numbered list. Missing parts come out empty. */
export function parseBrief(markdown: string): Brief {
  const text = markdown.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const [head = '', ...sections] = text.split(/^## /m);
  const title = /^# (.+)$/m.exec(head)?.[1]?.trim() ?? '';
  const story = head
    .replace(/^# .+$/m, '')
    .split(/\n\s*\n/)
    .map((p) => p.trim().replace(/\s*\n\s*/g, ' '))
    .filter((p) => p !== '');
  const contract = sections.find((s) => /^(?:contract|vertrag)\b/i.test(s)) ?? '';
  const sentences = [
    ...contract.matchAll(/^(\d+)\.\s+([\s\S]*?)(?=^\d+\.\s|^\s*$(?!\s*\d+\.)|(?![\s\S]))/gm),
  ].map((m) => {
    const sentence = m[2]!.trim().replace(/\s*\n\s*/g, ' ');
    return { n: Number(m[1]), text: sentence.replace(NOT_JUDGED, ''), judged: !NOT_JUDGED.test(sentence) };
  });
  return { title, story, sentences };
}

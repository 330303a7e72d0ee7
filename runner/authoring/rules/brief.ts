import type { Judged } from '../judged.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';
import { probesOf } from './coverage.ts';

const MOST_WORDS = 400;

/** Every probe stands for a numbered sentence of the brief, and every sentence has a probe or is marked as prose. */
export function checkBrief(
  { kata, markdown, brief }: Parts,
  judged: readonly Judged[],
  report: Report,
): void {
  const { title, story, sentences } = brief;
  if (title !== kata.promise) report('title-differs', 'brief.md', { title, promise: kata.promise });
  if (story.length === 0) report('text-missing', 'brief.md', { what: 'the story' });
  if (sentences.length === 0) report('text-missing', 'brief.md', { what: 'the contract' });
  const words = markdown.split(/\s+/).length;
  if (words > MOST_WORDS)
    report('too-long', 'brief.md', { what: 'brief', length: `${words} words`, most: MOST_WORDS });
  sentences.forEach(({ n }, i) => {
    if (n !== i + 1) report('sentence-number', 'brief.md', { sentence: n, expected: i + 1 });
  });
  const probes = probesOf(judged);
  for (const { n, judged: isJudged } of sentences) {
    const probe = probes.find((p) => p.sentence === n);
    if (isJudged && !probe) report('sentence-without-probe', 'brief.md', { sentence: n });
    if (!isJudged && probe) report('prose-with-probe', 'brief.md', { sentence: n, probe: probe.probe });
  }
  for (const { probe, sentence } of probes) {
    if (!sentences.some((s) => s.n === sentence))
      report('probe-without-sentence', 'probes.ts', { probe, sentence });
  }
}

import { nearest, wayTo } from '../../core/designs.ts';
import { betterApproachScreen, rungScreen } from '../../screen/ladder.ts';
import { lostScreen, toldScreen } from '../../screen/analysis.ts';
import { lookOf } from '../../screen/look.ts';
import { analysisView, type Answer } from '../analysis-of.ts';
import type { Judged } from '../judged.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';
import { withoutEngineWords } from './engine-words.ts';

/** What stands in a text where something should have been filled in. */
const UNFILLED =
  /\bundefined\b|\bnull\b|\bNaN\b|\bInfinity\b|\[object \w+\]|\$\{|\{\{|\bTODO\b|\bFIXME\b|\bXXX\b|\blorem ipsum\b|^\s*$|\S {2,}\S|\bline -?0\b/;
const LOOKS = [
  lookOf({ width: 80, colour: false, plain: false }),
  lookOf({ width: 48, colour: false, plain: false }),
  lookOf({ width: 80, colour: false, plain: true }),
];

/**
 * Every message, made with the starter and with every bad move: no place-holder is left unfilled, a question asks, a
 * belief begins as beliefs do, and every screen can be drawn.
 */
export function checkTexts(parts: Parts, judged: readonly Judged[], report: Report): void {
  const starter = judged.find((one) => one.what === 'starter');
  if (!starter) return;
  for (const one of judged) {
    if (one.what === 'design' || one.diagnosis.status !== 'known') continue;
    for (const [what, text] of textsOf(parts, one)) {
      const unfilled = UNFILLED.exec(withoutEngineWords(text));
      if (unfilled) report('unfilled', one.name, { what, found: unfilled[0].trim(), text });
    }
    const { question, belief } = one.diagnosis;
    if (question && !question.ask.endsWith('?'))
      report('text-form', one.name, {
        what: 'question',
        text: question.ask,
        form: 'must end with a question mark',
      });
    if (!belief.startsWith('This works only if '))
      report('text-form', one.name, {
        what: 'belief',
        text: belief,
        form: 'must begin “This works only if”',
      });
    const screens = drawn(parts, starter, one);
    if ('failed' in screens) report('screen-fails', one.name, { says: screens.failed });
    else if (screens.text.includes('[object '))
      report('unfilled', one.name, { what: 'evidence', found: '[object', text: 'a screen' });
  }
}

/** What the author says about a move, piece by piece. */
function textsOf({ book, designs, notes }: Parts, one: Judged): [what: string, text: string][] {
  if (one.diagnosis.status !== 'known') return [];
  const { mistake, outcome, question, because, belief, evidence } = one.diagnosis;
  const m = book.find((b) => b.id === mistake)!;
  const design = nearest(one.files, designs);
  const about = notes.designs.find((n) => n.name === design?.name);
  return [
    ['title', m.title],
    ['principle', m.principle],
    ['idea', m.idea],
    ['plan', m.plan],
    ['outcome', outcome],
    ...(question ? [['question', question.ask] as [string, string]] : []),
    ...(because === null ? [] : [['because', because] as [string, string]]),
    ['belief', belief],
    ...evidence.flatMap((f): [string, string][] => (f.kind === 'note' ? [['note', f.text]] : [])),
    ...(design ? wayTo(one.files, design.files, about) : []).map(({ reason }): [string, string] => [
      'reason',
      reason,
    ]),
  ];
}

/** All screens about a move, in every look. */
function drawn(parts: Parts, starter: Judged, one: Judged): { text: string } | { failed: string } {
  const { book, designs, notes } = parts;
  const lines: string[] = [];
  try {
    for (const look of LOOKS) {
      for (const answer of [null, 'right', 'wrong', 'skipped'] satisfies (Answer | null)[]) {
        const view = analysisView(parts, starter, one, answer);
        lines.push(...lostScreen(view, look), ...toldScreen(view, look));
        const m = book.find((b) => b.id === view.known?.mistake);
        if (m)
          for (const rung of ['idea', 'plan'] as const) lines.push(...rungScreen(rung, m.id, m[rung], look));
      }
      const design = nearest(one.files, designs);
      const about = notes.designs.find((n) => n.name === design?.name);
      if (design)
        lines.push(
          ...betterApproachScreen(
            about?.title ?? '',
            about?.about ?? '',
            wayTo(one.files, design.files, about),
            look,
          ),
        );
    }
    return { text: lines.join('\n') };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Every screen there is, drawn from made-up views. */
import type { AnalysisView } from '../core/analysis.ts';
import { frame } from '../core/testing.ts';
import { lostScreen, toldScreen } from './analysis.ts';
import { illegalScreen } from './illegal.ts';
import { importScreen } from './imported.ts';
import { keyHelp } from './keys.ts';
import { betterApproachScreen, ladderHint, ladderScreen, rungScreen } from './ladder.ts';
import { listScreen } from './list.ts';
import { type Look } from './look.ts';
import { prose } from './prose.ts';
import { startScreen, symptomLines, type StartView } from './start.ts';
import { glyphReasons, movesTable, wonScreen } from './won.ts';
import {
  code,
  knownView,
  outOfBookView,
  analysisView,
  MOMENTS,
  HUNK,
  postMortem,
  START,
  ROWS,
  BRIEF,
  NASTY,
  WIDE,
  LONG,
  nastyEvidence,
  nastyFrame,
  nastyView,
  testView,
  IMPORTED,
} from './testing.ts';

const LADDERS = {
  'no move yet': { open: [], next: 'idea', refusal: { code: 'no-move-yet' }, offered: null },
  unread: { open: [], next: 'idea', refusal: { code: 'analysis-unread', move: 3 }, offered: null },
  'needs a move': {
    open: ['idea'],
    next: 'plan',
    refusal: { code: 'needs-another-move', since: 1 },
    offered: null,
  },
  'not different': {
    open: ['idea'],
    next: 'plan',
    refusal: { code: 'not-different', move: 4, since: 3, changed: 2 },
    offered: null,
  },
  offered: { open: ['idea'], next: 'plan', refusal: null, offered: 'same-diagnosis' },
  'offered after long': { open: [], next: 'idea', refusal: null, offered: 'long' },
  'all open': { open: ['idea', 'plan', 'better-approach'], next: null, refusal: null, offered: null },
} as const;

export type Screen = (look: Look) => string[];
const both =
  (v: AnalysisView): Screen =>
  (look) => [...lostScreen(v, look), '', ...toldScreen(v, look)];

/** Every screen there is, by name. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  'known, unread': (look) => lostScreen(analysisView(), look),
  'known, read rightly': both(analysisView({ read: { choice: 2, right: true } })),
  'known, read wrongly': both(analysisView({ read: { choice: 0, right: false }, sameAs: 1 })),
  'known, skipped': both(analysisView({ read: { choice: null, right: false } })),
  'known, without question': both(analysisView({ known: knownView({ question: null }) })),
  'known, without a line': both(
    analysisView({ known: knownView({ question: null, at: null, frame: [], because: null, behind: 0 }) }),
  ),
  'out of book': (look) => lostScreen(analysisView({ known: null, outOfBook: outOfBookView() }), look),
  'out of book, bare': (look) =>
    lostScreen(
      analysisView({
        known: null,
        glyph: '',
        outOfBook: outOfBookView({
          sentence: null,
          message: '',
          expected: null,
          actual: null,
          evidence: [],
          frame: [],
          frames: [],
        }),
      }),
      look,
    ),
  'out of book, a test': (look) =>
    lostScreen(
      analysisView({
        known: null,
        held: Array.from({ length: 40 }, (_, i) => `rate-of-a-parcel-that-weighs-${i}`),
        probes: 60,
        troubles: Array.from({ length: 9 }, (_, i) => ({
          probe: `p${i}`,
          plays: `rate › parcel ${i}`,
          outcome: 'crashed' as const,
          message: 'RangeError: this is not taken',
        })),
        heldBefore: { probe: 'rate › something dear', at: 0, hunks: [HUNK] },
        outOfBook: testView(),
      }),
      look,
    ),
  'out of book, a test, nasty': (look) =>
    lostScreen(
      analysisView({
        known: null,
        outOfBook: testView({
          plays: WIDE,
          example: [code(1, LONG, true, 'a.test.ts'), code(2, NASTY, false, 'a.test.ts')],
          suspects: [
            { ...code(1, WIDE, false, 'a/very/long/name/club.ts'), held: 1, of: 3, changed: false },
            { ...code(999, NASTY, false, 'b.ts'), held: 0, of: 0, changed: true, mends: 'probe' },
          ],
          evidence: [{ kind: 'call', call: `rate(${WIDE})`, back: NASTY, threw: true, at: 7, site: null }],
        }),
      }),
      look,
    ),
  imported: (look) => importScreen(IMPORTED, look),
  'imported, nothing': (look) => importScreen({ ...IMPORTED, imported: [] }, look),
  'imported, nasty': (look) =>
    importScreen(
      {
        ...IMPORTED,
        folder: `${'x'.repeat(90)}/${NASTY}`,
        skipped: [
          { slug: WIDE, code: 'reference-loses', args: { test: LONG, why: NASTY }, kept: true },
          { slug: 'x'.repeat(70), code: 'broken', args: { why: WIDE }, kept: false },
        ],
      },
      look,
    ),
  'start, a long track': (look) => {
    const katas = Array.from({ length: 108 }, (_, i) => ({
      id: `typescript-kata-${i}`,
      state: (['new', 'won', 'under-way', 'resigned'] as const)[i < 20 ? i % 4 : 0]!,
    }));
    return startScreen({ ...START, tracks: [...START.tracks, { track: 'typescript', katas }] }, look);
  },
  'lost on time': (look) =>
    lostScreen(
      analysisView({
        known: null,
        verdict: 'lost-on-time',
        outOfBook: outOfBookView({
          outcome: 'timed-out',
          message: 'was still running when its time was up',
          expected: null,
          actual: null,
        }),
      }),
      look,
    ),
  crashed: (look) =>
    lostScreen(
      analysisView({
        troubles: [{ probe: 'p', plays: 'overdue(1)', outcome: 'crashed', message: 'late is not iterable' }],
      }),
      look,
    ),
  tampering: (look) => lostScreen(analysisView({ verdict: 'tampering', known: null }), look),
  'held before': (look) =>
    lostScreen(analysisView({ heldBefore: { probe: 'looking-costs-nothing', at: 2, hunks: [HUNK] } }), look),
  nasty: (look) => lostScreen(nastyView, look),
  'nasty, read': both({ ...nastyView, read: { choice: 1, right: false } }),
  'nasty, out of book': (look) =>
    lostScreen(
      {
        ...nastyView,
        known: null,
        outOfBook: outOfBookView({
          expected: `${LONG}\n\n${NASTY}`,
          actual: `${LONG.replace('x";', 'y";')}\n  \n${WIDE}`,
          frame: nastyFrame,
          evidence: nastyEvidence,
          plays: WIDE,
        }),
      },
      look,
    ),
  illegal: (look) =>
    illegalScreen(
      'lazy-query',
      {
        code: 'syntax',
        message: 'club.ts does not parse: a bracket is missing.',
        hint: 'Close it and save again.',
        frame: frame(2),
      },
      'a\r\n\tif (x {\r\nb',
      look,
    ),
  'illegal, nasty': (look) =>
    illegalScreen(
      'lazy-query',
      {
        code: 'syntax',
        message: `${WIDE}${NASTY}`,
        hint: LONG,
        frame: frame(1, 'a/very/long/folder/name/club.ts', 500),
      },
      `${LONG}${NASTY}`,
      look,
    ),
  'illegal without line': (look) =>
    illegalScreen(
      'lazy-query',
      { code: 'empty', message: 'club.ts is empty.', hint: 'Write something.', frame: null },
      null,
      look,
    ),
  won: (look) => wonScreen(postMortem(), 100, look),
  'won by another design': (look) =>
    wonScreen(postMortem({ nearest: null, resisted: [], others: [] }), 100, look),
  resigned: (look) =>
    wonScreen(postMortem({ wonAt: null, resigned: true, nearest: null, resisted: [] }), 46, look),
  'resigned at once': (look) =>
    wonScreen(postMortem({ wonAt: null, resigned: true, nearest: null, resisted: [], rows: [] }), 46, look),
  moves: (look) => movesTable(postMortem(), look),
  'glyph reasons': (look) => glyphReasons(postMortem(), look),
  start: (look) => [...startScreen(START, look), ...symptomLines(START, look)],
  'first start': (look) => {
    const v: StartView = { ...START, symptom: null, moves: 0, position: null };
    return [...startScreen(v, look), ...symptomLines(v, look)];
  },
  'start, nasty': (look) => {
    const v: StartView = {
      ...START,
      tracks: [],
      story: LONG,
      symptom: { plays: LONG, message: `${NASTY}${WIDE}` },
      file: `practice/${'x'.repeat(80)}/club.ts`,
    };
    return [...startScreen(v, look), ...symptomLines(v, look)];
  },
  list: (look) => listScreen(ROWS, 'lazy-query', look),
  'list, numbered': (look) => listScreen(ROWS, 'lazy-query', look, true),
  'list, empty': (look) => listScreen([], null, look),
  brief: (look) => prose(BRIEF, look),
  'brief, nasty': (look) =>
    prose(
      `# ${WIDE}\n\n${'> '.repeat(30)}deep\n\n${Array.from({ length: 20 }, (_, i) => `${'  '.repeat(i)}- level ${i}`).join('\n')}\n\n\`\`\`\n${LONG}\n${' '.repeat(100)}far\n\`\`\`\n`,
      look,
    ),
  idea: (look) =>
    rungScreen('idea', 'late-execution', 'Put a finger on the line where rows first exist in memory.', look),
  'better approach': (look) =>
    betterApproachScreen(
      'one statement does both',
      'The database says whom it changed.',
      [
        { ...HUNK, reason: 'the statement that did the work says who it was' },
        { ...HUNK, reason: '' },
      ],
      look,
    ),
  'better approach, nasty': (look) =>
    betterApproachScreen(
      WIDE,
      LONG,
      [
        {
          file: `${'x'.repeat(60)}.ts`,
          line: 1,
          lines: [`-${LONG}`, `+${WIDE}`, `+\t\t${NASTY}`, '-', '+  ', ' '],
          reason: WIDE,
        },
      ],
      look,
    ),
  'held before, much changed': (look) =>
    lostScreen(analysisView({ heldBefore: { probe: 'works', at: 2, hunks: [] } }), look),
  'better approach, there already': (look) => betterApproachScreen('', '', [], look),
  ...Object.fromEntries(
    Object.entries(LADDERS).map(([name, ladder]) => [
      `ladder: ${name}`,
      (look: Look) => [...ladderScreen('lazy-query', ladder, false, look), ...ladderHint(ladder, look)],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(MOMENTS).map(([name, m]) => [`help: ${name}`, (look: Look) => keyHelp(m, look)]),
  ),
};

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { analysisOf } from '../core/analysis.ts';
import { parseBrief } from '../core/brief.ts';
import { siteOf } from '../core/facts.ts';
import type { Game, Move } from '../core/game.ts';
import { createEngine } from '../engine/arbiter-engine.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { language } from '../language.ts';
import { judge as judgeFiles, type Judged } from '../judging.ts';
import { lostScreen, toldScreen } from '../screen/analysis.ts';
import { illegalScreen } from '../screen/illegal.ts';
import { paragraph } from '../screen/layout.ts';
import { commandWords, VERDICT_NAME } from '../screen/words.ts';
import { readBook, readBrief, readStarter, type Kata } from '../store/katas.ts';
import { readLearnerFiles } from '../store/practice-files.ts';
import { translatedAnalysis, translatedIllegality } from '../views.ts';
import { readWorkspace } from '../workspace.ts';

/**
 * A verdict on any file or folder; no progress is touched.
 * @returns 0 when it wins, else 1
 */
export async function judge(io: Io, id: string, target: string): Promise<number> {
  const kata = (await readWorkspace()).kata(id);
  const { root, files } = readTarget(kata, target);
  const book = await readBook(kata);
  const engine = createEngine();
  try {
    const judged = await judgeFiles(engine, kata, book, root, files, undefined, () => null);
    if (io.json) io.document(verdictDocument(kata, judged));
    else io.print(await screenOf(io, kata, judged, files));
    return 'diagnosis' in judged && judged.verdict.kind === 'won' ? 0 : 1;
  } finally {
    engine.close();
  }
}

/** A folder is taken as it is; a single file stands in for the kata's entry, beside the starter's other files. */
export function readTarget(
  kata: Kata,
  target: string,
): { root: string; files: ReadonlyMap<string, Uint8Array> } {
  const full = path.resolve(target);
  if (!existsSync(full))
    throw new KibitzerError(
      'NOT_FOUND',
      `there is no ${target}`,
      'give a file or a folder with the kata’s files',
    );
  if (statSync(full).isDirectory())
    return { root: full, files: new Map(Object.entries(readLearnerFiles(full))) };
  const others = Object.entries(readStarter(kata)).map(([f, text]) => [f, Buffer.from(text)] as const);
  return { root: path.dirname(full), files: new Map([...others, [kata.entry, readFileSync(full)]]) };
}

/** The document of `judge --json`: schema kibitzer/verdict@1. */
export function verdictDocument(kata: Kata, judged: Judged): object {
  const { verdict } = judged;
  const diagnosis = 'diagnosis' in judged ? judged.diagnosis : ({ status: 'none' } as const);
  const base = {
    schema: 'kibitzer/verdict@1',
    kata: kata.id,
    verdict: 'illegality' in judged ? 'illegal' : judged.verdict.kind,
    position: verdict?.position ?? 0,
    outcomes: (verdict?.results ?? []).map((r) => ({
      probe: r.probe,
      outcome: r.outcome,
      ms: r.ms,
      ...(r.message === undefined || r.outcome === 'held' ? {} : { message: r.message }),
    })),
  };
  const durationMs = verdict?.durationMs ?? 0;
  if ('illegality' in judged) {
    return {
      ...base,
      diagnosis: { status: 'none', behind: 0, facts: [] },
      illegality: judged.illegality,
      durationMs,
    };
  }
  if (diagnosis.status === 'none')
    return { ...base, diagnosis: { status: 'none', behind: 0, facts: [] }, durationMs };
  const site = diagnosis.at ? { file: diagnosis.at.file, line: diagnosis.at.line } : undefined;
  const facts = diagnosis.evidence.map((f) => ({ ...f, site: siteOf(f) }));
  const named =
    diagnosis.status === 'known'
      ? {
          status: 'known',
          mistake: diagnosis.mistake,
          severity: diagnosis.severity,
          behind: diagnosis.behind.length,
          outcome: diagnosis.outcome,
        }
      : { status: 'out-of-book', probe: diagnosis.probe, behind: 0 };
  return { ...base, diagnosis: { ...named, ...(site ? { site } : {}), facts }, durationMs };
}

async function screenOf(
  io: Io,
  kata: Kata,
  judged: Judged,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> {
  const look = io.look();
  if ('illegality' in judged) {
    const { illegality } = judged;
    const bytes = files.get(illegality.frame?.file ?? kata.entry);
    return illegalScreen(
      kata.id,
      translatedIllegality(kata, illegality),
      bytes ? Buffer.from(bytes).toString('utf8') : null,
      look,
    );
  }
  if (judged.verdict.kind === 'won')
    return paragraph(commandWords.won(look.paint.bold(kata.id), look.paint.good(VERDICT_NAME.won!)), look);
  const { game, move } = singleMove(kata, judged);
  const probes = judged.verdict.results.map((r) => ({ ...r }));
  const { sources } = judged.program;
  const analysed = translatedAnalysis(
    kata,
    analysisOf(
      game,
      move,
      await readBook(kata),
      parseBrief(readBrief(kata, language())),
      probes,
      sources,
      () => sources,
    ),
  );
  // no game, so no move number and no question
  const view = { ...analysed, move: 0, known: analysed.known && { ...analysed.known, question: null } };
  return [...lostScreen(view, look), '', ...toldScreen(view, look)];
}

/** The judged files as a game of one move whose analysis is read: `judge` asks no question. */
function singleMove(kata: Kata, judged: Extract<Judged, { diagnosis: unknown }>): { game: Game; move: Move } {
  const { verdict, diagnosis, program } = judged;
  const lost = verdict.results.filter((r) => r.message !== undefined && r.outcome !== 'held');
  const judgement: Move['judgement'] = {
    verdict: verdict.kind as Move['judgement']['verdict'],
    position: verdict.position,
    outcomes: Object.fromEntries(
      verdict.results.filter((r) => r.role === 'gate' || r.role === 'probe').map((r) => [r.probe, r.outcome]),
    ),
    messages: Object.fromEntries(lost.map((r) => [r.probe, r.message!])),
    diagnosis,
    evidence: '',
  };
  const start: Move = {
    n: 0,
    at: '',
    hash: '',
    statements: [],
    files: {},
    judgement,
    before: 0,
    glyph: '',
    rule: 'quiet',
    read: null,
    nearest: null,
  };
  const glyph = diagnosis.status === 'known' ? diagnosis.severity : '';
  const move: Move = {
    ...start,
    n: 1,
    hash: program.hash,
    glyph,
    before: verdict.position,
    read: { choice: null, right: false },
  };
  return {
    move,
    game: {
      kata: kata.id,
      version: '',
      start,
      moves: [move],
      ladder: [],
      level: 0,
      counted: null,
      lifted: null,
      rungs: [],
      retries: [],
      retrying: null,
      resigned: false,
      wonAt: null,
    },
  };
}

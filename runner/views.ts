import path from 'node:path';
import { analysisOf, type AnalysisView, type ProbeWords } from './core/analysis.ts';
import type { Mistake } from './core/book.ts';
import { parseBrief } from './core/brief.ts';
import { nearest, wayTo, type Hunk } from './core/designs.ts';
import type { Rung } from './core/events.ts';
import { isOver, lastMove, type Game, type Move } from './core/game.ts';
import { parseNotes, type Notes } from './core/notes.ts';
import { postMortem, type PostMortem } from './core/postmortem.ts';
import type { Illegality } from './core/verdict.ts';
import { verdictOf } from './evidence.ts';
import { language, ofKata, translation } from './language.ts';
import type { ListRow } from './screen/list.ts';
import type { KataState, StartView } from './screen/start.ts';
import { readBook, readBrief, readDesigns, readNotes, type Kata } from './store/katas.ts';
import type { Workspace } from './workspace.ts';

/** How a game stands, for lists. */
export function stateOf(game: Game): KataState {
  if (game.wonAt !== null) return 'won';
  if (game.resigned) return 'resigned';
  return game.moves.length > 0 ? 'under-way' : 'new';
}

/** What the first screen shows of a kata. */
export function startView(ws: Workspace, kata: Kata): StartView {
  const tracks = new Map<Kata['track'], { id: string; state: KataState }[]>();
  for (const k of ws.katas) {
    const row = { id: k.id, state: stateOf(ws.game(k.id)) };
    tracks.set(k.track, [...(tracks.get(k.track) ?? []), row]);
  }
  const game = ws.game(kata.id);
  return {
    tracks: [...tracks].map(([track, katas]) => ({ track, katas })),
    kata: {
      id: kata.id,
      promise: ofKata(kata, kata.promise),
      track: kata.track,
      level: kata.level,
      state: stateOf(game),
    },
    story: parseBrief(readBrief(kata, language())).story[0] ?? '',
    symptom: symptomOf(ws, kata, game),
    moves: game.moves.length,
    position: lastMove(game)?.judgement.position ?? null,
    file: path.join(path.relative(process.cwd(), ws.folderOf(kata.id)) || '.', kata.entry),
  };
}

/** What the starter really does, from the judgement stored when the kata was opened. */
function symptomOf(ws: Workspace, kata: Kata, game: Game): StartView['symptom'] {
  if (!game.start) return null;
  const result = verdictOf(ws, game.start)?.results.find((r) => r.probe === kata.symptom);
  const message = game.start.judgement.messages[kata.symptom];
  return result && message ? { plays: ofKata(kata, result.plays), message: ofKata(kata, message) } : null;
}

/** Rows of `list`. */
export function listRows(ws: Workspace): ListRow[] {
  return ws.katas.map((k) => {
    const game = ws.game(k.id);
    return {
      id: k.id,
      track: k.track,
      level: k.level,
      promise: ofKata(k, k.promise),
      after: (k.after ?? []).filter((id) => !isOver(ws.game(id))),
      state: stateOf(game),
      moves: game.moves.length,
      position: lastMove(game)?.judgement.position ?? null,
    };
  });
}

/** Texts of a move's files. */
export function filesOf(ws: Workspace, move: Move): Record<string, string> {
  return ws.snapshots.load(move.files);
}

/** The analysis of a move, from what is stored. */
export async function analysisView(
  ws: Workspace,
  kata: Kata,
  move: Move,
  book?: readonly Mistake[],
): Promise<AnalysisView> {
  const game = ws.game(kata.id);
  const verdict = verdictOf(ws, move);
  const probes: ProbeWords[] = (verdict?.results ?? []).map((r) => ({ ...r }));
  const earlier = (n: number): Record<string, string> =>
    filesOf(ws, n === 0 ? game.start! : game.moves[n - 1]!);
  return translatedAnalysis(
    kata,
    analysisOf(
      game,
      move,
      book ?? (await readBook(kata)),
      parseBrief(readBrief(kata, language())),
      probes,
      filesOf(ws, move),
      earlier,
    ),
  );
}

/** An analysis in the language in use; its brief has to be in that language already. */
export const translatedAnalysis = (kata: Kata, view: AnalysisView): AnalysisView =>
  translation?.ofAnalysis(kata, view) ?? view;

/** What is wrong with a save, in the language in use. */
export const translatedIllegality = (kata: Kata, i: Illegality): Illegality => ({
  ...i,
  message: ofKata(kata, i.message),
  hint: ofKata(kata, i.hint),
});

/** The review of a game. */
export function postMortemOf(ws: Workspace, kata: Kata): PostMortem {
  const baits = Object.entries(kata.baits ?? {}).map(([probe, praise]) => [probe, ofKata(kata, praise)]);
  const { designs } = parseNotes(readNotes(kata, language()));
  return postMortem(ws.game(kata.id), Object.fromEntries(baits) as Record<string, string>, designs);
}

/** What a rung says: for idea and plan a text, for the better approach the way to the nearest accepted design. */
export type RungView =
  | { rung: 'idea' | 'plan'; about: string; text: string }
  | { rung: 'better-approach'; title: string; about: string; hunks: readonly Hunk[] };

/** Builds a rung for the move it is about: the mistake's own words, or the kata's when no mistake is named. */
export async function rungView(ws: Workspace, kata: Kata, move: Move, rung: Rung): Promise<RungView> {
  const notes: Notes = parseNotes(readNotes(kata, language()));
  if (rung === 'better-approach') {
    const mine = filesOf(ws, move);
    const design = nearest(mine, readDesigns(kata))!;
    const about = notes.designs.find((d) => d.name === design.name);
    return {
      rung,
      title: about?.title ?? design.name,
      about: about?.about ?? '',
      hunks: wayTo(mine, design.files, about),
    };
  }
  const { diagnosis } = move.judgement;
  const mistake =
    diagnosis.status === 'known' ? (await readBook(kata)).find((m) => m.id === diagnosis.mistake) : undefined;
  return { rung, about: mistake?.id ?? '', text: mistake ? ofKata(kata, mistake[rung]) : notes[rung] };
}

/** The move that analysis and ladder speak about: the last one played, or null before the first. */
export function currentMove(game: Game): Move | null {
  return game.moves.at(-1) ?? null;
}

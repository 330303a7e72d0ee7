import { createEngine } from '../engine/arbiter-engine.ts';
import type { Io } from '../io.ts';
import { playFiles } from '../play.ts';
import { illegalScreen } from '../screen/illegal.ts';
import { paragraph } from '../screen/layout.ts';
import { lostScreen, toldScreen } from '../screen/analysis.ts';
import { commandWords, retryWords, sameProgramWords } from '../screen/words.ts';
import { wonScreen } from '../screen/won.ts';
import { readStarter } from '../store/katas.ts';
import { readLearnerFiles } from '../store/practice-files.ts';
import { writeStarter } from '../store/practice.ts';
import { analysisView, postMortemOf, translatedIllegality } from '../views.ts';
import { kataAtHand, openWorkspace } from '../workspace.ts';

/**
 * Judges the files of a kata as they are now, once, as a save would.
 * @returns 0 when they win, 1 when they lose or are illegal
 */
export async function run(io: Io, id?: string): Promise<number> {
  const ws = await openWorkspace();
  const engine = createEngine();
  try {
    const kata = kataAtHand(ws, id);
    writeStarter(ws.practice, kata.id, readStarter(kata));
    const played = await playFiles(
      ws,
      engine,
      kata,
      new Map(Object.entries(readLearnerFiles(ws.folderOf(kata.id)))),
    );
    const look = io.look();
    if (played.is === 'illegal') {
      if (io.json)
        io.document({
          schema: 'kibitzer/run@1',
          kata: kata.id,
          verdict: 'illegal',
          illegality: played.illegality,
        });
      else io.print(illegalScreen(kata.id, translatedIllegality(kata, played.illegality), played.text, look));
      return 1;
    }
    const { move } = played;
    const won = move.judgement.verdict === 'won';
    if (io.json) {
      const { verdict, position, outcomes, messages, diagnosis } = move.judgement;
      io.document({
        schema: 'kibitzer/run@1',
        kata: kata.id,
        move: move.n,
        isNew: played.is === 'move',
        glyph: move.glyph,
        verdict,
        position,
        outcomes,
        messages,
        diagnosis,
        retry: played.retry,
      });
      return won ? 0 : 1;
    }
    if (played.is === 'same')
      io.print(paragraph(`${kata.id} · ${sameProgramWords(move.n, played.sameText)}`, look));
    if (won) io.print(wonScreen(postMortemOf(ws, kata), move.judgement.position, look));
    else if (move.n > 0) {
      const view = await analysisView(ws, kata, move);
      io.print(lostScreen(view, look));
      if (move.read || !view.known?.question) io.print(['', ...toldScreen(view, look)]);
      else io.print(['', ...paragraph(commandWords.answers, look)]);
    }
    if (played.retry) io.print(['', ...paragraph(retryWords.tried(played.retry), look)]);
    return won ? 0 : 1;
  } finally {
    engine.close();
    ws.close();
  }
}

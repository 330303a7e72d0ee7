import { decide } from '../core/decide.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { lostScreen, toldScreen } from '../screen/analysis.ts';
import { paragraph } from '../screen/layout.ts';
import { commandWords } from '../screen/words.ts';
import { analysisView } from '../views.ts';
import { kataAtHand, openWorkspace, readWorkspace } from '../workspace.ts';

export interface AnalysisOptions {
  /** the number of a line, from 1, in answer to the question */
  answer?: number | undefined;
  skip?: boolean | undefined;
}

/** The analysis of the last lost move of a kata; with an answer, or a skip, its second half as well. */
export async function analysis(io: Io, id: string | undefined, o: AnalysisOptions): Promise<number> {
  const answers = o.answer !== undefined || o.skip === true;
  const ws = answers ? await openWorkspace() : await readWorkspace();
  try {
    const kata = kataAtHand(ws, id);
    const last = ws.game(kata.id).moves.at(-1);
    if (!last || last.judgement.verdict === 'won') {
      throw new KibitzerError(
        'NOTHING_LOST',
        `there is no lost move of ${kata.id} to analyse`,
        '`kibitzer play ' + kata.id + '` goes on with it',
      );
    }
    if (answers && !last.read) {
      const { diagnosis } = last.judgement;
      const choices = diagnosis.status === 'known' ? (diagnosis.question?.choices.length ?? 0) : 0;
      if (o.answer !== undefined && (o.answer < 1 || o.answer > choices)) {
        throw new KibitzerError(
          'NO_SUCH_CHOICE',
          `there is no choice ${o.answer}`,
          choices > 0 ? `choose 1 to ${choices}, or --skip` : 'use --skip: this analysis asks no question',
        );
      }
      const decision = decide(ws.game(kata.id), {
        do: 'read',
        choice: o.answer === undefined ? null : o.answer - 1,
      });
      if ('events' in decision) ws.append(decision.events);
    }
    const move = ws.game(kata.id).moves.at(-1)!;
    const view = await analysisView(ws, kata, move);
    const told = move.read !== null || !view.known?.question;
    if (io.json) {
      const hidden =
        view.known && !told
          ? {
              ...view.known,
              at: null,
              frame: [],
              because: null,
              principle: null,
              belief: null,
              question: { ...view.known.question, answer: null },
            }
          : view.known;
      io.document({ schema: 'kibitzer/analysis@1', ...view, known: hidden });
      return 0;
    }
    const look = io.look();
    io.print(lostScreen(view, look));
    if (told) io.print(['', ...toldScreen(view, look)]);
    else io.print(['', ...paragraph(commandWords.answerWith, look)]);
    return 0;
  } finally {
    ws.close();
  }
}

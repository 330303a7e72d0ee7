import path from 'node:path';
import { decide } from './core/decide.ts';
import { changes } from './core/designs.ts';
import type { Rung } from './core/events.ts';
import { isOver, type Game, type Move } from './core/game.ts';
import { ladderOf } from './core/ladder.ts';
import { mayRetry, positionBefore } from './core/retry.ts';
import type { Engine } from './engine/engine.ts';
import { KibitzerError } from './errors.ts';
import { language, ofKata, ofMessage } from './language.ts';
import { verdictOf } from './evidence.ts';
import type { Played, TriedMove } from './play.ts';
import { Prompt } from './prompt.ts';
import { beginRetry } from './retry.ts';
import { diffLines, labelled, lostScreen, toldScreen } from './screen/analysis.ts';
import { factLines } from './screen/facts.ts';
import { illegalScreen } from './screen/illegal.ts';
import { actionOf, keyHelp, keyLine, type Action, type Moment } from './screen/keys.ts';
import { betterApproachScreen, ladderHint, ladderScreen, rungScreen } from './screen/ladder.ts';
import { paragraph } from './screen/layout.ts';
import { listScreen } from './screen/list.ts';
import type { Look } from './screen/look.ts';
import { startScreen, symptomLines } from './screen/start.ts';
import { movesTable, wonScreen } from './screen/won.ts';
import {
  commandWords,
  OUTCOME_NAME,
  refusalWords,
  retryWords,
  sameProgramWords,
  sayings,
} from './screen/words.ts';
import { readStarter, type Kata } from './store/katas.ts';
import { readLearnerFiles } from './store/practice-files.ts';
import { restoreFiles, writeStarter } from './store/practice.ts';
import {
  analysisView,
  currentMove,
  filesOf,
  listRows,
  postMortemOf,
  rungView,
  startView,
  translatedIllegality,
} from './views.ts';
import { writeContest } from './contest.ts';
import { nextKata, type Workspace } from './workspace.ts';

/** What the session needs from around it. */
export interface Stage {
  ws: Workspace;
  engine: () => Promise<Engine>;
  /** another kata is on the table: its first screen is there */
  opened(kata: Kata): void;
  print(lines: readonly string[]): void;
  status(text: string): void;
  look(): Look;
  /** runs work that writes into a kata's folder, so that it is no save */
  quietly<T>(kata: string, work: () => T): Promise<T>;
  /** judges the kata's files as they are now */
  rerun(kata: string): void;
  quit(): void;
  /** `polling` or nothing, for the status line */
  mode(): string;
  /** whether keys can be shown: there is a terminal */
  keys: boolean;
  /** whether lines for an editor's problem matcher are wanted */
  problemLines: boolean;
}

/** Reading and judging programs is loaded when it is first needed: the first screen does not wait for it. */
const playing = () => import('./play.ts');

/** One learner at one screen: shows the kata, each save's verdict, and does what keys ask for. */
export function createSession(stage: Stage, first: Kata) {
  const { ws, print } = stage;
  let kata = first;
  let busy = '';
  const prompt = new Prompt({ print, look: () => stage.look(), refresh: refreshStatus, say });

  const game = (): Game => ws.game(kata.id);
  const move = (): Move | null => currentMove(game());
  const lost = (): Move | null => {
    const m = move();
    return m && m.judgement.verdict !== 'won' ? m : null;
  };

  function moment(): Moment {
    const g = game();
    const m = lost();
    const diagnosis = m?.judgement.diagnosis;
    const question = diagnosis?.status === 'known' ? diagnosis.question : null;
    const ladder = ladderOf(g, Date.now());
    const may = (rung: Rung): boolean =>
      g.moves.length > 0 && (ladder.open.includes(rung) || (ladder.next === rung && ladder.offered !== null));
    return {
      choices: m && !m.read && question ? question.choices.length : 0,
      unread: m !== null && !m.read && !question,
      lost: m !== null,
      idea: may('idea'),
      plan: may('plan'),
      betterApproach: may('better-approach'),
      moves: g.moves.length,
      over: isOver(g),
      next: nextKata(ws, kata.id) !== null,
    };
  }

  function refreshStatus(): void {
    if (prompt.line !== null) return stage.status(` ${prompt.line}`);
    const unsaved = ws.unsaved ? sayings.unsaved(ofMessage(ws.unsaved)) : '';
    const parts = [unsaved, busy || stage.mode(), stage.keys ? keyLine(moment()) : ''].filter(
      (s) => s !== '',
    );
    stage.status(` ${parts.join(' · ')}`);
  }

  function say(text: string): void {
    print(paragraph(text, stage.look()));
    refreshStatus();
  }

  function show(lines: readonly string[]): void {
    print(['', ...lines]);
    refreshStatus();
  }

  /** First screen of a kata, then what the last move left on it. */
  async function open(next: Kata, signal?: AbortSignal): Promise<void> {
    kata = next;
    const created = await prepare();
    print(startScreen(startView(ws, kata), stage.look()));
    refreshStatus();
    if (!game().start) {
      busy = sayings.playingStarter;
      refreshStatus();
      const { openKata } = await playing();
      await openKata(ws, await stage.engine(), kata, signal);
      busy = '';
    }
    print(symptomLines(startView(ws, kata), stage.look()));
    if (created.length > 0 && game().moves.length > 0) say(sayings.starterAgain(kata.id));
    await showLast();
    const { retrying } = game();
    if (retrying !== null) say(retryWords.open(retrying));
    refreshStatus();
    stage.opened(kata);
  }

  /** Working copies of the starter where there are none; a file that exists is never touched. */
  async function prepare(): Promise<string[]> {
    try {
      return await stage.quietly(kata.id, () => writeStarter(ws.practice, kata.id, readStarter(kata)));
    } catch (error) {
      if (!(error instanceof KibitzerError)) throw error;
      print(
        paragraph(`${ofMessage(error.message).replace('\n', ': ')}; ${ofMessage(error.hint)}`, stage.look()),
      );
      return [];
    }
  }

  /** The analysis of the last move, as far as it was read, or the review of a won game. */
  async function showLast(): Promise<void> {
    const m = move();
    if (!m) return;
    if (m.judgement.verdict === 'won')
      return show(wonScreen(postMortemOf(ws, kata), m.judgement.position, stage.look()));
    const view = await analysisView(ws, kata, m);
    const look = stage.look();
    show(lostScreen(view, look));
    if (m.read || !view.known?.question) {
      show([...toldScreen(view, look), ...(m.read ? ['', ...hint()] : [])]);
    }
  }

  /** What a save came to. */
  async function played(of: Kata, result: Played): Promise<void> {
    kata = of;
    prompt.cancel();
    const look = stage.look();
    if (result.is === 'illegal') {
      show(illegalScreen(kata.id, translatedIllegality(kata, result.illegality), result.text, look));
      problem(result.illegality.frame, 'illegal', result.illegality.message);
      output(result.output);
    } else if (result.is === 'same') {
      say(`${kata.id} · ${sameProgramWords(result.move.n, result.sameText)}`);
      sayRetry(result.retry);
    } else {
      await showLast();
      sayRetry(result.retry);
      output(result.verdict.output);
      problemOf(result.move);
    }
    if (stage.problemLines) print(['kibitzer: done']);
    refreshStatus();
  }

  function sayRetry(tried: TriedMove | null): void {
    if (tried) say(retryWords.tried(tried));
  }

  function output(text: string): void {
    if (text.trim() === '') return;
    const lines = text.trimEnd().split('\n');
    const shown =
      lines.length > 12 ? [...lines.slice(0, 12), commandWords.moreLines(lines.length - 12)] : lines;
    const { plain, paint } = stage.look();
    show([` ${paint.bold(sayings.output)}`, ...shown.map((l) => (plain ? `   ${l}` : paint.dim(` │ ${l}`)))]);
  }

  /** A lost move as a problem; its line stays hidden while the question about it waits. */
  function problemOf(m: Move): void {
    const { diagnosis, verdict, messages } = m.judgement;
    if (verdict === 'won' || diagnosis.status === 'none') return;
    if (moment().choices > 0) return problem(null, 'lost', sayings.questionWaits);
    const what =
      diagnosis.status === 'known'
        ? `${diagnosis.mistake}: ${ofKata(kata, diagnosis.outcome)}`
        : ofKata(kata, messages[diagnosis.probe] ?? diagnosis.probe);
    problem(diagnosis.at, 'lost', what);
  }

  /** `path:line:col: lost: message`, which an editor's problem matcher reads. */
  function problem(
    at: { file: string; line: number; column: number } | null,
    kind: string,
    message: string,
  ): void {
    if (!stage.problemLines) return;
    const file = path.join(ws.folderOf(kata.id), at?.file ?? kata.entry);
    print([`${file}:${at?.line ?? 1}:${at?.column ?? 1}: ${kind}: ${message}`]);
  }

  const hint = (): string[] => ladderHint(ladderOf(game(), Date.now()), stage.look());

  async function read(choice: number | null): Promise<void> {
    const decision = decide(game(), { do: 'read', choice });
    if ('refused' in decision) return;
    ws.append(decision.events);
    const m = lost();
    if (!m) return;
    const view = await analysisView(ws, kata, m);
    if (stage.problemLines) print(['kibitzer: running']);
    show([...toldScreen(view, stage.look()), '', ...hint()]);
    problemOf(m);
    if (stage.problemLines) print(['kibitzer: done']);
  }

  async function rung(which: Rung): Promise<void> {
    const m = move();
    if (!m) return say(refusalWords({ code: 'no-move-yet' }));
    const decision = decide(game(), { do: 'open-rung', rung: which, now: Date.now() });
    if ('refused' in decision) {
      const { refused } = decision;
      const words =
        refused.code === 'not-open' || refused.code === 'already-over' || refused.code === 'same-program'
          ? sayings.rungsInOrder
          : refusalWords(refused);
      return say(words);
    }
    ws.append(decision.events);
    const view = await rungView(ws, kata, m, which);
    const look = stage.look();
    show(
      view.rung === 'better-approach'
        ? betterApproachScreen(view.title, view.about, view.hunks, look)
        : rungScreen(view.rung, view.about, view.text, look),
    );
  }

  function chooseKata(): void {
    const rows = listRows(ws);
    show(listScreen(rows, kata.id, stage.look(), true));
    prompt.askNumber(sayings.whichKata(rows.length), rows.length, (typed) => {
      const row = rows[Number(typed) - 1];
      if (row) void attempt(() => choose(ws.kata(row.id)));
      else say(sayings.noSuchNumber(typed));
    });
  }

  function chooseMove(): void {
    show(movesTable(postMortemOf(ws, kata), stage.look()));
    const { length } = game().moves;
    prompt.askNumber(
      retryWords.whichMove(length),
      length,
      (typed) => void attempt(() => retry(Number(typed))),
    );
  }

  async function retry(n: number): Promise<void> {
    const refused = mayRetry(game(), n);
    if (refused) return say(retryWords.refused(refused));
    const backup = await stage.quietly(kata.id, () => beginRetry(ws, kata, n));
    say(retryWords.begun(n, positionBefore(game(), n).judgement.position, backup));
  }

  async function choose(next: Kata): Promise<void> {
    ws.append([{ type: 'kata-chosen', kata: next.id }]);
    print(['']);
    await open(next);
  }

  async function reset(): Promise<void> {
    const { backup } = await stage.quietly(kata.id, () =>
      restoreFiles(ws.practice, kata.id, readStarter(kata)),
    );
    ws.append([{ type: 'reset', kata: kata.id, backup: backup ?? '' }]);
    say(sayings.wasReset(kata.id, backup ? path.relative(process.cwd(), backup) : null));
  }

  async function resign(): Promise<void> {
    const decision = decide(game(), { do: 'resign' });
    if ('refused' in decision) return say(sayings.alreadyOver);
    ws.append(decision.events);
    const folder = (await playing()).unlockSolutions(ws, kata);
    const m = move();
    show(
      wonScreen(
        postMortemOf(ws, kata),
        m?.judgement.position ?? game().start?.judgement.position ?? 0,
        stage.look(),
      ),
    );
    say(sayings.resigned(path.relative(process.cwd(), folder)));
  }

  async function act(action: Action, key: string): Promise<void> {
    const look = stage.look();
    const m = move();
    switch (action) {
      case 'answer':
        return read(Number(key) - 1);
      case 'skip':
        return read(null);
      case 'idea':
      case 'plan':
      case 'better-approach':
        return rung(action);
      case 'evidence': {
        const v = m && verdictOf(ws, m);
        if (!v) return say(sayings.noEvidence);
        const lines = v.results
          .filter((r) => r.outcome !== 'held' && r.outcome !== 'unreached')
          .flatMap((r) => [
            ...labelled(
              r.probe,
              `${ofKata(kata, r.plays)} — ${ofKata(kata, r.message ?? OUTCOME_NAME[r.outcome])}`,
              look,
            ),
            ...factLines(r.facts.slice(0, 30), { decisive: -1, lines: !(moment().choices > 0) }, look),
            '',
          ]);
        return show(lines.length > 0 ? lines : [` ${sayings.everythingHeld}`]);
      }
      case 'diff': {
        if (!m) return;
        const before = m.n === 1 ? game().start! : game().moves[m.n - 2]!;
        const hunks = changes(filesOf(ws, before), filesOf(ws, m), 1);
        return show([
          ` ${sayings.diffSince(before.n)}`,
          ...hunks.flatMap((h) => [look.paint.dim(`   ${h.file}:${h.line}`), ...diffLines(h, look)]),
        ]);
      }
      case 'moves':
        return show(movesTable(postMortemOf(ws, kata), look));
      case 'ladder':
        return show(ladderScreen(kata.id, ladderOf(game(), Date.now()), isOver(game()), look, game().ladder));
      case 'brief': {
        const { prose } = await import('./screen/prose.ts');
        const { readBrief } = await import('./store/katas.ts');
        return show(prose(readBrief(kata, language()), look));
      }
      case 'katas':
        return chooseKata();
      case 'next': {
        const next = nextKata(ws, kata.id);
        return next ? choose(next) : say(sayings.allOver);
      }
      case 'solutions':
        return say(
          sayings.solutionsAt(path.relative(process.cwd(), (await playing()).unlockSolutions(ws, kata))),
        );
      case 'run':
        return stage.rerun(kata.id);
      case 'again':
        return showLast();
      case 'resign':
        return prompt.askYes(sayings.askResign, () => void attempt(resign));
      case 'reset':
        return prompt.askYes(sayings.askReset(kata.id), () => void attempt(reset));
      case 'retry':
        return chooseMove();
      case 'contest': {
        const bundle = writeContest(ws, kata, m!);
        ws.append([{ type: 'contested', kata: kata.id, move: m!.n, bundle }]);
        return say(sayings.contested(path.relative(process.cwd(), bundle)));
      }
      case 'help':
        return show(keyHelp(moment(), look));
      case 'quit':
        return stage.quit();
    }
  }

  /** Does something for a key; what goes wrong is said, and the session goes on. */
  async function attempt(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof KibitzerError)
        say(`${ofMessage(error.message).replace('\n', ': ')}; ${ofMessage(error.hint)}`);
      else throw error;
    } finally {
      refreshStatus();
    }
  }

  /** Plays the kata's files, as saved or as they are now; the caller sees to it that one run goes at a time. */
  async function play(
    id: string,
    saved: ReadonlyMap<string, Uint8Array> | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const of = ws.kata(id);
    if (stage.problemLines) print(['kibitzer: running']);
    busy = sayings.judging(id);
    refreshStatus();
    try {
      const files = saved ?? new Map(Object.entries(readLearnerFiles(ws.folderOf(id))));
      const result = await (await playing()).playFiles(ws, await stage.engine(), of, files, signal);
      busy = '';
      if (signal?.aborted) return;
      await played(of, result);
    } finally {
      busy = '';
      if (!signal?.aborted) refreshStatus();
    }
  }

  return {
    open,
    play,
    refreshStatus,
    say,
    get kata() {
      return kata;
    },
    /** keys of the terminal; unknown ones do nothing */
    key(key: string): void {
      if (prompt.key(key)) return;
      const action = actionOf(key, moment());
      if (action) void attempt(() => act(action, key));
    },
  };
}

export type Session = ReturnType<typeof createSession>;

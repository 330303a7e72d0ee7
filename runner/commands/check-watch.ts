import path from 'node:path';
import { analysisText } from '../authoring/analysis-of.ts';
import { checkKata, type Checked } from '../authoring/check-kata.ts';
import { createCheckingEngine } from '../authoring/checking-engine.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { checkScreen } from '../screen/check.ts';
import { checkSayings } from '../screen/problems.ts';
import { paragraph } from '../screen/layout.ts';
import type { Look } from '../screen/look.ts';
import { bytesOf } from '../play.ts';
import { readFiles, type Kata } from '../store/katas.ts';
import { openTerminal } from '../terminal.ts';
import { latestOnly } from '../watch/queue.ts';
import { watchSaves, type SaveWatcher } from '../watch/watcher.ts';
import { checkDocument, checkView } from './check.ts';

/**
 * Checks one kata, and again at every change until it is ended: only what a change touches is judged anew. Shows the
 * analyses of bad moves, as learners will see them, that are new or have become others.
 * @returns the exit code: 0 when it was ended by its key, else that of the signal
 * @throws ONE_KATA
 */
export async function checkWatch(io: Io, katas: readonly Kata[], o: { fresh: boolean }): Promise<number> {
  const [kata, another] = katas;
  if (!kata || another) {
    throw new KibitzerError(
      'ONE_KATA',
      'an author works on one kata at a time',
      'name it: `kibitzer check --watch <kata>`',
    );
  }
  const ended = Promise.withResolvers<number>();
  const analyses = new Analyses();
  let latest: Checked | null = null;
  let edition = 0;
  const changed = new Set<string>();

  const terminal = openTerminal({
    plain: io.plain || io.json,
    onKey(key) {
      if (key === 'q') ended.resolve(0);
      if (key === 'a' && latest) say(analyses.all(latest, io.look()));
    },
    onInterrupt: () => ended.resolve(130),
  });
  const say = (lines: readonly string[]): void => void (io.json || terminal.print(lines));
  const status = (text: string): void => void (io.json || terminal.status(text));
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(signals)) process.on(signal, () => ended.resolve(code));
  const engine = createCheckingEngine(o);
  // nothing may leave the terminal raw or processes alive, whatever happens
  process.on('exit', () => {
    terminal.restore();
    engine.close();
  });

  const queue = latestOnly<{ kata: string }>(
    async (_save, signal) => {
      edition++;
      const names = [...changed];
      if (names.length > 0) say(['', ...paragraph(checkSayings.changed(names), io.look())]);
      const checked = await checkKata(engine, kata, {
        edition,
        signal,
        onProgress: (done, total) => status(checkSayings.progress(kata.id, done, total)),
        onFirst(soFar) {
          changed.clear();
          latest = soFar;
          // at the start they are one key away; without keys they are all shown
          const news = analyses.news(soFar, io.look());
          if (edition > 1 || !terminal.interactive) say(news);
          if (soFar.problems.length > 0) say(['', ...checkScreen(checkView(soFar), io.look())]);
        },
      });
      signal.throwIfAborted();
      latest = checked;
      say(['', ...checkScreen(checkView(checked), io.look())]);
      if (io.json)
        process.stdout.write(
          `${JSON.stringify({ schema: 'kibitzer/check@1', katas: [checkDocument(checkView(checked))] })}\n`,
        );
      status(checkSayings.watching(kata.id));
    },
    (error) => ended.reject(error),
  );
  const watchers = [kata.folder, kata.solutions].map((folder) =>
    watchFolder(folder, (names) => {
      for (const name of names) changed.add(name);
      queue.push({ kata: kata.id });
    }),
  );
  try {
    queue.push({ kata: kata.id });
    return await ended.promise;
  } finally {
    status('');
    await Promise.all([queue.close(), ...watchers.map((w) => w.close())]);
    engine.close();
    terminal.restore();
  }
}

/** Watches one kata's folder among those of its track. */
function watchFolder(folder: string, onChange: (names: readonly string[]) => void): SaveWatcher {
  const id = path.basename(folder);
  return watchSaves({
    folder: path.dirname(folder),
    read: (kata) =>
      kata === id
        ? bytesOf(Object.fromEntries(Object.entries(readFiles(folder)).filter(isWritten)))
        : new Map(),
    onSave: (save) => onChange(save.changed),
    onMode: () => {},
    // a file that cannot be read is told by the check itself
    onError: () => {},
    // whether events come would be tried by a file of ours, in folders that belong to the author
    env: { ...process.env, KIBITZER_POLL: process.env.KIBITZER_POLL ?? '0' },
  });
}

/** Whether a file is one of the author's, and none that an editor makes for a moment. */
function isWritten([file]: [string, string]): boolean {
  return /\.(?:[mc]?[jt]s|json|md)$/.test(file) && !/(?:^|\/)\./.test(file);
}

/** The analyses of bad moves, by what was shown last. */
class Analyses {
  readonly #shown = new Map<string, string>();

  /** Those that were never seen, or are not what they were. */
  news(checked: Checked, look: Look): string[] {
    return this.#texts(checked, look).flatMap(([name, lines]) => {
      const text = lines.join('\n');
      if (this.#shown.get(name) === text) return [];
      this.#shown.set(name, text);
      return headed(name, lines, look);
    });
  }

  all(checked: Checked, look: Look): string[] {
    return this.#texts(checked, look).flatMap(([name, lines]) => headed(name, lines, look));
  }

  #texts({ parts, judged }: Checked, look: Look): [name: string, lines: string[]][] {
    const starter = judged.find((one) => one.what === 'starter');
    if (!starter) return [];
    return judged
      .filter((one) => one.what === 'move' && one.diagnosis.status !== 'none')
      .map((one) => [one.name, analysisText(parts, starter, one, look)]);
  }
}

function headed(name: string, lines: readonly string[], look: Look): string[] {
  return ['', ...paragraph(look.paint.accent(checkSayings.move(name)), look), '', ...lines];
}

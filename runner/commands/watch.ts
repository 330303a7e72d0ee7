import module from 'node:module';
import path from 'node:path';
import type { GameEvent } from '../core/events.ts';
import type { Engine } from '../engine/engine.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { ofMessage } from '../language.ts';
import { paragraph } from '../screen/layout.ts';
import { commandWords, sayings } from '../screen/words.ts';
import { createSession, type Session } from '../session.ts';
import { readLearnerFiles } from '../store/practice-files.ts';
import { openTerminal, type Terminal } from '../terminal.ts';
import type { Save, SaveWatcher } from '../watch/watcher.ts';
import type { Kata } from '../store/katas.ts';
import { kataAtHand, openWorkspace, type Workspace } from '../workspace.ts';

export interface WatchCommandOptions {
  io: Io;
  /** a kata to go to first */
  kata?: string | undefined;
  /** lines for an editor's problem matcher */
  problemLines?: boolean | undefined;
}

/** A save, or the wish to judge what is there now. */
type Judgeable = Pick<Save, 'kata'> & Partial<Pick<Save, 'files'>>;

/** How many processes wait ready for the next save: two, so that a quick second save finds one as well. */
const SPARES = 2;

/**
 * The main command: shows the kata, then judges every save until it is ended.
 * @returns the exit code
 */
export async function watch({
  io,
  kata: wanted,
  problemLines = false,
}: WatchCommandOptions): Promise<number> {
  const ws = await openWorkspace();
  if (io.json) mirrorEvents(ws);
  const kata = kataAtHand(ws, wanted);
  if (wanted !== undefined) ws.append([{ type: 'kata-chosen', kata: kata.id }]);

  const ended = Promise.withResolvers<number>();
  let terminal: Terminal | null = null;
  let session: Session | null = null;
  let watcher: SaveWatcher | null = null;
  let engine = null as Engine | null; // set from inside a function: without the cast it counts as null for ever

  let interrupted = false;
  const interrupt = (code: number): void => {
    if (interrupted) process.exit(code); // the second time at once
    interrupted = true;
    ended.resolve(code);
  };
  process.on('SIGINT', () => interrupt(130));
  process.on('SIGTERM', () => interrupt(143));
  process.on('SIGHUP', () => interrupt(129));
  // a bug of ours ends the session in order: the terminal is set back before anything is said
  process.on('uncaughtException', (error) => ended.reject(error));
  process.on('unhandledRejection', (error) => ended.reject(error));

  terminal = openTerminal({
    plain: io.plain || io.json,
    onKey: (key) => session?.key(key),
    onInterrupt: () => interrupt(130),
    onResume: () => session?.refreshStatus(),
  });
  const screen = terminal;
  // nothing may leave the terminal raw or the children alive, whatever happens
  process.on('exit', () => {
    screen.restore();
    engine?.close();
  });

  const { latestOnly } = await import('../watch/queue.ts');
  const queue = latestOnly<Judgeable>(
    (save, signal) => session!.play(save.kata, save.files, signal),
    (error) => trouble(error),
  );
  const trouble = (error: unknown): void => {
    if (error instanceof KibitzerError)
      session?.say(`${ofMessage(error.message).replace('\n', ': ')}; ${ofMessage(error.hint)}`);
    else ended.reject(error);
  };
  // loaded when there is something to judge: the first screen does not wait for it
  const startEngine = async (): Promise<Engine> => {
    const { createEngine } = await import('../engine/arbiter-engine.ts');
    return (engine ??= createEngine({ spares: SPARES }));
  };
  const prepare = async (of: Kata): Promise<void> => {
    const [started, { rehearse }] = await Promise.all([startEngine(), import('../rehearsal.ts')]);
    rehearse(started, of);
  };
  session = createSession(
    {
      ws,
      engine: startEngine,
      opened: (of) => void prepare(of).catch((error: unknown) => trouble(error)),
      print: (lines) => void (io.json || screen.print(lines)),
      status: (text) => screen.status(text),
      look: io.look,
      quietly: (id, work) => (watcher ? watcher.quietly(id, work) : Promise.resolve(work())),
      rerun: (id) => queue.push({ kata: id }),
      quit: () => ended.resolve(0),
      mode: () => (watcher?.mode === 'polling' ? sayings.polling : sayings.watching),
      keys: screen.interactive && !io.json,
      problemLines,
    },
    kata,
  );

  try {
    for (const notice of ws.notices) screen.print(paragraph(ofMessage(notice), io.look()));
    await session.open(kata);
    watcher = await startWatching(ws, session, queue.push, trouble);
    session.refreshStatus(); // now it is known how saves are noticed
    await startEngine();
    module.flushCompileCache();
    return await ended.promise;
  } finally {
    await queue.close();
    await watcher?.close();
    engine?.close();
    screen.restore();
    ws.close();
    if (ws.unsaved)
      process.stderr.write(`${commandWords.warning}: ${sayings.unsaved(ofMessage(ws.unsaved))}\n`);
  }
}

async function startWatching(
  ws: Workspace,
  session: Session,
  push: (save: Judgeable) => void,
  trouble: (error: unknown) => void,
): Promise<SaveWatcher> {
  const { watchSaves } = await import('../watch/watcher.ts');
  const katas = new Set(ws.katas.map((k) => k.id));
  const watcher = watchSaves({
    folder: ws.practice,
    read: (id) =>
      katas.has(id) ? new Map(Object.entries(readLearnerFiles(path.join(ws.practice, id)))) : new Map(),
    known: lastSeen(ws),
    onSave: push,
    onMode: () => session.refreshStatus(),
    onError: trouble,
  });
  await watcher.ready;
  return watcher;
}

/** What was judged last of each kata: files that differ from it when the watcher starts were saved while nobody watched. */
function lastSeen(ws: Workspace): Map<string, ReadonlyMap<string, Buffer>> {
  const seen = new Map<string, ReadonlyMap<string, Buffer>>();
  for (const kata of ws.katas) {
    const game = ws.game(kata.id);
    const last = game.moves.at(-1) ?? game.start;
    if (!last) continue;
    try {
      seen.set(
        kata.id,
        new Map(Object.entries(ws.snapshots.load(last.files)).map(([f, text]) => [f, Buffer.from(text)])),
      );
    } catch {
      // a snapshot that is gone leaves nothing to compare with: what is there counts as seen
    }
  }
  return seen;
}

/** With --json: the events of the log, one line each, as they are stored. */
function mirrorEvents(ws: Workspace): void {
  const append = ws.append;
  ws.append = (events: readonly GameEvent[]) => {
    append(events);
    for (const event of events)
      process.stdout.write(`${JSON.stringify({ schema: 'kibitzer/event@1', ...event })}\n`);
  };
}

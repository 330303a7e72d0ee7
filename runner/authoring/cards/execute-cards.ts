import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('./card-process.ts', import.meta.url));
/** A card that is executed for so long hangs. */
const PATIENCE_MS = 20_000;

/** What the process of the cards says. */
export type CardMessage = { started: string } | CardResult;

/** What executing a card came to: the choice it shows, or why it could not be executed. */
export type CardResult = { card: string; shows: string } | { card: string; failed: string };

/**
 * Executes the cards of a file that say how, in a process of their own whose time zone is UTC.
 * @param file absolute path of cards.ts
 * @returns by card; a card that hangs or ends the process has failed, and those after it are not there
 * @throws AbortError when the signal aborts
 */
export function executeCards(file: string, signal?: AbortSignal): Promise<Map<string, CardResult>> {
  return new Promise((resolve, reject) => {
    const results = new Map<string, CardResult>();
    let running: string | null = null;
    let hangs = false;
    let timer: NodeJS.Timeout;
    const child = fork(ENTRY, [file], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      ...(signal ? { signal, killSignal: 'SIGKILL' as const } : {}),
    });
    const wind = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        hangs = true;
        child.kill('SIGKILL');
      }, PATIENCE_MS);
    };
    wind();
    child.on('message', (data) => {
      wind();
      const message = data as CardMessage;
      running = 'started' in message ? message.started : null;
      if (!('started' in message)) results.set(message.card, message);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (running !== null) {
        const how = hangs
          ? `it runs for more than ${PATIENCE_MS / 1000} s`
          : `it ended the process (${signal ?? code})`;
        results.set(running, { card: running, failed: how });
      }
      resolve(results);
    });
  });
}

import readline from 'node:readline';
import { cut } from './screen/layout.ts';

/** A pressed key: one character in lower case, or a name such as `return`, `escape`, `space`. */
export type Key = string;

/** The only writer to the terminal. Screens scroll by in the normal buffer; below them stands one status line. */
export interface Terminal {
  /** keys can be read and the status line redrawn */
  readonly interactive: boolean;
  readonly width: number;
  /** writes lines above the status line */
  print(lines: readonly string[]): void;
  /** replaces the status line; nothing without a terminal */
  status(text: string): void;
  /** sets the terminal back as it was; may be called more than once */
  restore(): void;
}

export interface TerminalOptions {
  /** a screen that never redraws: no status line, keys still work */
  plain: boolean;
  onKey(key: Key): void;
  onInterrupt(): void;
  /** shown again after a resize or a return from suspension */
  onResume?(): void;
}

const CLEAR_LINE = '\r\u001b[K';

/** Width of an output stream in columns: the terminal's, or 80. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns > 0 ? stream.columns : 80;
}

/** Takes the terminal: raw keys, one status line. Without a terminal only `print` does something. */
export function openTerminal(o: TerminalOptions): Terminal {
  const { stdin, stdout } = process;
  const interactive = stdin.isTTY === true && stdout.isTTY === true;
  const redraws = interactive && !o.plain;
  let status = '';
  let restored = false;
  let plainStatus = '';

  const draw = (): void => {
    if (redraws && !restored) stdout.write(CLEAR_LINE + cut(status, widthOf(stdout) - 1));
  };
  const clear = (): void => {
    if (redraws) stdout.write(CLEAR_LINE);
  };
  const raw = (on: boolean): void => {
    if (stdin.isTTY) stdin.setRawMode(on);
  };

  const onKeypress = (text: string | undefined, key: readline.Key): void => {
    if (key.ctrl && key.name === 'c') return o.onInterrupt();
    if (key.ctrl && key.name === 'z') return suspend();
    if (key.name === 'escape') return o.onKey('escape'); // Node marks a lone escape as meta
    if (key.ctrl || key.meta) return;
    if (key.name === 'return' || key.name === 'space' || key.name === 'backspace') return o.onKey(key.name);
    if (text && text.length === 1 && text > ' ') o.onKey(text.toLowerCase());
  };
  const suspend = (): void => {
    if (process.platform === 'win32') return;
    clear();
    raw(false);
    process.once('SIGCONT', () => {
      raw(true);
      draw();
      o.onResume?.();
    });
    process.kill(process.pid, 'SIGTSTP');
  };

  if (interactive) {
    readline.emitKeypressEvents(stdin);
    raw(true);
    stdin.resume();
    stdin.on('keypress', onKeypress);
    stdout.on('resize', draw);
  }

  return {
    interactive,
    get width() {
      return widthOf(stdout);
    },
    print(lines) {
      clear();
      stdout.write(lines.join('\n') + '\n');
      draw();
    },
    status(text) {
      status = text;
      if (redraws) draw();
      // without redrawing, a status is said once and only when it is new
      else if (interactive && text !== plainStatus && text !== '') stdout.write(`${text}\n`);
      plainStatus = text;
    },
    restore() {
      if (restored) return;
      clear();
      restored = true;
      if (!interactive) return;
      stdin.off('keypress', onKeypress);
      stdout.off('resize', draw);
      raw(false);
      stdin.pause();
    },
  };
}

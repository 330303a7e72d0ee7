import { cut } from './screen/layout.ts';

/** Tells on standard error how far long work has come; standard output is the result's. */
export interface Progress {
  /** the state of now: replaces the one before on a terminal, and is not said elsewhere */
  now(text: string): void;
  /** something that is through: stays on a terminal, and is a line of its own elsewhere */
  say(text: string): void;
  /** takes the last state away */
  end(): void;
}

const CLEAR_LINE = '\r\u001b[K';

/** @param redraws whether one line may be written again and again */
export function progressOn(
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> = process.stderr,
  redraws: boolean = stream.isTTY === true,
): Progress {
  const clear = (): void => void (redraws && stream.write(CLEAR_LINE));
  return {
    now(text) {
      if (redraws) stream.write(CLEAR_LINE + cut(text, Math.max(20, (stream.columns || 80) - 1)));
    },
    say(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end: clear,
  };
}

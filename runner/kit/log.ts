import { inspect } from 'node:util';
import type { Fact } from '../core/facts.ts';
import { learnerSite } from './frames.ts';

/** A log as learners receive it. */
export interface Log {
  debug(message: string, data?: object): void;
  info(message: string, data?: object): void;
  warn(message: string, data?: object): void;
  error(message: string, data?: object): void;
}

export type LogFact = Extract<Fact, { kind: 'log' }>;

/** Lines kept; a loop of thousands is no further evidence. */
const LINES_KEPT = 1000;
/** Characters of a line that are told; `find` looks through all of it. */
const TOLD = 120;
/** How deep data is looked through: an error, its cause, what that holds. */
const DEPTH = 8;

/**
 * A log that keeps what is written to it. Its functions may be taken off the object and called alone, as those of
 * `console` may. What is printed past it, with `console`, is not here.
 */
export class LogKit {
  readonly #lines: { fact: LogFact; whole: string }[] = [];

  /** what learners receive */
  readonly log: Log = Object.freeze({
    debug: (message: string, data?: object) => this.#write('debug', message, data),
    info: (message: string, data?: object) => this.#write('info', message, data),
    warn: (message: string, data?: object) => this.#write('warn', message, data),
    error: (message: string, data?: object) => this.#write('error', message, data),
  });

  /** Every line so far, oldest first, with the place that wrote it. */
  get lines(): readonly LogFact[] {
    return this.#lines.map((l) => l.fact);
  }

  /** The lines in which a text stands, in the message or anywhere in the data: a secret that should be in none. */
  find(text: string): readonly LogFact[] {
    return this.#lines.filter((l) => l.whole.includes(text)).map((l) => l.fact);
  }

  #write(level: string, message: string, data: object | undefined): void {
    if (this.#lines.length >= LINES_KEPT) return;
    const whole = `${String(message)}${data === undefined ? '' : ` ${asText(data)}`}`;
    const line = whole.replaceAll(/\s+/g, ' ').trim();
    const text = line.length > TOLD ? `${line.slice(0, TOLD - 1)}…` : line;
    this.#lines.push({ fact: { kind: 'log', level, text, site: learnerSite() }, whole });
  }
}

/** Everything that data holds, errors and their causes too. */
function asText(data: object): string {
  try {
    return inspect(data, {
      depth: DEPTH,
      maxStringLength: null,
      maxArrayLength: null,
      breakLength: Infinity,
    });
  } catch {
    return 'data that cannot be printed';
  }
}

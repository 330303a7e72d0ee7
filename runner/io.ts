import { lookOf, type Look } from './screen/look.ts';
import { widthOf } from './terminal.ts';

/** Options that every command understands. */
export interface CommonOptions {
  json?: boolean;
  plain?: boolean;
  /** true, false, or undefined for automatic */
  color?: boolean | undefined;
  width?: number | undefined;
  debug?: boolean;
}

/** Where a command's result goes and how it looks. */
export interface Io {
  json: boolean;
  plain: boolean;
  look(): Look;
  print(lines: readonly string[]): void;
  /** one document on standard output */
  document(value: object): void;
}

/**
 * Whether to colour a stream: --color/--no-color, then a non-empty NO_COLOR, then FORCE_COLOR, then TERM=dumb, then
 * whether the stream is a terminal.
 */
export function wantsColour(
  option: boolean | undefined,
  env: NodeJS.ProcessEnv,
  isTerminal: boolean,
): boolean {
  if (option !== undefined) return option;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return env.TERM !== 'dumb' && isTerminal;
}

/** Whether screens are linear: --plain, KIBITZER_PLAIN, or a terminal that says it is dumb. */
export function wantsPlain(option: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  return (
    option === true ||
    (env.KIBITZER_PLAIN !== undefined && env.KIBITZER_PLAIN !== '' && env.KIBITZER_PLAIN !== '0') ||
    env.TERM === 'dumb'
  );
}

/** Input and output of one command. */
export function ioOf(o: CommonOptions): Io {
  const plain = wantsPlain(o.plain, process.env);
  const colour = wantsColour(o.color, process.env, process.stdout.isTTY === true);
  return {
    json: o.json === true,
    plain,
    look: () => lookOf({ width: o.width ?? widthOf(process.stdout), colour, plain }),
    print: (lines) => void process.stdout.write(`${lines.join('\n')}\n`),
    document: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
  };
}

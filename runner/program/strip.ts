import { execFileSync } from 'node:child_process';
import { stripTypeScriptTypes } from 'node:module';

/** Why types could not be stripped. */
export class StripError extends Error {
  /** `unsupported`: valid, but needs more than stripping · `syntax` · `too-deep`: the stripper itself gave up */
  readonly reason: 'unsupported' | 'syntax' | 'too-deep';
  /** the line from 1, where it is known */
  readonly line: number | null;

  constructor(reason: StripError['reason'], message: string, line: number | null = null) {
    super(message);
    this.reason = reason;
    this.line = line;
  }
}

// Deep nesting (measured: from about 770 levels) overflows the stack of the stripper's WebAssembly, and from then
// on it fails in this process for every file. A file that could do that is therefore stripped in a child process,
// and so is everything else should it have happened nevertheless.
let broken = false;
const SAFE_DEPTH = 300;
const SAFE_LENGTH = 64 * 1024;

/** Replaces types by blanks, so that every position stays the same. Throws StripError. */
export function stripTypes(text: string): string {
  if (broken || text.length > SAFE_LENGTH || depth(text) > SAFE_DEPTH) return stripInChild(text);
  try {
    return quietly(() => stripTypeScriptTypes(text, { mode: 'strip' }));
  } catch (error) {
    const known = toStripError(error as NodeJS.ErrnoException);
    if (known) throw known;
    broken = true;
    return stripInChild(text);
  }
}

const CHILD = `
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
let answer;
try { answer = { code: stripTypeScriptTypes(readFileSync(0, 'utf8'), { mode: 'strip' }) }; }
catch (e) { answer = { error: { code: e.code, message: e.message, stack: e.stack } }; }
process.stdout.write(JSON.stringify(answer));`;

function stripInChild(text: string): string {
  let answer: { code: string } | { error: NodeJS.ErrnoException };
  try {
    const out = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', CHILD], {
      input: text,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 16 * 1024 * 1024,
      timeout: 10_000,
    });
    answer = JSON.parse(out);
  } catch {
    throw new StripError('too-deep', 'the type stripper ended');
  }
  if ('code' in answer && typeof answer.code === 'string') return answer.code;
  const { error } = answer as { error: NodeJS.ErrnoException };
  throw toStripError(error) ?? new StripError('too-deep', error.message);
}

function toStripError(error: NodeJS.ErrnoException): StripError | null {
  const reason =
    error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'
      ? 'unsupported'
      : error.code === 'ERR_INVALID_TYPESCRIPT_SYNTAX'
        ? 'syntax'
        : null;
  if (reason === null) return null;
  // The only place where Node says the line: the first line of the stack is "<file name>:<line>".
  const line = /^[^\n]*:(\d+)\n/.exec(error.stack ?? '')?.[1];
  return new StripError(reason, error.message, line === undefined ? null : Number(line));
}

/** Node announces once per process that type stripping is experimental; that is not news for a learner. */
function quietly<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** An upper bound for the nesting of brackets; those in strings and comments count too. */
function depth(text: string): number {
  let now = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[([{}\])]/g)) {
    if (!'([{'.includes(bracket)) now--;
    else if (++now > most) most = now;
  }
  return most;
}

import { fileURLToPath } from 'node:url';
import type { Frame, Site } from '../core/facts.ts';
import { table } from './table.ts';

/** How deep a learner's stack is looked through. */
const DEPTH = 40;

/** A script's name as V8 gives it, as a path inside the learner's folder; null when it lies elsewhere. */
function learnerFile(script: string | null | undefined): string | null {
  if (!script) return null;
  const bare = script.replace(/\?.*$/, '');
  const file = bare.startsWith('file:') ? fileURLToPath(bare) : bare;
  const root = table().root;
  return file.startsWith(root) ? file.slice(root.length).replaceAll('\\', '/').replace(/^\//, '') : null;
}

/** Frames of the running stack that lie in the learner's files, nearest first. Empty when no learner code is running. */
export function learnerFrames(): Frame[] {
  const prepare = Error.prepareStackTrace;
  const limit = Error.stackTraceLimit;
  const holder: { stack?: unknown } = {};
  Error.stackTraceLimit = DEPTH;
  Error.prepareStackTrace = (_error, sites) => sites;
  Error.captureStackTrace(holder, learnerFrames);
  const sites = holder.stack as NodeJS.CallSite[];
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = limit;
  const frames: Frame[] = [];
  for (const site of sites) {
    const file = learnerFile(site.getFileName());
    if (file === null) continue;
    frames.push({
      file,
      line: site.getLineNumber() ?? 1,
      column: site.getColumnNumber() ?? 1,
      fn: site.getFunctionName(),
      isAsync: (site as unknown as { isAsync?: () => boolean }).isAsync?.() ?? false,
    });
  }
  return frames;
}

/** Where the learner's code is right now: the nearest and the outermost learner frame; null when none is on the stack. */
export function learnerSite(): Site | null {
  const frames = learnerFrames();
  const near = frames[0];
  const cause = frames.at(-1);
  return near && cause ? { near, cause } : null;
}

/** Learner frames of an error that was thrown earlier, nearest first; read from its stack text. */
export function framesOfError(error: unknown): Frame[] {
  const stack = typeof error === 'object' && error !== null ? (error as { stack?: unknown }).stack : null;
  if (typeof stack !== 'string') return [];
  const frames: Frame[] = [];
  for (const line of stack.split('\n')) {
    const at = /^\s+at (?:(async )?(.*?) \()?(.+?):(\d+):(\d+)\)?$/.exec(line);
    if (!at) continue;
    const file = learnerFile(at[3]?.replace(/^async /, ''));
    if (file === null) continue;
    frames.push({
      file,
      line: Number(at[4]),
      column: Number(at[5]),
      fn: at[2] ?? null,
      isAsync: at[1] !== undefined || line.includes('at async '),
    });
  }
  return frames;
}

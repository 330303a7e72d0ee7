import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fact, Frame, Site } from '../core/facts.ts';
import type { Observation, Outcome, ProbeResult, ProbeSpec } from '../core/verdict.ts';
import type { Child, Exit } from './child-process.ts';
import type { Position } from './engine.ts';
import { harmless, shownOutput } from './output.ts';
import type { Message } from './protocol.ts';

/** Facts kept of one probe: the first ones are the story, a loop of thousands is not. */
const FACTS_KEPT = 200;
/** How long a process may take to start on a busy machine; nothing of the learner's runs before it is ready. */
const BOOT_MS = 60_000;
/** How long it may take for everything that is not a probe: reading the kata, its own end. */
const SLACK_MS = 15_000;
/** The watchdog inside needs this long beyond a probe's own wall limit to find the line. */
const GRACE_MS = 1500;

/** What one process contributed before it was done or died. */
export interface Stretch {
  probes: readonly ProbeSpec[];
  results: Map<string, ProbeResult>;
  /** set when the module did not load */
  loadFailure: { message: string; frames: readonly Frame[] } | null;
  /** what ended the process when it was not us */
  ended: string | null;
  /** the kata's own fault: its probes do not load */
  broken: string | null;
  output: string;
}

/** Plays one job on one child until it is done, dies, or is cut off. Always ends with the child killed. */
export function runStretch(child: Child, position: Position, known: Map<string, Outcome>, signal?: AbortSignal): Promise<Stretch> {
  return new Promise((resolve, reject) => {
    const open = new Map<string, { observations: Record<string, Observation>; facts: Fact[] }>();
    const stretch: Stretch = { probes: [], results: new Map(), loadFailure: null, ended: null, broken: null, output: '' };
    let running: ProbeSpec | null = null;
    let last: ProbeSpec | null = null;
    let leaving: Extract<Message, { type: 'leaving' }> | null = null;
    let deadline: NodeJS.Timeout | undefined;
    let over = false;

    const frameOf = frameReader(position);
    const finish = (): void => {
      if (over) return;
      over = true;
      clearTimeout(deadline);
      signal?.removeEventListener('abort', abort);
      child.onMessage = () => {};
      child.onExit = () => {};
      child.onFlood = () => {};
      child.kill();
      const { bytes, printed } = child.output;
      stretch.output = shownOutput(bytes, printed);
      resolve(stretch);
    };
    const abort = (): void => {
      if (over) return;
      over = true;
      clearTimeout(deadline);
      child.onMessage = () => {};
      child.onExit = () => {};
      child.kill();
      reject(signal!.reason as Error);
    };
    const cutAfter = (ms: number): void => {
      clearTimeout(deadline);
      deadline = setTimeout(() => fail('timed-out', 'was still running when its time was up', []), ms);
    };
    /** ends the stretch with the running probe, or the last one when none runs, blamed for it */
    const fail = (outcome: Outcome, message: string, frames: readonly Frame[]): void => {
      const spec = running ?? last;
      if (spec) record(spec, { outcome, message, frames, ms: 0 });
      else stretch.ended ??= message;
      finish();
    };
    const record = (
      spec: ProbeSpec,
      end: { outcome: Outcome; frames: readonly Frame[]; ms: number; message?: string | undefined; expected?: string | undefined; actual?: string | undefined },
    ): void => {
      const seen = open.get(spec.id);
      stretch.results.set(spec.id, {
        ...blankResult(spec),
        outcome: end.outcome,
        ms: end.ms,
        observations: seen?.observations ?? {},
        facts: seen?.facts ?? [],
        frames: end.frames,
        ...(end.message === undefined ? {} : { message: harmless(end.message) }),
        ...(end.expected === undefined ? {} : { expected: harmless(end.expected) }),
        ...(end.actual === undefined ? {} : { actual: harmless(end.actual) }),
      });
    };

    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    cutAfter(BOOT_MS);
    void child.ready.then(() => over || cutAfter(SLACK_MS));
    child.onFlood = () => {
      stretch.ended = 'printed more than 8 MB';
      fail('crashed', 'printed more than 8 MB and was stopped', []);
    };
    child.onExit = (exit: Exit) => {
      stretch.ended = exitText(exit, leaving);
      fail('crashed', stretch.ended, (leaving?.frames ?? []).map(frameOf));
    };
    child.onMessage = message => {
      switch (message.type) {
        case 'collected':
          stretch.probes = message.probes;
          break;
        case 'started':
          running = last = stretch.probes.find(p => p.id === message.probe) ?? null;
          open.set(message.probe, { observations: {}, facts: [] });
          cutAfter(4 * (running?.budgetMs ?? 2000) + GRACE_MS);
          break;
        case 'saw': {
          const seen = open.get(message.probe);
          if (seen) seen.observations[message.name] = message.value;
          break;
        }
        case 'fact': {
          const seen = open.get(message.probe);
          if (seen && seen.facts.length < FACTS_KEPT) seen.facts.push(mapFact(message.fact, frameOf));
          break;
        }
        case 'finished': {
          const spec = stretch.probes.find(p => p.id === message.probe);
          if (!spec) break;
          running = null;
          cutAfter(SLACK_MS);
          const frames = message.frames.map(frameOf);
          record(spec, { ...message, frames });
          if (message.loading) {
            stretch.loadFailure = { message: harmless(message.message ?? 'it threw while loading'), frames };
            finish();
          } else if (message.outcome === 'timed-out') finish(); // something still waits in there: go on elsewhere
          break;
        }
        case 'stuck':
          if (message.why === 'time') fail('timed-out', 'was still running when its time was up', insideFrames(position, message.frames, frameOf));
          else {
            stretch.ended = 'used too much memory';
            fail('crashed', 'used more than 700 MB of memory and was stopped', insideFrames(position, message.frames, frameOf));
          }
          break;
        case 'leaving':
          leaving ??= message; // process.exit comes first, then the reallyExit inside it
          break;
        case 'uncaught':
          stretch.ended = `an error nobody caught: ${harmless(message.message)}`;
          fail('crashed', stretch.ended, message.frames.map(frameOf));
          break;
        case 'broken':
          stretch.broken = message.message;
          break;
        case 'done':
          finish();
          break;
        case 'ready':
          break;
      }
    };
    child.send({
      root: position.root,
      entry: position.entry,
      sources: position.sources,
      probes: position.probes,
      seed: position.seed ?? 1,
      known: Object.fromEntries(known),
    });
  });
}

/** The result of a probe that was not judged. */
export function blankResult(spec: ProbeSpec): ProbeResult {
  const role = spec.role ?? 'probe';
  return {
    probe: spec.id,
    role,
    outcome: 'unreached',
    weight: role === 'sorter' || role === 'merit' ? 0 : (spec.weight ?? 1),
    sentence: spec.sentence,
    plays: spec.plays,
    ms: 0,
    observations: {},
    facts: [],
    frames: [],
  };
}

function exitText(exit: Exit, leaving: Extract<Message, { type: 'leaving' }> | null): string {
  if (exit.outOfMemory) return 'ran out of memory';
  if (leaving) return `ended the program itself with ${leaving.how}`;
  return exit.signal ? `ended by signal ${exit.signal}` : `ended the program itself with exit code ${exit.code}`;
}

/** Positions as the learner sees them: mapped back when the file had to be transformed. */
function frameReader(position: Position): (at: Frame) => Frame {
  const { original } = position;
  return original ? at => original(at) : at => at;
}

/** Frames of the paused main thread that lie in the learner's folder, nearest first. */
function insideFrames(position: Position, frames: readonly Frame[], frameOf: (at: Frame) => Frame): Frame[] {
  const root = path.resolve(position.root) + path.sep;
  const inside: Frame[] = [];
  for (const f of frames) {
    const bare = f.file.replace(/\?.*$/, '');
    const file = bare.startsWith('file:') ? fileURLToPath(bare) : bare;
    if (file.startsWith(root)) inside.push(frameOf({ ...f, file: file.slice(root.length).replaceAll('\\', '/') }));
  }
  return inside;
}

function mapFact(fact: Fact, frameOf: (at: Frame) => Frame): Fact {
  if (!('site' in fact) || fact.site === null) return fact;
  const site: Site = { near: frameOf(fact.site.near), cause: frameOf(fact.site.cause) };
  return { ...fact, site };
}

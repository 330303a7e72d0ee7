import { harmless, shownOutput } from './output.ts';
import type { Fact, Frame, Site } from '../core/facts.ts';
import type { ProbeResult, ProbeSpec } from '../core/verdict.ts';
import type { ArbiterMessage } from './arbiter-protocol.ts';

/** What one move came to, as the arbiter told it. */
export interface Told {
  probes: readonly ProbeSpec[];
  results: ReadonlyMap<string, ProbeResult>;
  loadFailure: { message: string; frames: readonly Frame[] } | null;
  tampering: boolean;
  ended: string | null;
  broken: string | null;
  output: string;
}

/** Collects what an arbiter says about one move. */
export class MoveRecord {
  probes: readonly ProbeSpec[] = [];
  readonly results = new Map<string, ProbeResult>();
  loadFailure: Told['loadFailure'] = null;
  tampering = false;
  ended: string | null = null;
  broken: string | null = null;
  output = '';
  /** the player that plays now, so that it can be ended from outside */
  player: number | null = null;
  #frameOf: (at: Frame) => Frame;

  /** @param frameOf maps a position in the code that ran back to the learner's text */
  constructor(frameOf: (at: Frame) => Frame) {
    this.#frameOf = frameOf;
  }

  /** @returns true when the move is through */
  hear(message: ArbiterMessage): boolean {
    switch (message.type) {
      case 'collected':
        this.probes = message.probes;
        return false;
      case 'player':
        this.player = message.pid;
        return false;
      case 'finished':
        this.#finished(message);
        return false;
      case 'broken':
        this.broken = message.message;
        return false;
      case 'done':
        this.ended ??= message.ended;
        this.output = shownOutput(Buffer.from(message.output, 'base64'), message.printed);
        return true;
      case 'ready':
        return false;
    }
  }

  #finished(message: Extract<ArbiterMessage, { type: 'finished' }>): void {
    const spec = this.probes.find((p) => p.id === message.probe);
    if (!spec) return;
    const frames = message.frames.map(this.#frameOf);
    this.tampering ||= message.tampering === true;
    if (message.loading)
      this.loadFailure ??= { message: harmless(message.message ?? 'it threw while loading'), frames };
    this.results.set(spec.id, {
      ...blankResult(spec),
      outcome: message.outcome,
      ms: message.ms,
      observations: message.observations,
      facts: message.facts.map((fact) => this.#mapped(fact)),
      frames,
      ...(message.message === undefined ? {} : { message: harmless(message.message) }),
      ...(message.expected === undefined ? {} : { expected: harmless(message.expected) }),
      ...(message.actual === undefined ? {} : { actual: harmless(message.actual) }),
      ...(message.example === undefined ? {} : { example: message.example }),
      ...(message.ran === undefined ? {} : { ran: message.ran }),
    });
  }

  #mapped(fact: Fact): Fact {
    if (!('site' in fact) || fact.site === null) return fact;
    const site: Site = { near: this.#frameOf(fact.site.near), cause: this.#frameOf(fact.site.cause) };
    return { ...fact, site };
  }
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

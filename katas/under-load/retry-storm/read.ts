/** How the mistakes read what the probes found. */
import type { Condition, Fact, Frame, Locator, Vector } from 'kibitzer/kata';

export const GROW = 'pauses-grow';
export const SPREAD = 'clients-spread-out';
export const HOPELESS = 'not-our-fault-only';
export const WAIT = 'server-said-wait';
export const ONCE = 'booked-once';
export const DEADLINE = 'deadline-is-kept';
export const LEFT = 'caller-goes-away';
export const TOGETHER = 'gives-up-together';
export const WHY = 'caller-hears-why';

export const saw = (probe: string, name: string, is: string | boolean | RegExp): Condition => ({
  saw: name,
  in: probe,
  is,
});
export const refuted = (probe: string): Condition => ({ probe, is: 'refuted' });

/** What a probe found, in one line. */
export const message = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';

const near = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.near ?? null) : null);

/** The line of the last note that has one: a pause, an error that was made. */
export const noted = (v: Vector, probe: string): Frame | null =>
  near(v.facts(probe, 'note').findLast((n) => n.site !== null));

/** The line that sent attempt `nth` of those told, the last one for -1. */
export const sent = (v: Vector, probe: string, nth = -1): Frame | null =>
  near(v.facts(probe, 'http').at(nth));

export const factory = (locate: Locator): Frame => locate.exported('createClient');

/** Whether a line is the one on which attempts are sent. */
export const isSending = (v: Vector, probe: string, at: Frame): boolean =>
  v.facts(probe, 'http').some((f) => f.site?.near.line === at.line && f.site.near.file === at.file);

/** The number after a colon that ends a text: `key: 17`. */
export const tail = (text: string): string => text.replace(/^.*: /, '');

/** What of a call went on: in which of the two probes, and the fact that shows it. */
export const outlivedIn = (v: Vector): string => (v.probe(DEADLINE)?.outcome === 'refuted' ? DEADLINE : LEFT);

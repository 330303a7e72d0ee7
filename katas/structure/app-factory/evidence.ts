import { framesOfError, type Fact, type AmbientUse, type HandleFact, type SqlWorld } from 'kibitzer/kit';
import type { T } from './shops.ts';

/** Empty database files. */
export const databases = (t: T, n: number): SqlWorld[] =>
  Array.from({ length: n }, () => t.sql.open('', { wal: false }));

export const tell = (t: T, facts: readonly Fact[]): void => {
  for (const fact of facts) t.fact(fact);
};

/** A remark as evidence; with an error, at the line that threw it. */
export const note = (t: T, text: string, error?: unknown): void => {
  const near = error === undefined ? undefined : framesOfError(error)[0];
  t.fact({ kind: 'note', text, site: near ? { near, cause: near } : null });
};

/** Something that is open, as evidence. */
export const opened = (what: string, site: HandleFact['site']): HandleFact => ({
  kind: 'handle',
  what,
  open: 1,
  site,
});

/** Whether what learner code opened is that database. */
export function isAt(location: string, { file }: SqlWorld): boolean {
  return location.replace(/[?#].*$/, '').endsWith(file);
}

/** `notify was called 3 times (A, B, C)` */
export function calls(notices: readonly string[]): string {
  const who = notices.map((n) => n[0]).join(', ');
  if (notices.length === 0) return 'notify was not called';
  return notices.length === 1 ? `${who} was notified` : `notify was called ${notices.length} times (${who})`;
}

/** For `leaked`: whatever there is was opened after it. */
const FROM_THE_START = {
  connections: 0,
  timers: 0,
  listeners: 0,
  ever: { connections: 0, timers: 0, listeners: 0 },
};

/** Whether an error says that an object was written to that cannot be. */
export const isRefusedWrite = (error: unknown): boolean =>
  error instanceof TypeError &&
  /read.?only|not extensible|Cannot (?:add|assign|define|delete)/.test(error.message);

/** The same from the same line, as one fact with a number. */
export function grouped(facts: readonly HandleFact[]): HandleFact[] {
  const groups = new Map<string, HandleFact>();
  for (const fact of facts) {
    const key = `${fact.what} ${fact.site?.near.file}:${fact.site?.near.line}`;
    const known = groups.get(key);
    groups.set(key, { ...fact, open: fact.open + (known?.open ?? 0) });
  }
  return [...groups.values()];
}

/** What was opened, started or looked up so far, and that in words. */
export function effectsSoFar(t: T): {
  connections: HandleFact[];
  others: HandleFact[];
  env: AmbientUse[];
  words: string[];
} {
  const connections = t.handles.opened.map((o) => opened(`connection to ${o.location}`, o.site));
  const others = t.handles.leaked(FROM_THE_START).filter((f) => !f.what.startsWith('connection'));
  const env = [...t.ambient.since(0, 'env'), ...t.ambient.since(0, 'replaced')];
  const words = [
    connections.length > 0 ? 'a database was opened' : '',
    others.some((f) => f.what.startsWith('timer')) ? 'a timer was started' : '',
    others.some((f) => f.what.startsWith('listener')) ? 'a listener was added' : '',
    env.length > 0 ? 'the environment was used' : '',
  ].filter((w) => w !== '');
  return { connections, others, env, words };
}

/** Where A's order for a lamp and B's for a roll stand; each is whether it is in the file of A, of B. */
export function storedIn(lamp: string, roll: string): string {
  if (lamp === 'true,false' && roll === 'false,true') return 'own';
  if (lamp === 'true,true' || roll === 'true,true') return 'both';
  return lamp === roll && lamp.includes('true') ? 'one-file' : 'elsewhere';
}

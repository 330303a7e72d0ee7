import type { CryptoCall, Fact, ReadFact, Reply, Site } from 'kibitzer/kit';
import { called, jarOf, login, newIn, openLibrary, plant, READERS, thatSet, told, whoIs } from './library.ts';
import type { Jar, Library, Play, Reader } from './library.ts';

/** Logins that are compared to see which characters of a cookie differ. */
const LOGINS = 6;
/** Sixteen bytes are promised; less than this is refused. */
const BYTES = 12;

/** What is the same for everybody who runs the program: the time, and chance that can be worked out. */
interface Known {
  now: number;
  seed: number;
}

interface Played {
  site: Library;
  /** what the cookies of Ann's login are */
  jar: Jar;
  reply: Reply;
}

/** Eve logs in, then Ann does. The secrets depend on the seed. */
async function play(t: Play, known: Known, secrets: number): Promise<Played> {
  const clock = t.clock.another(known.now);
  t.ambient.shift({ now: clock });
  shiftChance(t, known.seed);
  const random = t.random.another(known.seed);
  const site = openLibrary(t, await t.fresh(), { clock, random, secrets: t.random.another(secrets) });
  await login(site.browser('Eve'), 'eve');
  const ann = site.browser('Ann');
  const reply = await login(ann, 'ann');
  return { site, jar: jarOf(ann), reply };
}

/** `Math.random` can be worked out, from what it gave before; what node:crypto gives can not. */
function shiftChance(t: Play, seed: number): void {
  const random = t.random.another(seed);
  for (const use of t.ambient.uses)
    if (use.what === 'Math.random()' && use.site)
      t.ambient.shift({ random: random.float, at: use.site.near });
}

const isSame = (a: Jar, b: Jar): boolean => Object.keys(newIn(a, b)).length === 0;

/** Tries to have Ann's cookie without having seen it. */
export async function seekTheKey(t: Play): Promise<void> {
  t.ambient.shift({ now: t.clock });
  // the first round only finds out what the program asks for
  const { known, secret, few } = await sourcesOf(t);
  const usual: Known = { now: t.clock.now(), seed: 7 };
  const home = await play(t, usual, 2);
  const real = await play(t, usual, 1);
  const eve = real.site.browser('Eve');
  plant(home.jar, eve);
  const { reader, reply: me } = await whoIs(eve);
  const set = thatSet(real.reply);
  const cookieLine: Fact = { kind: 'note', text: 'sets the cookie', site: set.saidAt('set-cookie') };
  if (reader !== null) {
    // what it is made of: whatever makes another cookie of it when it is another
    const byChance = !isSame((await play(t, { ...usual, seed: 8 }, 2)).jar, home.jar);
    const byClock = !isSame((await play(t, { ...usual, now: usual.now + 7_654_321 }, 2)).jar, home.jar);
    t.see('guess', 'worked-out');
    t.see('source', byChance ? 'chance' : byClock ? 'clock' : 'nothing');
    t.fact(told(thatSet(home.reply), 'at home'));
    t.fact(told(me, 'at the library'));
    const asked = byChance ? known.chance : byClock ? known.clock : null;
    if (asked) t.fact({ kind: 'note', text: 'is asked', site: asked });
    t.fact(cookieLine);
    t.hold(false, `Eve has never seen the cookie, and is logged in as ${called(reader)}`);
  }
  t.see('guess', few === null ? 'nothing' : 'few-to-try');
  if (few === null) return;
  t.see('bits', few);
  if (secret) t.fact(secret);
  t.fact(told(set));
  t.fact(cookieLine);
  t.hold(false, `no more than ${few} bits make the difference between two cookies`);
}

/** What a login asks for, as far as it was seen. */
interface Sources {
  known: { chance: Site | null; clock: Site | null };
  /** the one place that asks for secret bytes */
  secret: Fact | null;
  /** bits on which the cookie rests, where they are too few */
  few: number | null;
}

async function sourcesOf(t: Play): Promise<Sources> {
  const clock = t.clock.another(t.clock.now());
  const site = openLibrary(t, t.mod, { clock });
  const whole = secretBytes([...t.reads.facts, ...t.crypto.since(0)]);
  const jars: Jar[] = [];
  const enter = async (reader: Reader): Promise<void> => {
    const browser = site.browser('Ann');
    await login(browser, reader);
    jars.push(jarOf(browser));
  };
  const readers = Object.keys(READERS) as Reader[];
  for (let i = 0; i < LOGINS - 1; i++) await enter(readers[i % readers.length]!);
  // a secret that was made at the first request belongs to the program as well
  const before = secretBytes([...t.reads.facts, ...t.crypto.since(0)]);
  t.reads.clear();
  const [crypto, times, uses] = [t.crypto.mark(), clock.readings.length, t.ambient.uses.length];
  await enter('ann');
  const asked = t.reads.facts.filter((f) => f.what.startsWith('random.'));
  const ambient = t.ambient.uses.slice(uses);
  const secrets = [
    ...asked.filter((f) => f.what === 'random.bytes'),
    ...t.crypto.since(crypto).filter((c) => c.name.startsWith('random')),
  ];
  // of these it is not known how much was asked for
  const unknown = ambient.some((u) => /getRandomValues|randomInt|randomFill|randomUUID/.test(u.what));
  const here = secretBytes(secrets);
  const drawn = here.total > 0 && before.largest < BYTES && !unknown ? here.total + whole.total : Infinity;
  const bits = Math.min(drawn * 8, bitsOf(jars));
  return {
    known: {
      chance: lastSite([
        ...asked.filter((f) => f.what !== 'random.bytes'),
        ...ambient.filter((u) => u.what === 'Math.random()'),
      ]),
      clock: lastSite([
        ...clock.readings.slice(times),
        ...ambient.filter((u) => /Date|performance|hrtime/.test(u.what)),
      ]),
    },
    secret: secrets.every((f) => sameLine(f.site, secrets[0]!.site)) ? (secrets.at(-1) ?? null) : null,
    few: bits < BYTES * 8 ? bits : null,
  };
}

const lastSite = (all: readonly { site: Site | null }[]): Site | null => all.at(-1)?.site ?? null;

const sameLine = (a: Site | null, b: Site | null): boolean =>
  a?.near.file === b?.near.file && a?.near.line === b?.near.line;

/** Bytes that were asked of sources fit for secrets. */
function secretBytes(asked: readonly (ReadFact | CryptoCall)[]): { total: number; largest: number } {
  const sizes = asked.map((f) => {
    if (f.kind === 'read') return f.what === 'random.bytes' ? Number(f.detail) : 0;
    return f.name === 'randomUUID' ? 16 : f.name === 'randomBytes' ? Number(f.params.bytes) : 0;
  });
  return { total: sizes.reduce((a, b) => a + b, 0), largest: Math.max(0, ...sizes) };
}

/** What the characters can hold that are not the same at every login, at most. */
function bitsOf(jars: readonly Jar[]): number {
  const names = new Set(jars.flatMap((jar) => Object.keys(newIn(jar, {}))));
  let bits = 0;
  for (const name of names) {
    const values = jars.map((jar) => jar[name] ?? '');
    const length = Math.max(...values.map((v) => v.length));
    const differing = Array.from({ length }, (_, i) => new Set(values.map((v) => v[i] ?? ''))).filter(
      (s) => s.size > 1,
    );
    const characters = differing.flatMap((s) => [...s]).join('');
    const alphabet = /^\d*$/.test(characters) ? 10 : /^[0-9a-f]*$/i.test(characters) ? 16 : 64;
    bits += differing.length * Math.log2(alphabet);
  }
  return Math.floor(bits);
}

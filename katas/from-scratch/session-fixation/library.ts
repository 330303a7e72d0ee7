import type { Browser, HttpFact, ProbeContext, Reply, Served, Site } from 'kibitzer/kit';
import type * as Starter from './starter/site.ts';

export type Play = ProbeContext<typeof Starter>;
type Deps = Parameters<typeof Starter.createSite>[0];
export type Reader = keyof typeof READERS;

/** Readers of the library, with their passwords and full names. */
export const READERS = {
  ann: { password: 'quince', name: 'Ann Archer' },
  ben: { password: 'medlar', name: 'Ben Baker' },
  eve: { password: 'sloe', name: 'Eve Cole' },
} as const;

export const called = (reader: Reader): string => READERS[reader].name.split(' ')[0]!;

/** The site, and what a probe does at it. */
export interface Library {
  /** a browser that nobody has used yet */
  browser(name: string): Browser;
  /** the line that asked for a password last */
  checkedAt(): Site | null;
  /** how often a password was asked for */
  checks(): number;
}

/** Opens a library. Lines that ask for a password or for chance are noted in `t.reads`. */
export function openLibrary(t: Play, mod: typeof Starter = t.mod, chance: Partial<Chance> = {}): Library {
  const { clock, random } = { clock: t.clock, random: t.random, ...chance };
  const secrets = chance.secrets ?? random;
  let checks = 0;
  const deps: Deps = {
    clock,
    random: {
      float: t.reads.calls('random.float', random.float),
      int: t.reads.calls('random.int', random.int),
      bytes: t.reads.calls('random.bytes', secrets.bytes),
    },
    check: t.reads.calls('check', (name: string, password: string) => {
      checks++;
      const reader = Object.hasOwn(READERS, name) ? READERS[name as Reader] : undefined;
      return reader?.password === password ? reader.name : null;
    }),
  };
  const site: Served = t.http.serve(mod.createSite(deps));
  return {
    browser: (name) => site.browser(name),
    checkedAt: () => t.reads.facts.findLast((f) => f.what === 'check')?.site ?? null,
    checks: () => checks,
  };
}

/** What a library is made with. */
interface Chance {
  clock: Play['clock'];
  /** what may be worked out */
  random: Play['random'];
  /** what `bytes` gives */
  secrets: Play['random'];
}

// what readers do

/** Logs in. A redirect to /me is not followed: what is there is asked anyway. */
export async function login(browser: Browser, reader: Reader): Promise<Reply> {
  const form = { name: reader, password: READERS[reader].password };
  const reply = await browser.post('/login', form, { follow: false });
  const { location } = reply.headers;
  const to = location === undefined ? null : URL.parse(location, 'https://site.example/login');
  if (!to || to.pathname === '/me') return reply;
  const next = await browser.get(to.pathname + to.search);
  return { ...next, trail: [reply, ...next.trail] };
}

export async function put(browser: Browser, ...items: string[]): Promise<void> {
  for (const item of items) await browser.post('/basket', { item }, { follow: false });
}

/** Visits the front page, and does something there if that gave no cookie yet. */
export async function visit(browser: Browser): Promise<Reply> {
  const page = await browser.get('/');
  return browser.cookies.all().length > 0 ? page : browser.post('/basket', { item: 'Ulysses' });
}

/** A reader as whom a browser is logged in, with the exchange that shows it. */
export async function whoIs(browser: Browser): Promise<{ reader: Reader | null; reply: Reply }> {
  const reply = await browser.get('/me');
  const known = Object.keys(READERS) as Reader[];
  const reader =
    reply.status === 200 ? (known.find((r) => reply.body.includes(READERS[r].name)) ?? null) : null;
  return { reader, reply };
}

export async function basketOf(browser: Browser): Promise<{ items: string[]; reply: Reply }> {
  const reply = await browser.get('/basket');
  return {
    items: reply.body
      .split(/\r?\n/)
      .map((item) => item.trim())
      .filter((item) => item !== ''),
    reply,
  };
}

// cookies

export type Jar = Readonly<Record<string, string>>;

export const jarOf = (browser: Browser): Jar =>
  Object.fromEntries(browser.cookies.all().map((c) => [c.name, c.value]));

export function plant(jar: Jar, browser: Browser): void {
  for (const [name, value] of Object.entries(jar)) browser.cookies.set(name, value);
}

/** Cookies of `after` that were not in `before`, or have another value now. */
export const newIn = (after: Jar, before: Jar): Jar =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));

/** Whether the cookies that a browser got since it had `before` are a key: they alone say who it is. */
export async function hasNewKey(
  site: Library,
  browser: Browser,
  before: Jar,
  reader: Reader,
): Promise<boolean> {
  const fresh = newIn(jarOf(browser), before);
  if (Object.keys(fresh).length === 0) return false;
  const alone = site.browser(browser.name);
  plant(fresh, alone);
  return (await whoIs(alone)).reader === reader;
}

// evidence

/** Longer values of cookies are shown by their ends. */
const SHOWN = 10;

const short = (value: string): string =>
  value.length > SHOWN ? `${value.slice(0, 4)}…${value.slice(-4)}` : value;

const cookies = (line: string): string =>
  line.replaceAll(/([^=;\s]+)=([^;]+)/g, (_all, name: string, value: string) => `${name}=${short(value)}`);

/** What a Set-Cookie line does: the name, the value, and whether it takes the cookie back. */
const setCookie = (line: string): string => {
  const [pair, ...attributes] = line.slice('Set-Cookie: '.length).split(/;\s*/);
  const ends = attributes.some((a) => /^(?:max-age=0|expires=.*1970)/i.test(a));
  return `Set-Cookie: ${cookies(pair!)}${ends ? '; Max-Age=0' : ''}`;
};

const nameIn = (line: string): string => line.slice(0, line.indexOf('='));

/** An exchange in one line: what was asked with which cookies, the status, cookies, and on two pages what they say. */
export function told({ fact }: Reply, note?: string): HttpFact {
  const [asked, ...sent] = fact.request.split('\n');
  const request = [
    asked!,
    ...sent.filter((line) => line.startsWith('Cookie: ')).map(cookies),
    ...(asked === 'POST /basket' ? [sent.at(-1)!] : []),
  ];
  const [status, ...rest] = fact.response.split('\n');
  const set = rest
    .filter((line) => line.startsWith('Set-Cookie: '))
    .map(setCookie)
    // of two for one cookie the browser keeps the last
    .filter((line, i, all) => !all.slice(i + 1).some((later) => nameIn(later) === nameIn(line)));
  const page = rest.filter((line) => !/^(?:Set-Cookie|Location): /.test(line)).join(', ');
  const says = /^GET \/(?:me|basket)$/.test(asked!) && status === '200';
  const response = [status!, ...set, ...(says ? [page === '' ? 'nothing' : page.slice(0, 30)] : [])];
  return {
    ...fact,
    request: request.join('\n'),
    response: response.join('\n'),
    ...(note === undefined ? {} : { note }),
  };
}

/** The exchange in which an answer set cookies, or the last one. */
export const thatSet = (reply: Reply): Reply =>
  reply.trail.findLast((r) => r.headers['set-cookie'] !== undefined) ?? reply.trail[0] ?? reply;

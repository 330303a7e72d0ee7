import { probe, type Browser, type Fact, type Reply, type Site } from 'kibitzer/kit';
import { seekTheKey } from './guess.ts';
import {
  basketOf,
  called,
  hasNewKey,
  jarOf,
  login,
  openLibrary,
  plant,
  put,
  READERS,
  thatSet,
  told,
  visit,
  whoIs,
  type Jar,
  type Library,
  type Play,
  type Reader,
} from './library.ts';

/** Real milliseconds: a busy machine is no mistake. */
const BUDGET = 10_000;

/** A line that a mistake may point at. */
const mark = (t: Play, text: string, site: Site | null): void => t.fact({ kind: 'note', text, site });

/** Marks the lines of a login: the one that asked for the password, the one that set the cookie. */
function markLogin(t: Play, site: Library, reply: Reply): void {
  mark(t, 'asks for the password', site.checkedAt());
  mark(t, 'sets the cookie', thatSet(reply).saidAt('set-cookie'));
}

const facts = (t: Play, ...all: Fact[]): void => all.forEach((f) => t.fact(f));

/** Logs in and makes sure of it. */
async function loggedIn(t: Play, site: Library, browser: Browser, reader: Reader): Promise<Reply> {
  const before = site.checks();
  const reply = await login(browser, reader);
  const { reader: found, reply: me } = await whoIs(browser);
  if (found === reader) return reply;
  facts(t, told(reply.trail[0]!), told(me));
  if (site.checks() > before) markLogin(t, site, reply);
  t.see('login', found === null ? 'refused' : 'somebody-else');
  t.hold(false, `${called(reader)} has logged in, and /me says ${found ? called(found) : me.status}`);
  return reply;
}

/** A further browser with copied cookies. */
function thief(site: Library, jar: Jar): Browser {
  const eve = site.browser('Eve');
  plant(jar, eve);
  return eve;
}

// 1 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe(
  {
    id: 'works',
    budgetMs: BUDGET,
    role: 'gate',
    sentence: 1,
    plays: 'POST /login; GET /me; POST /logout; GET /me',
  },
  async (t: Play) => {
    const ann = openLibrary(t).browser('Ann');
    t.equal((await ann.get('/me')).status, 401, 'nobody is logged in, and /me is not 401');
    t.equal(
      (await ann.post('/login', { name: 'ann', password: 'guess' }, { follow: false })).status,
      401,
      'a login with a wrong password is not answered with 401',
    );
    await put(ann, 'Emma', 'Ulysses');
    t.equal((await basketOf(ann)).items, ['Emma', 'Ulysses'], 'the basket is not what was put in it');
    await login(ann, 'ann');
    const me = await ann.get('/me');
    t.equal([me.status, me.body.includes(READERS.ann.name)], [200, true], "/me is not the reader's name");
    await put(ann, 'Dune');
    t.hold((await basketOf(ann)).items.includes('Dune'), 'the basket of a reader is not what was put in it');
    await ann.post('/logout', {});
    t.equal((await ann.get('/me')).status, 401, 'after the logout /me is not 401');
  },
);

// 2 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe(
  {
    id: 'planted-before-login',
    budgetMs: BUDGET,
    sentence: 2,
    plays: 'Eve GET /; her cookies into the browser of Ann; Ann POST /login; Eve GET /me',
  },
  async (t: Play) => {
    const site = openLibrary(t);
    const eve = site.browser('Eve');
    const ann = site.browser('Ann');
    const page = await visit(eve);
    const planted = jarOf(eve);
    plant(planted, ann);
    const reply = await loggedIn(t, site, ann, 'ann');
    const { reader, reply: me } = await whoIs(eve);
    t.see('eve', reader ?? 'nobody');
    if (reader === null) return;
    t.see('key', (await hasNewKey(site, ann, planted, 'ann')) ? 'new' : 'same');
    facts(t, told(thatSet(page)), told(thatSet(reply)), told(me));
    markLogin(t, site, reply);
    t.hold(false, `${called(reader)} logged in, and Eve's browser is logged in as ${called(reader)}`);
  },
);

probe(
  {
    id: 'old-id-is-dead',
    budgetMs: BUDGET,
    sentence: 2,
    plays: 'Ann GET /; Eve copies the cookies; Ann POST /login, POST /basket; Eve GET /me, GET /basket',
  },
  async (t: Play) => {
    const site = openLibrary(t);
    const ann = site.browser('Ann');
    await visit(ann);
    await put(ann, 'Emma');
    const before = jarOf(ann);
    const reply = await loggedIn(t, site, ann, 'ann');
    await put(ann, 'Dune');
    const eve = thief(site, before);
    const { items, reply: basket } = await basketOf(eve);
    const { reader, reply: me } = await whoIs(eve);
    const seesDune = items.includes('Dune');
    t.see('eve', reader ?? (seesDune ? 'basket' : 'nobody'));
    if (reader === null && !seesDune) return;
    t.see('key', (await hasNewKey(site, ann, before, 'ann')) ? 'new' : 'same');
    facts(t, told(thatSet(reply)), told(reader === null ? basket : me, 'an old copy'));
    markLogin(t, site, reply);
    t.hold(
      false,
      reader === null
        ? 'the cookie from before the login still shows what Ann puts in her basket'
        : `the cookie from before the login opens what belongs to ${called(reader)}`,
    );
  },
);

// 3 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

/** The same shape, and another value: what a check of the shape alone lets through. */
const likewise = (value: string): string =>
  value.replaceAll(/%[0-9a-f]{2}|[0-9a-z]/gi, (c) => {
    if (c.length > 1) return c;
    const range = ['0123456789', 'abcdef', 'ghijklmnopqrstuvwxyz', 'ABCDEF', 'GHIJKLMNOPQRSTUVWXYZ'].find(
      (r) => r.includes(c),
    )!;
    return range[(range.indexOf(c) + range.length / 2) % range.length]!;
  });

probe(
  {
    id: 'invented-id',
    budgetMs: BUDGET,
    sentence: 3,
    plays: 'Ann POST /login with cookies that Eve made up; Eve GET /me with the same ones',
  },
  async (t: Play) => {
    const site = openLibrary(t);
    const scout = site.browser('Eve');
    await visit(scout);
    const asVisitor = jarOf(scout);
    await login(scout, 'eve');
    const all = { ...asVisitor, ...jarOf(scout) };
    const jar = Object.fromEntries(Object.entries(all).map(([name, issued]) => [name, likewise(issued)]));
    t.see('login', 'refused');
    t.see('visit', 'refused');
    const ann = site.browser('Ann');
    plant(jar, ann);
    const reply = await loggedIn(t, site, ann, 'ann');
    const { reader, reply: me } = await whoIs(thief(site, jar));
    if (reader !== null) {
      t.see('login', 'adopted');
      t.see('key', (await hasNewKey(site, ann, jar, 'ann')) ? 'new' : 'same');
      facts(t, told(thatSet(reply), 'made up by Eve'), told(me));
      mark(t, 'reads the cookie', reply.trail[0]!.readAt('cookie'));
      t.hold(false, `Eve made the cookie up; after ${called(reader)}'s login it opens what is hers`);
    }
    const visitor = site.browser('Ann');
    plant(jar, visitor);
    const answer = await visitor.post('/basket', { item: 'Emma' }, { follow: false });
    const { items, reply: basket } = await basketOf(thief(site, jar));
    if (!items.includes('Emma')) return;
    t.see('visit', 'adopted');
    facts(t, told(answer, 'made up by Eve'), told(basket));
    mark(t, 'reads the cookie', answer.readAt('cookie'));
    t.hold(false, 'Eve made the cookie up; now it opens the basket of whoever was given it');
  },
);

// 4 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe(
  {
    id: 'basket-comes-along',
    budgetMs: BUDGET,
    sentence: 4,
    plays: 'POST /basket twice; POST /login; GET /basket',
  },
  async (t: Play) => {
    const site = openLibrary(t);
    const ann = site.browser('Ann');
    await visit(ann);
    await put(ann, 'Emma', 'Dune');
    const { reply: before } = await basketOf(ann);
    const reply = await loggedIn(t, site, ann, 'ann');
    const { items, reply: after } = await basketOf(ann);
    const kept = ['Emma', 'Dune'].filter((item) => items.includes(item)).length;
    t.see('basket', ['gone', 'partly', 'kept'][kept]!);
    facts(t, told(before), told(thatSet(reply)), told(after));
    markLogin(t, site, reply);
    t.hold(kept === 2, `two books were in the basket before the login, ${kept} after it`);
  },
);

// 5 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe(
  {
    id: 'logout-ends-it',
    budgetMs: BUDGET,
    sentence: 5,
    plays: 'Ann logs in at two devices; Eve copies the cookies of one; Ann POST /logout there; Eve GET /me',
  },
  async (t: Play) => {
    const site = openLibrary(t);
    const phone = site.browser('Phone');
    const ann = site.browser('Ann');
    await loggedIn(t, site, phone, 'ann');
    const second = await loggedIn(t, site, ann, 'ann');
    const atLogin = await whoIs(phone);
    t.see('phone', atLogin.reader === 'ann' ? 'in' : 'out-at-login');
    if (atLogin.reader !== 'ann') {
      facts(t, told(thatSet(second)), told(atLogin.reply));
      markLogin(t, site, second);
      t.hold(false, "Ann's login at the desk logged her phone out");
    }
    const copied = jarOf(ann);
    await put(ann, 'Dune');
    const reply = await ann.post('/logout', {}, { follow: false });
    const out = reply.trail[0]!;
    const markLogout = (): void => {
      mark(t, 'takes the cookie back', thatSet(reply).saidAt('set-cookie'));
      mark(t, 'answers the logout', out.saidAt('end') ?? out.saidAt('status'));
    };
    const eve = thief(site, copied);
    const { reader, reply: me } = await whoIs(eve);
    t.see('copy', reader === null ? 'nobody' : 'reader');
    const lost = await whoIs(phone);
    if (lost.reader !== 'ann') t.see('phone', 'out-at-logout');
    if (reader !== null) {
      facts(t, told(thatSet(reply)), told(me, 'a copy'));
      markLogout();
      t.hold(false, "after Ann's logout a copy of her cookie is still logged in as Ann");
    }
    if (lost.reader !== 'ann') {
      facts(t, told(thatSet(reply)), told(lost.reply));
      markLogout();
      t.hold(false, "Ann's logout at the desk logged her phone out");
    }
    for (const [who, browser] of [
      ['copy', eve],
      ['next', ann],
    ] as const) {
      const { items, reply: basket } = await basketOf(browser);
      if (!items.includes('Dune')) continue;
      t.see('basket', who);
      facts(t, told(thatSet(reply)), told(basket, who === 'copy' ? 'a copy' : 'the next reader'));
      markLogout();
      t.hold(false, "after Ann's logout what she put in her basket is still there for the next");
    }
  },
);

// 6 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe(
  {
    id: 'cannot-guess',
    budgetMs: BUDGET,
    sentence: 6,
    plays: 'Eve runs the same program at home, at the same time, and tries the cookie that Ann gets there',
  },
  seekTheKey,
);

// 7 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe(
  { id: 'cookie-flags', budgetMs: BUDGET, sentence: 7, plays: 'POST /login; Set-Cookie' },
  async (t: Play) => {
    const site = openLibrary(t);
    const ann = site.browser('Ann');
    const replies = [await visit(ann), await loggedIn(t, site, ann, 'ann')].flatMap((r) => r.trail);
    const jar = jarOf(ann);
    for (const name of await needed(site, jar)) {
      const set = (r: Reply): string | undefined =>
        r.headers['set-cookie']?.findLast((line) => line.startsWith(`${name}=`));
      const reply = replies.findLast((r) => set(r) !== undefined);
      const kept = ann.cookies.all().find((c) => c.name === name)!;
      const line = reply ? set(reply)! : '';
      const missing = [
        ...(kept.httpOnly ? [] : ['HttpOnly']),
        ...(/;\s*SameSite=(?:Lax|Strict)\s*(?:;|$)/i.test(line) ? [] : ['SameSite']),
        ...(kept.path === '/' ? [] : ['Path=/']),
      ];
      if (missing.length === 0) continue;
      t.see('missing', missing.join(' '));
      t.see('same-site', /;\s*SameSite=None/i.test(line) ? 'none' : 'other');
      const attributes = line.replace(/^[^;]*;?\s*/, '');
      t.fact({
        kind: 'value',
        name,
        expected: 'HttpOnly; SameSite=Lax; Path=/',
        actual: attributes === '' ? 'none' : attributes,
      });
      mark(t, 'sets the cookie', reply?.saidAt('set-cookie') ?? null);
      t.hold(
        false,
        `the cookie ${name} logs in, and comes without ${missing.map((m) => (m === 'SameSite' ? 'SameSite=Lax or Strict' : m)).join(' and ')}`,
      );
    }
  },
);

/** The cookies without which nobody is logged in. */
async function needed(site: Library, jar: Jar): Promise<string[]> {
  const names = Object.keys(jar);
  if (names.length === 1) return names;
  const missed: string[] = [];
  for (const name of names) {
    const { [name]: _left, ...others } = jar;
    if ((await whoIs(thief(site, others))).reader === null) missed.push(name);
  }
  return missed;
}

// 8 ————————————————————————————————————————————————————————————————————————————————————————————————————————————————

probe(
  {
    id: 'another-reader',
    budgetMs: BUDGET,
    sentence: 8,
    plays: 'Ann POST /login, POST /basket; Eve copies the cookies; Ben POST /login there; Eve GET /me',
  },
  async (t: Play) => {
    const site = openLibrary(t);
    const desk = site.browser('Ann');
    await loggedIn(t, site, desk, 'ann');
    await put(desk, 'Dune');
    const before = jarOf(desk);
    const ben = site.browser('Ben');
    plant(before, ben);
    const reply = await loggedIn(t, site, ben, 'ben');
    const { reader, reply: me } = await whoIs(thief(site, before));
    t.see('copy', reader ?? 'nobody');
    if (reader !== null) {
      t.see('key', (await hasNewKey(site, ben, before, 'ben')) ? 'new' : 'same');
      facts(t, told(thatSet(reply)), told(me, 'her old cookie'));
      markLogin(t, site, reply);
      t.hold(false, `Ben logged in after Ann, and her old cookie is logged in as ${called(reader)}`);
    }
    const { items, reply: basket } = await basketOf(ben);
    t.see('basket', items.includes('Dune') ? 'inherited' : 'own');
    if (!items.includes('Dune')) return;
    facts(t, told(thatSet(reply)), told(basket));
    markLogin(t, site, reply);
    t.hold(false, 'Ben logged in after Ann, and what she put in her basket is in his');
  },
);

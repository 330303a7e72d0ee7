import { probe, type HandleFact, type SqlWorld } from 'kibitzer/kit';
import {
  exchanges,
  holds,
  latest,
  messageOf,
  orderText,
  Street,
  type Config,
  type HttpFact,
  type Order,
  type Shop,
} from './shops.ts';
import {
  calls,
  effectsSoFar,
  databases,
  isAt,
  isRefusedWrite,
  note,
  opened,
  storedIn,
  tell,
  grouped,
} from './evidence.ts';
import { CHF, EUR, JPY, playInOrder, type Found } from './scenes.ts';
import type * as Starter from './starter/shop.ts';

probe<typeof Starter>({ id: 'works', role: 'gate', sentence: 1, plays: `POST /orders, GET /orders` }, (t) => {
  const [file] = databases(t, 1) as [SqlWorld];
  const notices: string[] = [];
  const notify = (order: Order): void => void notices.push(orderText(order));
  const street = new Street();
  const shop = street.open('shop', t.mod, { database: file.file, currency: 'EUR', notify });
  const broken = (): string => {
    const failed = exchanges(street).find((f) => f.response.startsWith('threw'));
    return failed ? `: ${failed.response}` : '';
  };
  t.equal(shop.front(), { says: 'Welcome, EUR', taken: 0 }, `GET / does not answer as promised${broken()}`);
  t.equal(shop.items(), 'nothing', `a new database lists orders, or none can be listed${broken()}`);
  t.equal(
    shop.order('lamp', 12),
    '#1 lamp, 12 EUR',
    `POST /orders does not answer with the order${broken()}`,
  );
  t.hold(holds(file, 'lamp'), 'the order does not stand in the database');
  t.equal(shop.order('rug', 80), '#2 rug, 80 EUR', `the second order is not number 2${broken()}`);
  t.equal(shop.items(), 'lamp, rug', 'GET /orders does not list what was ordered');
  t.equal(notices, ['#1 lamp, 12 EUR', '#2 rug, 80 EUR'], 'notify was not called with each order');
  t.equal(shop.front().taken, 2, 'two orders were taken, and taken says otherwise');
  t.equal(shop.ask('GET', '/nowhere').status, 404, 'an unknown path is not answered with 404');
  t.equal(shop.ask('DELETE', '/orders').status, 404, 'an unknown method is not answered with 404');
  shop.close();
});

probe<typeof Starter>(
  { id: 'two-shops', sentence: 2, plays: `A.handle({ method: 'POST', … }); B.handle({ method: 'GET', … })` },
  (t) => {
    const [fileA, fileB] = databases(t, 2) as [SqlWorld, SqlWorld];
    const street = new Street();
    const a = street.open('A', t.mod, { database: fileA.file, ...EUR });
    const b = street.open('B', t.mod, { database: fileB.file, ...JPY });
    a.order('lamp');
    const first = { a: a.items(), b: b.items() };
    const told = [...street.told];
    const lamp = [holds(fileA, 'lamp'), holds(fileB, 'lamp')].join();
    b.order('roll');
    const second = { a: a.items(), b: b.items() };
    const roll = [holds(fileA, 'roll'), holds(fileB, 'roll')].join();
    const files = [fileA, fileB].filter((f) => t.handles.opened.some((o) => isAt(o.location, f)));

    const mixed =
      first.b.includes('lamp') ||
      first.a === 'nothing' ||
      second.a.includes('roll') ||
      second.b.includes('lamp');
    t.see('orders', mixed ? 'mixed' : 'apart');
    t.see('stored-in', storedIn(lamp, roll));
    t.see('opened', files.length === 2 ? 'both' : files.length === 1 ? 'one' : 'neither');
    if (files.length === 1) {
      const which = files[0] === fileA ? 'A' : 'B';
      const { site } = t.handles.opened.find((o) => isAt(o.location, files[0]!))!;
      t.fact(opened(`the database of ${which}; never that of ${which === 'A' ? 'B' : 'A'}`, site));
    }
    tell(t, first.b.includes('lamp') || first.a === 'nothing' ? told : latest(street, 3));
    const symptom = first.b.includes('lamp')
      ? 'A took the order for a lamp; B, with another database, lists it'
      : first.a === 'nothing'
        ? 'A took the order for a lamp and does not list it'
        : 'B took the order for a roll, and the orders are mixed';
    t.hold(!mixed, symptom);
    t.equal(
      first,
      { a: 'lamp', b: 'nothing' },
      `A, with a lamp ordered, lists ${first.a}; B lists ${first.b}`,
    );
    t.equal(
      second,
      { a: 'lamp', b: 'roll' },
      `then a roll is ordered at B; A lists ${second.a}, B lists ${second.b}`,
    );
  },
);

probe<typeof Starter>(
  {
    id: 'two-currencies',
    sentence: 3,
    plays: `A = createApp(euros); B = createApp(yen); A.handle({ method: 'GET', path: '/' })`,
  },
  (t) => {
    const [fileA, fileB, fileC] = databases(t, 3) as [SqlWorld, SqlWorld, SqlWorld];
    const street = new Street();
    const a = street.open('A', t.mod, { database: fileA.file, ...EUR });
    const b = street.open('B', t.mod, { database: fileB.file, ...JPY });
    const plain = street.open('C', t.mod, { database: fileC.file, currency: 'CHF' });
    const said = { a: a.front().says, b: b.front().says, c: plain.front().says };
    const right = { a: 'Hello, EUR', b: 'Good day, JPY', c: 'Welcome, CHF' };
    const wrong = (['a', 'b', 'c'] as const).filter((k) => said[k] !== right[k]);
    const ordered = a.order('lamp');
    const all = Object.values(right);
    const others = wrong.some((k) => all.includes(said[k]));
    const parts = all.flatMap((s) => s.split(', '));
    const mixed = wrong.some((k) => said[k].split(', ').every((part) => parts.includes(part)));
    const priced = ordered.endsWith(' EUR') ? 'own' : /(?:JPY|CHF)$/.test(ordered) ? 'of-another' : 'unknown';
    t.see('answers', wrong.length === 0 ? 'own' : others || mixed ? 'of-another' : 'unknown');
    t.see('prices', priced);
    const first = wrong[0];
    tell(
      t,
      first
        ? exchanges(street)
            .filter((f) => f.who === first.toUpperCase())
            .slice(0, 1)
        : latest(street, 1),
    );
    if (first)
      t.fact({ kind: 'value', name: first.toUpperCase(), expected: right[first], actual: said[first] });
    t.hold(
      first === undefined,
      first ? `${first.toUpperCase()} was created with “${right[first]}” and says “${said[first]}”` : '',
    );
    t.hold(priced === 'own', `A was created with EUR, and takes an order as “${ordered}”`);
  },
);

probe<typeof Starter>(
  {
    id: 'one-order-one-notice',
    sentence: 4,
    plays: `createApp({ notify }) three times; C.handle({ method: 'POST', … })`,
  },
  (t) => {
    const files = databases(t, 3);
    const street = new Street();
    const notices: string[] = [];
    const shops = ['A', 'B', 'C'].map((name, i) =>
      street.open(name, t.mod, {
        database: files[i]!.file,
        ...[EUR, JPY, CHF][i]!,
        notify: (order) => {
          notices.push(`${name}: ${order.item}`);
          // whoever is notified may ask another application
          if (name === 'C') shops[0].front();
        },
      }),
    ) as [Shop, Shop, Shop];
    shops[2].order('rug');
    const [third, listed] = [notices.splice(0), shops[2].items()];
    shops[0].order('lamp');
    const first = notices.splice(0);
    const [got, wanted] = third.join() === 'C: rug' ? [first, 'A: lamp'] : [third, 'C: rug'];
    const many = third.length > 1 || first.length > 1 || listed.split(', ').length > 1;
    const elsewhere = !many && [...third, ...first].length > 0 && got.join() !== wanted;
    t.see('notices', many ? 'many' : elsewhere ? 'elsewhere' : got.join() === wanted ? 'right' : 'none');
    const taken = shops.map((shop) => String(shop.front().taken)).join(', ');
    t.see('asked-meanwhile', taken === '1, 0, 1' ? 'apart' : 'mixed');
    const all = exchanges(street);
    const losing = (f: HttpFact): boolean => f.who === wanted[0] && f.request.startsWith('POST');
    tell(t, got.join() === wanted ? [...all.slice(0, 2), all.at(-1)!] : all.filter(losing).slice(0, 1));
    for (const notice of got) note(t, `notify of ${notice.replace(': ', ' was called: ')}`);
    t.equal(got, [wanted], `one order at ${wanted[0]}, and ${calls(got)}`);
    t.equal(listed, 'rug', `one order at C, and C lists ${listed}`);
    t.equal(
      taken,
      '1, 0, 1',
      `A was asked while C notified; A and C took an order each, and A, B, C have taken ${taken}`,
    );
  },
);

probe<typeof Starter>({ id: 'import-is-silent', sentence: 5, plays: `import './shop.ts'` }, (t) => {
  const { connections, others, env, words } = effectsSoFar(t);
  t.see('opens', connections.length > 0);
  t.see('starts', others.length > 0);
  t.see('environment', env.length > 0);
  note(t, 'import, and nothing else');
  tell(t, [...connections, ...others, ...env].slice(0, 3));
  t.hold(words.length === 0, `the module was imported, and ${words.join(', and ')}`);
});

probe<typeof Starter>(
  { id: 'close-closes-own', sentence: 6, plays: `A.close(); B.handle({ method: 'GET', … })` },
  (t) => {
    const [fileA, fileB] = databases(t, 2) as [SqlWorld, SqlWorld];
    const street = new Street();
    const before = t.handles.snapshot();
    const a = street.open('A', t.mod, { database: fileA.file, ...EUR });
    const b = street.open('B', t.mod, { database: fileB.file, ...JPY });
    a.order('lamp');
    b.order('roll');
    a.close();
    const site = t.handles.opened.find((o) => isAt(o.location, fileB) && o.closedAt)?.closedAt;
    const listed = [b.items(), b.order('bun').replace(/^#\d+ /, ''), b.items()];
    const answers = listed.join(' | ') === 'roll | bun, 12 JPY | roll, bun';
    t.see('b-after', answers ? 'answers' : listed.includes('an error') ? 'fails' : 'otherwise');
    const open = t.handles.opened.filter((o) => isAt(o.location, fileA) && o.isOpen);
    if (answers) b.close();
    const left = answers ? t.handles.leaked(before) : open.map((o) => opened('', o.site));
    t.see(
      'left',
      left.length === 0 && open.length === 0 ? 'nothing' : open.length > 0 ? 'connection-of-a' : 'more',
    );
    if (!answers) {
      const failed = exchanges(street).find((f) => f.response.startsWith('threw'));
      note(t, 'A.close()');
      if (site) t.fact({ kind: 'handle', what: "connections to B's database", open: 0, site });
      tell(t, failed ? [failed] : latest(street, 1));
    } else {
      note(t, open.length > 0 ? 'A.close()' : 'A.close(), B.close()');
      const of = (f: HandleFact): HandleFact => ({
        ...f,
        what: f.what.replace(fileA.file, 'the database of A').replace(fileB.file, 'the database of B'),
      });
      tell(
        t,
        open.length > 0
          ? open.map((o) => opened('connection to the database of A', o.site))
          : grouped(left.map(of)),
      );
    }
    t.hold(
      answers,
      `A was closed, and B ${listed.includes('an error') ? 'cannot answer any more' : `lists ${listed[0]}`}`,
    );
    t.hold(open.length === 0, 'A was closed, and its database is still open');
    const rest = [...new Set(left.map((f) => `a ${f.what.replace(/ .*/, '')}`))].join(', ');
    t.hold(left.length === 0, `both were closed, and something is left: ${rest}`);
  },
);

probe<typeof Starter>(
  {
    id: 'caller-keeps-config',
    sentence: 7,
    plays: `createApp(Object.freeze(config)); config.currency = 'JPY'`,
  },
  (t) => {
    const [file, other, third] = databases(t, 3) as [SqlWorld, SqlWorld, SqlWorld];
    const street = new Street();
    let thrown: unknown;
    try {
      const shop = street.open('A', t.mod, Object.freeze<Config>({ database: third.file, currency: 'EUR' }));
      thrown = shop.ask('GET', '/').error ?? shop.ask('POST', '/orders', { item: 'lamp', price: 12 }).error;
    } catch (error) {
      thrown = error;
    }
    t.see('frozen', thrown === undefined ? 'taken' : isRefusedWrite(thrown) ? 'written-to' : 'throws');

    const notices: string[] = [];
    const plain: Config = { database: file.file, currency: 'EUR', notify: () => void notices.push('old') };
    const given = t.reads.watch<Config>(plain);
    const shop = street.open('B', t.mod, given);
    const keys = Object.keys(given).join(', ');
    const changed =
      keys !== 'database, currency, notify' || given.currency !== 'EUR' || given.database !== file.file;

    const frozen = Object.isFrozen(given);
    t.see('config', changed ? 'changed' : frozen ? 'frozen' : 'left');
    t.reads.clear();
    const notify = (): void => void notices.push('new');
    if (!frozen) Object.assign(given, { database: other.file, ...JPY, notify });
    const ordered = shop.order('lamp');
    const { says } = shop.front();
    const reads = t.reads.facts.filter((f) => f.site);
    const followed = {
      currency: ordered.endsWith(' JPY') || says.endsWith(', JPY'),
      greeting: says.startsWith('Good day,'),
      database: holds(other, 'lamp'),
      notify: notices.includes('new'),
    };
    const which = (Object.keys(followed) as (keyof typeof followed)[]).filter((k) => followed[k]);
    t.see('follows', which.length === 0 ? 'nothing' : which.join('+'));
    if (thrown !== undefined) {
      note(t, 'createApp(Object.freeze({ database, currency }))');
      note(t, `threw ${messageOf(thrown)}`, thrown);
    } else if (frozen) {
      note(t, 'createApp(config)');
      t.fact({ kind: 'value', name: 'Object.isFrozen(config)', expected: 'false', actual: 'true' });
    } else if (changed) {
      t.fact({ kind: 'value', name: 'config', expected: 'database, currency, notify', actual: keys });
    } else {
      note(t, `config.currency = 'JPY' after createApp(config), the other settings likewise`);
      tell(t, latest(street, 2));
      const read = reads.find((f) => which.includes(f.what as 'currency'));
      if (read) t.fact({ ...read, what: `config.${read.what}`, detail: 'read' });
    }
    t.hold(thrown === undefined, 'a config that is frozen is not accepted');
    t.hold(!changed, `the caller's config has changed; it has now: ${keys}`);
    t.hold(!frozen, "the caller's config is frozen after createApp");
    t.equal(
      which,
      [],
      `the caller changed his config afterwards, and the application's ${which.join(', ')} changed`,
    );
  },
);

probe<typeof Starter>(
  {
    id: 'either-shop-first',
    sentence: 8,
    plays: `A.handle({ method: 'POST', … }); B.handle({ method: 'GET', path: '/' })`,
  },
  async (t) => {
    const found = [playInOrder(t, t.mod, ['A', 'B']), playInOrder(t, await t.fresh(), ['B', 'A'])];
    const wrong = found.find((f) => f.taken.join() !== '2,1');
    const misnumbered = found.find((f) => f.numbers.join() !== '#1,#2,#1');
    const of = (f: Found): number => Number(f.taken[0]) + Number(f.taken[1]);
    t.see('taken', wrong ? (of(wrong) > 3 ? 'of-others-too' : 'otherwise') : 'own');
    t.see('numbers', misnumbered ? (misnumbered.numbers[2] === '#1' ? 'otherwise' : 'go-on') : 'own');
    const told = wrong ?? misnumbered;
    if (told) tell(t, wrong ? [...told.told.slice(0, 3), ...told.told.slice(-2)] : told.told.slice(0, 3));
    t.hold(
      !misnumbered,
      misnumbered ? `the first order at ${misnumbered.names[1]} has number ${misnumbered.numbers[2]}` : '',
    );
    t.hold(
      !wrong,
      wrong
        ? `${wrong.names[0]} took 2 orders, ${wrong.names[1]} took 1; they say ${wrong.taken.map(String).join(' and ')}`
        : '',
    );
  },
);

probe<typeof Starter>(
  {
    id: 'same-settings-twice',
    sentence: 9,
    plays: `createApp(config); createApp(config)`,
    needs: ['two-shops', 'two-currencies', 'one-order-one-notice', 'close-closes-own', 'either-shop-first'],
  },
  (t) => {
    const [file, second] = databases(t, 2) as [SqlWorld, SqlWorld];
    const street = new Street();
    /** Says what came of one case; the first that went wrong is told. */
    const same = (seen: string, got: string, wanted: string, otherwise: string): void => {
      t.see(seen, got === wanted ? 'right' : got.includes('an error') ? 'fails' : 'wrong');
      if (got === wanted) return void street.told.splice(0);
      tell(t, latest(street, 4));
      t.hold(false, `${otherwise} ${got} instead of ${wanted}`);
    };
    const notices: string[] = [];
    const at = (name: string, of: object): Config => ({
      database: file.file,
      currency: '',
      ...of,
      notify: (order) => void notices.push(`${name} ${order.item}`),
    });
    const a = street.open('A', t.mod, at('A', EUR));
    const b = street.open('B', t.mod, at('B', JPY));
    const says = `${a.front().says}; ${b.front().says}`;
    same('settings', says, 'Hello, EUR; Good day, JPY', 'A was given euros, B yen, and they say');
    const prices = `${a.order('lamp')}; ${b.order('roll', 150)}`;
    same('prices', prices, '#1 lamp, 12 EUR; #2 roll, 150 JPY', 'A and B take orders on one database, as');
    same('notices', notices.join(), 'A lamp,B roll', 'one order at A, one at B, and notices are');
    same(
      'taken',
      `${a.front().taken}, ${b.front().taken}`,
      '1, 1',
      'A and B took one order each, and taken is',
    );
    same(
      'orders',
      `${a.items()}; ${b.items()}`,
      'lamp, roll; lamp, roll',
      'A and B work on one database, and list',
    );
    a.close();
    same('after-close', b.items(), 'lamp, roll', 'A was closed; B, on the same database, lists');
    b.close();

    const config: Config = { database: second.file, ...CHF };
    const c = street.open('C', t.mod, config);
    const d = street.open('D', t.mod, config);
    c.order('pot');
    same(
      'one-config',
      `${c.front().taken}, ${d.front().taken}`,
      '1, 0',
      'C took an order, D none, and taken is',
    );
    c.close();
    same('one-config-close', d.items(), 'pot', 'C was closed; D, made of the same config, lists');
    d.close();
    const e = street.open('E', t.mod, config);
    same('again', e.items(), 'pot', 'C and D were closed; E, made of the same config, lists');
    same('number', e.order('jug').split(',')[0]!, '#2 jug', 'E goes on with order');
    e.close();

    const memory: Config = { database: ':memory:', ...CHF };
    const f = street.open('F', t.mod, memory);
    const g = street.open('G', t.mod, memory);
    f.order('fern');
    same('memory', `${f.items()}; ${g.items()}`, 'fern; nothing', 'F took an order in memory; F and G list');
    f.close();
    same('memory-close', g.items(), 'nothing', 'F was closed; G lists');
    g.close();
  },
);

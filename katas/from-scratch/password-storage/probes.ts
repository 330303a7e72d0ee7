import { probe, type CryptoCall, type Fact } from 'kibitzer/kit';
import type * as Starter from './starter/vault.ts';
import {
  COMMON,
  COST,
  PASSWORD,
  clipped,
  damaged,
  inCommon,
  loginFact,
  rowFact,
  rowsOf,
  storedOf,
  told,
  tryLogin,
  type Login,
  type Row,
  type Vault,
} from './table.ts';
import { unitsOf, working, type T, type Work } from './work.ts';

/** Real time: a guess may be made to cost a second and more. */
const budgetMs = 20_000;

const DEAREST = COST + 1;
const LISTED = COMMON.indexOf(PASSWORD) + 1;

probe<typeof Starter>(
  {
    id: 'works',
    role: 'gate',
    sentence: 1,
    plays: `register('ann', '${PASSWORD}'); login('ann', …)`,
    budgetMs,
  },
  async (t) => {
    const vault = t.mod.openVault({ cost: COST });
    await vault.register('ann', PASSWORD);
    t.equal(await vault.login('ann', PASSWORD), true, 'the right password is refused');
    t.equal(await vault.login('ann', 'Hunter2'), false, 'a wrong password is not refused');
    t.equal(await vault.login('zoe', PASSWORD), false, 'a name that is not registered is not refused');
    const rows = rowsOf(vault);
    t.equal(
      rows.map((row) => [row.name, typeof row.stored]),
      [['ann', 'string']],
      'the table has not one row with a name and a text',
    );
    const other = t.mod.openVault({ cost: COST });
    other.restore([...rows, { name: 'bob', stored: rows[0]!.stored }]);
    t.equal(rowsOf(other).length, 2, 'a table that is restored is not the table that is dumped');
  },
);

probe<typeof Starter>(
  {
    id: 'a-list-of-forty-words',
    sentence: 2,
    plays: 'a thief tries common passwords on the stolen table',
    budgetMs,
  },
  async (t) => {
    const vault = t.mod.openVault({ cost: COST });
    const { work: made } = await working(t, () => vault.register('ann', PASSWORD));
    const rows = rowsOf(vault);
    const thief = (await t.fresh()).openVault({ cost: COST });
    thief.restore(rows);
    let guesses = 0;
    let free = 0;
    let found = false;
    for (const word of COMMON.slice(0, LISTED)) {
      const { answer, work } = await tryLogin(t, thief, 'ann', word);
      guesses++;
      if (!worked(work)) free++;
      found = answer === 'in' && free > 0;
      // how much work is for another probe; whoever has to work for each guess does not go on for long
      if (answer === 'in' || worked(work)) break;
    }
    t.see('found', found);
    const cipher = made.calls.findLast((c) => c.name === 'createCipheriv');
    t.see('by', made.plain ? 'plain-hash' : cipher ? 'cipher' : 'nothing');
    tell(t, [
      made.plain ?? cipher,
      rowFact(rows[0]!),
      { kind: 'log', level: 'thief', text: `guess ${guesses}, ${PASSWORD}, gets in`, site: null },
    ]);
    const took =
      free === guesses
        ? `none of the ${guesses} guesses took work`
        : `${free} of the ${guesses} guesses took no work`;
    t.hold(!found, `${PASSWORD} is found with guess ${guesses}, and ${took}`);
  },
);

probe<typeof Starter>(
  {
    id: 'same-password-two-rows',
    sentence: 3,
    plays: `register('ann', …); register('bob', …), one password`,
    budgetMs,
  },
  async (t) => {
    const forum = t.mod.openVault({ cost: COST });
    await forum.register('ann', PASSWORD);
    const { work } = await working(t, () => forum.register('bob', PASSWORD));
    const ann: Row = { name: 'ann', stored: storedOf(forum, 'ann') };
    const bob: Row = { name: 'bob', stored: storedOf(forum, 'bob') };
    const shared = inCommon(ann.stored, bob.stored);
    t.see('two-names', shared === null ? 'distinct' : 'equal');
    if (shared !== null) {
      tell(t, [work.slow ?? work.plain, rowFact(ann, shared), rowFact(bob, shared)]);
      t.hold(false, 'the rows of ann and bob are equal, so their passwords are');
    }
    const shop = (await t.fresh()).openVault({ cost: COST });
    await shop.register('ann', PASSWORD);
    const there = inCommon(ann.stored, storedOf(shop, 'ann'));
    t.see('two-sites', there === null ? 'distinct' : 'equal');
    if (there === null) return;
    tell(t, [
      work.slow ?? work.plain,
      rowFact({ name: 'ann, forum', stored: there }),
      rowFact({ name: 'ann, shop', stored: there }),
    ]);
    t.hold(false, 'the rows of ann on two sites are equal, so her passwords are');
  },
);

probe<typeof Starter>(
  {
    id: 'work-per-guess',
    sentence: 4,
    plays: `openVault().register('ann', …)`,
    needs: ['a-list-of-forty-words'],
    budgetMs,
  },
  async (t) => {
    const { work } = await working(t, () => t.mod.openVault().register('ann', PASSWORD));
    t.see('made-by', work.slow ? 'function-for-passwords' : work.isLoop ? 'own-loop' : 'plain-hash');
    t.see('cost', work.units >= 0.99 ? 'enough' : work.units > 0 ? 'low' : 'none');
    if (work.units >= 0.99) return;
    const times = rounded(1 / work.units);
    const text = work.slow
      ? `${times} guesses for the work that the contract asks of one`
      : `${work.hashes === 1 ? 'one plain hash' : `${work.hashes.toLocaleString('en')} plain hashes`} for a guess, and no memory`;
    tell(t, [work.slow ?? work.plain, { kind: 'log', level: 'thief', text, site: null }]);
    t.hold(false, work.slow ? `the thief gets ${text}` : `the thief needs ${text}`);
  },
);

probe<typeof Starter>(
  {
    id: 'cost-can-rise',
    sentence: 5,
    plays: `openVault({ cost: ${DEAREST} }) takes a table of cost ${COST}`,
    needs: ['work-per-guess'],
    budgetMs,
  },
  async (t) => {
    const before = t.mod.openVault({ cost: COST });
    const { work: made } = await working(t, () => before.register('ann', PASSWORD));
    const later = (await t.fresh()).openVault({ cost: DEAREST });
    later.restore(rowsOf(before));
    const row = storedOf(later, 'ann');
    const guess = await tryLogin(t, later, 'ann', 'letmein');
    const afterGuess = storedOf(later, 'ann');
    const right = guess.answer === 'throws' ? guess : await tryLogin(t, later, 'ann', PASSWORD);
    t.see('after-a-guess', afterGuess === row ? 'same-row' : 'another-row');
    t.see('old-row', right.answer);
    t.see('looked-at', lookedAt(guess.work, made));

    tell(t, [said('before', first(made)), said('later', first(guess.work))]);
    if (afterGuess !== row) {
      tell(t, [
        loginFact('later', `login('ann', 'letmein')`, guess),
        said('later', last(guess.work)),
        rowFact({ name: 'its row', stored: afterGuess }),
      ]);
    }
    if (right.answer === 'throws') tell(t, [said('later', last(right.work))]);
    if (right.answer !== 'in') tell(t, [loginFact('later', `login('ann', '${PASSWORD}')`, right)]);
    t.hold(afterGuess === row, 'a wrong password changed the row');
    t.hold(guess.answer !== 'in', 'a wrong password gets in where the cost was raised');
    t.hold(right.answer !== 'throws', `with cost ${DEAREST} login fails: ${right.error}`);
    t.hold(right.answer === 'in', `with cost ${DEAREST} the right password of an old row is refused`);

    // a row that is made anew beside the answer gets the time that it takes
    if (storedOf(later, 'ann') === row) await later.register('zoe', 'letmein');
    t.see('did-the-work', right.work.units >= 1.5 * made.units);
    const next = (await t.fresh()).openVault({ cost: DEAREST });
    next.restore(rowsOf(later));
    const again = await tryLogin(t, next, 'ann', PASSWORD);
    t.see('renewed', again.work.units >= 1.5 * made.units ? 'yes' : 'no');
    t.see('renewed-row', again.answer);
    tell(t, [loginFact('next', `login('ann', '${PASSWORD}')`, again), said('next', first(again.work))]);
    t.hold(again.answer === 'in', 'after the login that renews the row, the right password is refused');
    t.hold(
      again.work.units >= 1.5 * made.units,
      `after a login with cost ${DEAREST} the row still takes the work of cost ${COST}`,
    );
  },
);

probe<typeof Starter>(
  {
    id: 'odd-passwords',
    sentence: 6,
    plays: `long, foreign and accented passwords`,
    needs: ['work-per-guess'],
    budgetMs,
  },
  async (t) => {
    const vault = t.mod.openVault({ cost: COST });
    const long = `${'correct horse '.repeat(3)}\0${'battery staple '.repeat(3)}`;
    const ignored = await meetAtTheEnd(t, vault, `${long}ш`, `${long}Ո`);
    t.see('every-character', ignored ? 'ignored' : 'counts');
    if (ignored) {
      const pairs = [
        ['length', `${'x'.repeat(88)}a`, `${'x'.repeat(88)}b`, '88 × x, then a or b'],
        ['nul', 'paint\0red', 'paint\0blue', 'paint, NUL, then red or blue'],
        ['letters', 'пароль', '?0@>;L', 'пароль or ?0@>;L'],
        ['foreign', 'пароль', 'чайка', 'пароль or чайка'],
      ] as const;
      for (const [lost, one, two, text] of pairs) {
        const met = await meetAtTheEnd(t, vault, one, two);
        if (!met) continue;
        t.see('lost', lost);
        tell(t, [met.work.slow, { kind: 'log', level: 'ann', text: `${text}: both get in`, site: null }]);
        t.hold(false, `two passwords are one: ${text}`);
      }
      tell(t, [ignored.work.slow]);
      t.hold(false, 'two long passwords that end otherwise are one');
    }
    // é and è, put together by the keyboard or by what follows it
    const composed = 'café crème'.normalize('NFC');
    const apart = composed.normalize('NFD');
    await vault.register('bea', apart);
    const [other, same] = [await tryLogin(t, vault, 'bea', composed), await tryLogin(t, vault, 'bea', apart)];
    t.see('accents', other.answer === 'in' && same.answer === 'in' ? 'meet' : 'part');
    const [typed, refused] = same.answer === 'in' ? [composed, other] : [apart, same];
    tell(t, [
      refused.work.slow ?? refused.work.plain,
      { kind: 'log', level: 'as typed', text: `register('bea', '${spelled(apart)}')`, site: null },
      loginFact('as typed', `login('bea', '${spelled(typed)}')`, refused),
    ]);
    t.hold(
      other.answer === 'in' && same.answer === 'in',
      `${composed}, typed on ${same.answer === 'in' ? 'another' : 'the same'} keyboard, is refused`,
    );
  },
);

probe<typeof Starter>(
  { id: 'damaged-rows', sentence: 7, plays: 'restore(rows), some of them damaged; login(…)', budgetMs },
  async (t) => {
    const vault = t.mod.openVault({ cost: COST });
    await vault.register('ann', PASSWORD);
    const stored = storedOf(vault, 'ann');
    const rows = damaged(stored);
    const after = t.mod.openVault({ cost: COST });
    try {
      after.restore(rows.map(({ name, stored }) => ({ name, stored })));
    } catch (thrown) {
      t.see('answer', 'throws');
      const { error, site } = told(thrown);
      tell(t, [{ kind: 'log', level: 'vault', text: `restore(…) throws: ${error}`, site }]);
      t.hold(false, `restore fails at a damaged row: ${clipped(error)}`);
    }
    const answers: { row: (typeof rows)[number]; login: Login }[] = [];
    for (const row of rows) {
      const login = await tryLogin(t, after, row.name, row.password);
      answers.push({ row, login });
      // what lets somebody in is the worst: nothing can come after it
      if (login.answer === 'in' && !row.mayLetIn) break;
    }
    const worst =
      answers.find(({ row, login }) => login.answer === 'in' && !row.mayLetIn) ??
      answers.find(({ login }) => login.answer === 'throws');
    t.see('answer', worst?.login.answer ?? 'refused');
    if (!worst) return;
    const { row, login } = worst;
    tell(t, [
      rowFact({ name: 'good row', stored }),
      rowFact({ name: 'this row', stored: row.stored }),
      atTheRow(login.work),
      loginFact('this row', `login('${row.name}', '${row.password}')`, login),
    ]);
    t.hold(login.answer !== 'in', `a row ${row.what} lets in whoever says '${row.password}'`);
    t.hold(false, `a row ${row.what} makes login fail: ${clipped(login.error)}`);
  },
);

probe<typeof Starter>(
  {
    id: 'unknown-name',
    role: 'merit',
    sentence: 8,
    plays: `login('nobody', '${PASSWORD}')`,
    needs: ['work-per-guess'],
    budgetMs,
  },
  async (t) => {
    const vault = t.mod.openVault({ cost: COST });
    const { work: known } = await working(t, () => vault.register('ann', PASSWORD));
    const { work } = await tryLogin(t, vault, 'nobody', PASSWORD);
    t.see('unknown-name', work.units >= 0.99 * known.units ? 'as-much-work' : 'less-work');
    t.hold(work.units >= 0.99 * known.units, 'an unknown name is answered without work');
  },
);

// what the probes share

const worked = (work: Work): boolean => work.units > 0 || work.isLoop;

/** The login of the second password where the first one was registered, if that lets in. */
async function meetAtTheEnd(t: T, vault: Vault, one: string, two: string): Promise<Login | null> {
  await vault.register('ann', one);
  const login = await tryLogin(t, vault, 'ann', two);
  return login.answer === 'in' ? login : null;
}

/** What last looked at the row, before anything was made anew. */
function atTheRow({ calls }: Work): Fact | undefined {
  const drawn = calls.findIndex((c) => c.name === 'randomBytes');
  const looking = drawn < 0 ? calls : calls.slice(0, drawn);
  return looking.findLast((c) => c.name === 'timingSafeEqual') ?? looking.findLast((c) => unitsOf(c) > 0);
}

const first = ({ calls }: Work): CryptoCall | undefined => calls.find((c) => unitsOf(c) > 0);
const last = ({ calls }: Work): CryptoCall | undefined => calls.findLast((c) => unitsOf(c) > 0);

/** With which work a row was looked at first: its own, or another. */
function lookedAt(work: Work, made: Work): 'as-it-was-made' | 'otherwise' | 'not' {
  const call = first(work);
  if (!call) return 'not';
  return Math.abs(unitsOf(call) - made.units) < 0.01 * made.units ? 'as-it-was-made' : 'otherwise';
}

/** Work as evidence; `when` tells whose it is. */
const said = (when: string, call: CryptoCall | undefined): Fact | undefined =>
  call && { ...call, call: `${when}: ${call.call}` };

/** Text with what it is made of: `cafe+´`. */
const spelled = (text: string): string => text.replaceAll(/\u0301/g, '+´').replaceAll(/\u0300/g, '+`');

const rounded = (n: number): string =>
  (n < 10 ? n.toFixed(1) : Math.round(n).toLocaleString('en')).replace('.0', '');

function tell(t: T, facts: readonly (Fact | undefined)[]): void {
  for (const f of facts) if (f) t.fact(f);
}

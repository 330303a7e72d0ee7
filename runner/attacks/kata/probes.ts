/** Probes of the attacked kata: small functions, one for each way in which values and calls cross the board. */
import { probe, type ProbeContext } from '../../kit/index.ts';
import { SeededRandom } from '../../kit/random.ts';
import { table } from '../../kit/table.ts';

/** What a submission has to export. */
interface Desk {
  add(a: number, b: number): number;
  total(list: readonly number[]): number;
  evens(list: readonly number[]): number[];
  later(n: number): Promise<number>;
  each(list: readonly number[], fn: (n: number, i: number) => void): number;
  Tally: new (start: number) => { readonly value: number; plus(n: number): unknown };
  countdown(n: number): Iterable<number>;
  card(name: string, age: number): { name: string; age: number; tags: string[] };
}

/** Inputs are drawn here, on the arbiter's side, so that no submission can choose them. */
let chance = new SeededRandom(0);
const number = (): number => 10 + chance.int(990);
const list = (): number[] => Array.from({ length: 5 + chance.int(8) }, number);

function tries(
  id: string,
  plays: string,
  body: (t: ProbeContext<Desk>) => void | Promise<void>,
  role?: 'gate',
): void {
  probe<Desk>({ id, sentence: 1, plays, budgetMs: 1000, ...(role ? { role } : {}) }, async (t) => {
    chance = new SeededRandom(table().seed + id.length);
    await body(t);
  });
}

tries('gate', 'add(1, 2)', ({ mod, equal }) => equal(mod.add(1, 2), 3, 'add(1, 2) is not 3'), 'gate');

tries('adds', 'add(a, b) for numbers of chance', ({ mod, equal }) => {
  for (let i = 0; i < 12; i++) {
    const [a, b] = [number(), number()];
    equal(mod.add(a, b), a + b, 'add(a, b) is not the sum');
  }
});

tries('totals', 'total(list)', ({ mod, equal, hold }) => {
  for (let i = 0; i < 4; i++) {
    const given = list();
    const [before, sum] = [[...given], given.reduce((a, b) => a + b, 0)];
    hold(mod.total(given) === sum, 'total(list) is not the sum of the list');
    equal(given, before, 'total(list) changed the list');
  }
});

tries('evens', 'evens(list)', ({ mod, equal, hold }) => {
  for (let i = 0; i < 4; i++) {
    const given = [...list(), 7, 8];
    const [before, even] = [[...given], given.filter((n) => n % 2 === 0)];
    const got = mod.evens(given);
    equal(got, even, 'evens(list) is not the even numbers');
    hold(got !== given, 'evens(list) gave the list itself back');
    equal(given, before, 'evens(list) changed the list');
  }
});

tries('later', 'await later(n)', async ({ mod, equal }) => {
  for (let i = 0; i < 3; i++) {
    const n = number();
    equal(await mod.later(n), 2 * n, 'later(n) is not twice n');
  }
});

tries('each', 'each(list, fn)', ({ mod, equal }) => {
  const given = list();
  const seen: [number, number][] = [];
  const count = mod.each(given, (n, i) => void seen.push([n, i]));
  equal(
    seen,
    given.map((n, i) => [n, i]),
    'each(list, fn) did not call fn with every element in order',
  );
  equal(count, given.length, 'each(list, fn) did not tell how many there were');
});

tries('tally', 'new Tally(n).plus(k).value', ({ mod, equal, hold }) => {
  const [start, more] = [number(), number()];
  const tally = new mod.Tally(start);
  hold(tally instanceof mod.Tally, 'new Tally is no Tally');
  hold(tally.plus(more) === tally, 'plus(n) did not give the tally itself back');
  equal(tally.value, start + more, 'value is not what was counted');
});

tries('counts', '[...countdown(n)]', ({ mod, equal }) => {
  const n = 3 + chance.int(9);
  equal(
    [...mod.countdown(n)],
    Array.from({ length: n }, (_, i) => n - i),
    'countdown(n) does not count down',
  );
});

tries('cards', 'card(name, age)', ({ mod, equal, hold }) => {
  const [age, name] = [number(), `n${number()}`];
  const card = mod.card(name, age);
  equal(card, { name, age, tags: [name] }, 'card(name, age) is not such a card');
  hold(card.tags !== mod.card(name, age).tags, 'two cards share their tags');
});

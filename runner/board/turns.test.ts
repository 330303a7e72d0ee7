import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LoneArbiter } from './fixtures/lone-arbiter.ts';
import { play } from './fixtures/play.ts';

/** A module whose export changes: by a call, and by itself a moment later. */
const MODULE = `async () => import('data:text/javascript,' + encodeURIComponent(\`
  export let n = 1;
  export const bump = () => { n += 1; return n; };
  export const later = () => { setTimeout(() => { n = 50; }, 5); };
\`))`;

test('an export is seen as it is: after a call, and after its module changed it by itself', async () => {
  const { it } = await play(MODULE);
  const mod = await it();
  expect(mod.n).toBe(1);
  expect(mod.n).toBe(1);
  expect(mod.bump()).toBe(2);
  expect(mod.n).toBe(2);
  mod.later();
  expect(mod.n).toBe(2);
  await sleep(100);
  expect(mod.n).toBe(50);
  expect(mod.missing).toBe(undefined);
});

test('what the language fixes is asked for once, what it leaves open each time', () => {
  const questions: string[] = [];
  const arbiter = new LoneArbiter((asked) => {
    questions.push(asked.op);
    const lasting = (asked.args as [string])[0] === 'fixed' ? '["f",7]' : '7';
    return [`["r",${asked.seq},1,${lasting},0]`];
  });
  const root = arbiter.board.root as { fixed: number; open: number };
  expect([root.fixed, root.fixed, root.open, root.open]).toEqual([7, 7, 7, 7]);
  expect(questions).toEqual(['get', 'get', 'get']);
});

test('a player with news tells it before the first question of a stretch is answered', async () => {
  const { it } = await play(
    `(list, map) => { setTimeout(() => { list.push('theirs'); map.set('k', list.length); }, 5); return () => list.join(); }`,
  );
  const list: string[] = ['first'];
  const map = new Map();
  const read = it(list, map);
  await sleep(100);
  // both sides have changed something the other does not know of
  const other = ['mine'];
  list.unshift(other[0]!);
  expect(read()).toMatch(/theirs/);
  expect(map.get('k')).toBe(2);
});

test('shared data and a call of the player’s own at the same moment', async () => {
  const { it } = await play(
    `(seen, call) => { const timer = setInterval(() => { seen.push(seen.length); call(seen.length); }, 1); return { stop: () => clearInterval(timer), size: () => seen.length }; }`,
  );
  const seen: number[] = [];
  const heard: number[] = [];
  const its = it(seen, (n: number) => heard.push(n));
  for (let i = 0; i < 200; i++) {
    // whoever comes first, the answer and the list agree
    expect(its.size()).toBe(seen.length);
    await sleep(i % 3);
  }
  its.stop();
  expect(heard).toEqual(seen.map((n) => n + 1));
  expect(heard.length).toBeGreaterThan(20);
});

test('after parting each side keeps what it has, and what is handed over again is new', async () => {
  const { player, it } = await play(
    `(list, date) => ({ list, add: (x) => list.push(x), joined: () => list.join(), day: () => date.getTime(), is: (other) => other === list })`,
  );
  const list = ['a'];
  const date = new Date(5);
  const its = it(list, date);
  its.add('b');
  expect(list).toEqual(['a', 'b']);
  player.part();
  its.add('theirs');
  list.push('mine');
  date.setTime(9);
  expect(list).toEqual(['a', 'b', 'mine']);
  expect(its.joined()).toBe('a,b,theirs');
  expect(its.day()).toBe(5);
  expect(its.is(list)).toBe(false);
  const again = it(list, date);
  again.add('c');
  expect(list).toEqual(['a', 'b', 'mine', 'c']);
  // what it still holds of the first one is plain data of its own now
  expect([...its.list]).toEqual(['a', 'b', 'theirs']);
});

test('objects that promises give back cross with calls of the player’s own', async () => {
  const { it } = await play(
    `(heard) => {
      const desk = { n: 0, async look(i) { return desk; }, async go(i) { for (let k = 0; k < 3; k++) await null; heard(i); return desk; } };
      return desk;
    }`,
  );
  const heard: number[] = [];
  const desk = it((i: number) => {
    heard.push(i);
    void desk.look(i);
    return desk.go.length;
  });
  const gone: unknown[] = [];
  for (let round = 0; round < 30; round++) {
    const all = Array.from({ length: 8 }, (_, i) => (i % 2 ? desk.look(i) : desk.go(i)));
    gone.push(...(await Promise.all(all)));
  }
  expect(gone.every((one) => one === desk)).toBe(true);
  expect(heard).toHaveLength(30 * 4);
});

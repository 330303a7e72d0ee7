import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AmbientKit, type Shift } from './ambient.ts';
import { VirtualClock } from './clock.ts';
import { loadLearner } from './load.ts';
import { setTable } from './table.ts';
import type * as Code from './fixtures/ambient-code.ts';

const FIXTURES = fileURLToPath(new URL('./fixtures', import.meta.url));
const IN_2031 = Date.UTC(2031, 2, 10, 12);

const originals = {
  Date: globalThis.Date,
  now: Date.now,
  random: Math.random,
  setTimeout: globalThis.setTimeout,
  env: process.env,
  hrtime: process.hrtime,
  zone: process.env.TZ,
  format: Intl.DateTimeFormat,
  hours: Object.getOwnPropertyDescriptor(Date.prototype, 'getHours'),
  descriptor: Object.getOwnPropertyDescriptor(globalThis, 'Date'),
  constructor: Date.prototype.constructor,
};

let clock: VirtualClock;
let ambient: AmbientKit;
let code: typeof Code;

beforeEach(async () => {
  setTable({
    root: FIXTURES,
    entry: 'ambient-code.ts',
    sources: null,
    scorer: null,
    known: new Map(),
    seed: 1,
  });
  clock = new VirtualClock(Date.UTC(2026, 0, 1));
  ambient = new AmbientKit(clock);
  code = (await loadLearner()) as typeof Code;
});
afterEach(() => ambient.restore());

/** The only use that `play` makes, as `what`. */
function usesOf(play: () => unknown): string[] {
  const mark = ambient.mark();
  play();
  return ambient.since(mark).map((u) => u.what);
}

test('every way of asking for the time reads the shifted clock and is recorded with its line', () => {
  ambient.shift({ now: IN_2031 });
  for (const name of ['now', 'captured', 'made', 'called'] as const) {
    const mark = ambient.mark();
    expect(code.clocks[name](), name).toBe(IN_2031);
    const [use] = ambient.since(mark, 'clock');
    expect(use?.site?.near.file).toBe('ambient-code.ts');
    expect(use?.detail).toBe('2031-03-10 12:00:00.000Z');
  }
  expect(code.clocks.subclass()).toBe(12);
  expect(code.clocks.formatted()).toBe('3/10/31');
  expect(code.clocks.monotonic()).toBeCloseTo(IN_2031, 0);
  const before = code.clocks.hrtime();
  ambient.shift({ now: IN_2031 + 250 });
  expect(code.clocks.hrtime() - before).toBe(250);
  expect(ambient.since(0, 'clock')).toHaveLength(10); // one of them at load time
});

test('what is computed from given instants is no use', () => {
  ambient.shift({ now: IN_2031, zone: 'America/Los_Angeles' });
  expect(usesOf(() => Object.values(code.pure).map((play) => play()))).toEqual([]);
  expect(code.pure.isDate()).toBe(true);
  expect(code.pure.copied()).toBe(5);
});

test('until it is shifted everything passes through, and reading at load time is seen', () => {
  expect(Math.abs(code.loadedAt - originals.now())).toBeLessThan(60_000);
  expect(ambient.uses[0]).toMatchObject({ what: 'Date.now()', site: { near: { fn: null } } });
  expect(Math.abs(code.clocks.monotonic() - originals.now())).toBeLessThan(60_000);
});

test('a read by the kit itself is true and not recorded', () => {
  ambient.shift({ now: IN_2031, random: () => 0 });
  const mark = ambient.mark();
  expect(Math.abs(Date.now() - originals.now())).toBeLessThan(60_000);
  expect(new Date().getFullYear()).not.toBe(2031);
  expect(ambient.since(mark)).toEqual([]);
});

test('the clock may follow another one', () => {
  ambient.shift({ now: clock });
  expect(code.clocks.now()).toBe(Date.UTC(2026, 0, 1));
  clock.set(IN_2031);
  expect(code.clocks.now()).toBe(IN_2031);
  expect(clock.readings).toHaveLength(2);
  const before = code.clocks.monotonic();
  clock.set(IN_2031 - 5000);
  expect(code.clocks.monotonic()).toBe(before);
  clock.set(IN_2031 - 4000);
  expect(code.clocks.monotonic()).toBeCloseTo(before + 1000, 0);
});

test('operations that depend on the process zone change with it and are recorded', () => {
  const all = (zone: string): unknown[] => {
    ambient.shift({ zone });
    return Object.values(code.zones).map((play) => play());
  };
  const [tokyo, angeles] = [all('Asia/Tokyo'), all('America/Los_Angeles')];
  for (const [i, name] of Object.keys(code.zones).entries()) expect(tokyo[i], name).not.toEqual(angeles[i]);
  for (const [name, play] of Object.entries(code.zones)) {
    const mark = ambient.mark();
    play();
    expect(ambient.since(mark, 'zone'), name).toHaveLength(1);
  }
});

test('a shift may be limited to one line', () => {
  ambient.shift({ now: 1000, zone: 'UTC' });
  const mark = ambient.mark();
  code.clocks.twice();
  const second = ambient.since(mark)[1]!.site!.near;
  ambient.shift({ now: 2000, at: second });
  expect(code.clocks.twice()).toEqual([1000, 2000]);
  code.zones.hours();
  const line = ambient.since(mark, 'zone')[0]!.site!.near;
  ambient.shift({ zone: 'Asia/Tokyo', at: line });
  expect(code.zones.hours()).toBe(9);
  expect(code.zones.locale()).toMatch(/^12:00:00/);
  expect(code.clocks.twice()).toEqual([1000, 1000]);
});

test('chance of every kind follows the shift', () => {
  const all = (random: Shift['random']): unknown[] => {
    ambient.shift({ random: random! });
    return Object.values(code.chances).map((play) => play());
  };
  const [low, high] = [all(() => 0.2), all(() => 0.9)];
  expect(all(() => 0.2)).toEqual(low);
  for (const [i, name] of Object.keys(code.chances).entries()) expect(low[i], name).not.toEqual(high[i]);
  ambient.shift({ uuid: () => 'scripted' });
  expect(code.chances.uuid()).toBe('scripted');
  expect(usesOf(() => code.chances.int())).toEqual(['randomInt()']);
});

test('timers run on the virtual clock', async () => {
  const log: string[] = [];
  code.timers(log);
  await clock.advance(900);
  expect(log).toEqual([]);
  await clock.advance(10_000);
  expect(log).toEqual(['global', 'every', 'imported', 'slept', 'every']);
  expect(clock.pending()).toEqual([]);
  expect(ambient.since(0, 'timer').length).toBe(6);
});

test('the environment can be scripted, and what Node itself asks is not recorded', () => {
  ambient.shift({ env: { KIBITZER_HOME: '/nowhere' } });
  expect(code.home()).toBe('/nowhere');
  expect(ambient.since(0, 'env').map((u) => u.what)).toEqual(['process.env.KIBITZER_HOME']);
});

test('overwriting a global takes effect, is recorded with its line and is undone', () => {
  code.mock(77);
  expect(code.clocks.now()).toBe(77);
  expect(code.chances.random()).toBe(0.25);
  expect(code.zones.hours()).toBe(9);
  expect(ambient.since(0, 'replaced').map((u) => u.what)).toEqual([
    'Date.now = …',
    'Math.random = …',
    'Date = …',
    'process.env.TZ = …',
  ]);
  ambient.restore();
  expectOriginals();
});

test('restore puts everything back, and what was captured meanwhile passes through', () => {
  ambient.shift({ now: IN_2031, zone: 'Asia/Tokyo', random: () => 0, env: { A: 'b' } });
  ambient.restore();
  expectOriginals();
  const { length } = ambient.uses;
  expect(Math.abs(code.clocks.captured() - originals.now())).toBeLessThan(60_000);
  expect(code.chances.captured()).not.toBe(0);
  expect(code.zones.hours()).toBe(new originals.Date(0).getHours());
  expect(ambient.uses).toHaveLength(length);
});

test('a new kit takes the place of one that was not put back', () => {
  const second = new AmbientKit(clock);
  second.restore();
  expectOriginals();
});

function expectOriginals(): void {
  expect(globalThis.Date).toBe(originals.Date);
  expect(Object.getOwnPropertyDescriptor(globalThis, 'Date')).toEqual(originals.descriptor);
  expect(Date.now).toBe(originals.now);
  expect(Date.prototype.constructor).toBe(originals.constructor);
  expect(Object.getOwnPropertyDescriptor(Date.prototype, 'getHours')).toEqual(originals.hours);
  expect(Math.random).toBe(originals.random);
  expect(globalThis.setTimeout).toBe(originals.setTimeout);
  expect(process.env).toBe(originals.env);
  expect(process.hrtime).toBe(originals.hrtime);
  expect(process.env.TZ).toBe(originals.zone);
  expect(Intl.DateTimeFormat).toBe(originals.format);
}

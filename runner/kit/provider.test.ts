import path from 'node:path';
import { expect, test } from 'vitest';
import { VirtualClock } from './clock.ts';
import { asking } from './fixtures/provider-code.ts';
import { Provider, type TimetablePlayed, type Timetable } from './provider.ts';
import { Stage } from './stage.ts';
import { setTable } from './table.ts';

setTable({
  root: path.join(import.meta.dirname, 'fixtures'),
  entry: '',
  sources: null,
  scorer: null,
  known: new Map(),
  seed: 1,
});

function open(): { clock: VirtualClock; stage: Stage; provider: Provider } {
  const clock = new VirtualClock();
  const stage = new Stage(clock);
  return { clock, stage, provider: new Provider(clock, stage) };
}

const told = ({ log }: TimetablePlayed): string[] =>
  log.map((h) => {
    const about = 'n' in h ? `${h.n} ${h.key}` : 'who' in h ? h.who : '';
    return `${h.at} ${h.what} ${about} ${'value' in h ? h.value : 'call' in h ? h.call : ''}`.trim();
  });

async function play(provider: Provider, subject: object, timetable: Timetable): Promise<TimetablePlayed> {
  return JSON.parse(await provider.play(subject, JSON.stringify(timetable))) as TimetablePlayed;
}

test('callers call at their time, and are answered as the first rule says that fits', async () => {
  const { provider } = open();
  const played = await play(
    provider,
    { get: provider.load },
    {
      calls: [
        { at: 100, who: 'late', method: 'get', args: ['b'] },
        { at: 0, who: 'one', method: 'get', args: ['a'], times: 2 },
      ],
      replies: [
        { key: 'a', nth: 2, ms: 10, answer: [] },
        { key: 'a', ms: 30 },
        { until: 99, ms: 0, answer: ['too early'] },
        { ms: 50, error: 'down' },
      ],
      until: 200,
    },
  );
  expect(told(played)).toEqual([
    '0 calls one 1 get("a")',
    '0 asks 1 a',
    '0 calls one 2 get("a")',
    '0 asks 2 a',
    '10 answers 2 a',
    '10 gets one 2 undefined',
    '30 answers 1 a',
    '30 gets one 1 "a 1"',
    '100 calls late get("b")',
    '100 asks 3 b',
    '150 fails 3 b',
    '150 throws late down',
  ]);
});

test('a question knows its line, and is no look at the clock', async () => {
  const { clock, provider } = open();
  const { log, readings } = await play(provider, asking(clock, provider.load), {
    calls: [{ at: 0, who: 'one', method: 'get', args: ['a'] }],
    replies: [],
    until: 10,
  });
  const asks = log.find((h) => h.what === 'asks');
  expect(asks?.what === 'asks' && asks.site?.near).toMatchObject({ file: 'provider-code.ts', fn: 'get' });
  expect(readings).toHaveLength(1);
  expect(log.map((h) => h.reads)).toEqual([0, 1, 1, 1]);
});

test('an error that nobody takes over is part of what happened', async () => {
  const { provider } = open();
  const get = (key: string): string => {
    void provider.load(key);
    return 'old';
  };
  const { log } = await play(
    provider,
    { get },
    {
      calls: [{ at: 0, who: 'one', method: 'get', args: ['a'] }],
      replies: [{ ms: 5, error: 'down' }],
      until: 10,
    },
  );
  expect(log.at(-1)).toMatchObject({ what: 'unhandled', value: 'down', at: 5 });
  expect(process.listenerCount('unhandledRejection')).toBeLessThan(5);
});

test('on a stage the schedule answers, with the edition that was out when it was asked', async () => {
  const { stage, provider } = open();
  stage.begin();
  provider.begin('[]');
  const plan = { tasks: [{ name: 'a', calls: [null] }], recipe: [], begin: false, choices: [], cut: null };
  provider.publish();
  const report = JSON.parse(await stage.run(JSON.stringify(plan), () => provider.load('k'))) as {
    ends: unknown[];
  };
  expect(report.ends).toEqual([{ how: 'answered', plain: true, value: 2 }]);
  expect(told(JSON.parse(provider.happened()) as TimetablePlayed)).toEqual([
    '0 calls provider edition 2 comes out',
    '0 asks 1 k',
    '0 answers 1 k',
  ]);
});

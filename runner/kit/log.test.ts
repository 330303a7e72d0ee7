import { expect, test } from 'vitest';
import { LogKit } from './log.ts';
import { setTable } from './table.ts';

setTable({ root: '/nowhere', entry: '', sources: null, scorer: null, known: new Map(), seed: 1 });

test('keeps level and text, data behind the message', () => {
  const kit = new LogKit();
  kit.log.warn('gave up', { path: '/parcels', attempts: 3 });
  kit.log.debug('again');
  expect(kit.lines).toEqual([
    { kind: 'log', level: 'warn', text: "gave up { path: '/parcels', attempts: 3 }", site: null },
    { kind: 'log', level: 'debug', text: 'again', site: null },
  ]);
});

test('functions work when they are taken off', () => {
  const kit = new LogKit();
  const { error } = kit.log;
  error('lost');
  expect(kit.lines.map((l) => l.text)).toEqual(['lost']);
});

test('finds what is deep in the data, in an error’s cause, or behind what is told of a long line', () => {
  const kit = new LogKit();
  kit.log.info('sent', { request: { headers: { authorization: 'Bearer s3cret' } } });
  kit.log.info('failed', new Error('no', { cause: { body: 's3cret' } }));
  kit.log.info(`${'x'.repeat(500)}s3cret`);
  kit.log.info('harmless', { size: 3 });
  expect(kit.find('s3cret').map((l) => l.text.slice(0, 4))).toEqual(['sent', 'fail', 'xxxx']);
  expect(kit.lines[2]!.text).toHaveLength(120);
});

test('data that cannot be looked at does not break the code that logs it', () => {
  const kit = new LogKit();
  const odd = new Proxy({}, { ownKeys: () => [1] as never });
  kit.log.error('odd', {
    [Symbol.for('nodejs.util.inspect.custom')]: () => {
      throw new Error('no');
    },
    odd,
  });
  expect(kit.lines[0]!.text).toBe('odd data that cannot be printed');
});

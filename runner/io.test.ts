import { afterEach, describe, expect, it, vi } from 'vitest';
import { ioOf, wantsColour, wantsPlain } from './io.ts';

afterEach(() => void vi.unstubAllEnvs());

describe('colour', () => {
  // each row is stronger than the ones below it
  it.each<[string, boolean | undefined, NodeJS.ProcessEnv, boolean, boolean]>([
    ['--color over NO_COLOR', true, { NO_COLOR: '1' }, false, true],
    ['--color over TERM=dumb', true, { TERM: 'dumb' }, false, true],
    ['--no-color over FORCE_COLOR', false, { FORCE_COLOR: '1' }, true, false],
    ['NO_COLOR over FORCE_COLOR', undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['NO_COLOR with any value', undefined, { NO_COLOR: '0' }, true, false],
    ['an empty NO_COLOR counts for nothing', undefined, { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR over TERM=dumb', undefined, { FORCE_COLOR: '1', TERM: 'dumb' }, false, true],
    ['FORCE_COLOR over no terminal', undefined, { FORCE_COLOR: '3' }, false, true],
    ['FORCE_COLOR=0 is off', undefined, { FORCE_COLOR: '0' }, true, false],
    ['FORCE_COLOR=false is off', undefined, { FORCE_COLOR: 'false' }, true, false],
    ['an empty FORCE_COLOR counts for nothing', undefined, { FORCE_COLOR: '' }, false, false],
    ['TERM=dumb over a terminal', undefined, { TERM: 'dumb' }, true, false],
    ['a terminal', undefined, { TERM: 'xterm' }, true, true],
    ['no terminal', undefined, { TERM: 'xterm' }, false, false],
  ])('%s', (_, option, env, terminal, expected) => {
    expect(wantsColour(option, env, terminal)).toBe(expected);
  });
});

describe('plain screens', () => {
  it.each<[boolean | undefined, NodeJS.ProcessEnv, boolean]>([
    [true, {}, true],
    [undefined, { KIBITZER_PLAIN: '1' }, true],
    [undefined, { TERM: 'dumb' }, true],
    [undefined, { KIBITZER_PLAIN: '' }, false],
    [undefined, { KIBITZER_PLAIN: '0' }, false],
    [undefined, {}, false],
  ])('option %j, environment %j: %s', (option, env, expected) => {
    expect(wantsPlain(option, env)).toBe(expected);
  });

  it('have no colour, even when it is asked for', () => {
    const look = ioOf({ plain: true, color: true, width: 10 }).look();
    expect([look.plain, look.paint.colour, look.width, look.paint.bad('x')]).toEqual([true, false, 40, 'x']);
  });

  it('follow the environment where no option says otherwise', () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('FORCE_COLOR', '1');
    vi.stubEnv('TERM', 'xterm');
    vi.stubEnv('KIBITZER_PLAIN', '');
    const look = ioOf({ width: 100 }).look();
    expect([look.plain, look.paint.colour, look.width]).toEqual([false, true, 100]);
    vi.stubEnv('KIBITZER_PLAIN', '1');
    expect(ioOf({}).plain).toBe(true);
  });
});

it('a document is one JSON text with a line end', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  ioOf({ json: true }).document({ schema: 'kibitzer/x@1' });
  ioOf({}).print(['a', 'b']);
  const written = write.mock.calls.map((c) => c[0]);
  write.mockRestore();
  expect(written).toEqual(['{\n  "schema": "kibitzer/x@1"\n}\n', 'a\nb\n']);
});

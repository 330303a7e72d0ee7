import { describe, expect, it } from 'vitest';
import { lostScreen } from './analysis.ts';
import { importScreen } from './imported.ts';
import { startScreen } from './start.ts';
import { SCREENS } from './every-screen.ts';
import { analysisView, bare, IMPORTED, plain, rich, testView } from './testing.ts';

const text = (lines: readonly string[]): string => bare(lines);
const flat = (lines: readonly string[]): string => text(lines).replaceAll(/\s+/g, ' ');

describe('the table of an import', () => {
  it('tells what is there now, with the number of tests, by what became of it', () => {
    const screen = text(importScreen(IMPORTED, rich(100)));
    expect(screen).toMatch(/typescript: 3 katas/);
    expect(screen).toMatch(/^ imported +leap \(9\)$/m);
    expect(screen).toMatch(/^ updated +robot-name \(6\)$/m);
    expect(screen).toMatch(/^ unchanged +bob \(25\)$/m);
    expect(screen).toContain('Without an example, so their last rung stays empty: robot-name.');
  });

  it('tells of each that was skipped why', () => {
    const screen = flat(importScreen(IMPORTED, rich(100)));
    expect(screen).toContain('Skipped: 6');
    expect(screen).toContain(
      'anagram its .meta/config.json cannot be used: Unexpected token (line 31 column 3).',
    );
    expect(screen).toContain('grep it is CommonJS. What was imported of it before stays.');
    expect(screen).toContain('pov its pov.ts is missing.');
    expect(screen).toContain('two its starter wins as it stands');
  });
});

describe('a test that did not hold', () => {
  const view = analysisView({ known: null, outOfBook: testView() });

  it('is shown by its own code, what it called, and expected against got', () => {
    const screen = text(lostScreen(view, rich(100)));
    expect(screen).toMatch(/Test +rate › something dear/);
    expect(screen).toMatch(/^ {4}37 │ const parcel/m);
    expect(screen).toMatch(/^ > {2}38 │ expect\(rate\(parcel\)\)/m);
    expect(screen).toMatch(/new Rates\(\)$/m);
    expect(screen).toMatch(/> +rate\({ grams: 100, value: 62.5 }\) +→ 162/);
    expect(screen).toMatch(/expected - 163\n +got +\+ 162/);
  });

  it('names the lines to look at, each with why', () => {
    const screen = text(lostScreen(view, rich(120)));
    expect(screen).toMatch(/1\) +21 +return Math.*run by 10 of 12 that hold, too/);
    expect(screen).toMatch(/2\) +6 +if \(grams <= 500\) \{ +a small change here makes every test hold/);
    expect(screen).toMatch(/3\) +7 +return 150; +changed since it held/);
    expect(text(lostScreen(view, plain(120)))).toContain('1) line 21: return Math.floor(beyond);');
  });

  it('does not list forty names and nine crashes', () => {
    const screen = flat(SCREENS['out of book, a test']!(rich(100)));
    expect(screen).toContain('Held 40 of 60');
    expect(screen.match(/this is not taken/g)).toHaveLength(2);
    expect(screen).toContain('7 more ended without an answer.');
    expect(screen).toContain('rate › something dear held in the starter.');
  });
});

describe('the first screen', () => {
  it('sums up a long track', () => {
    const katas = Array.from({ length: 100 }, (_, i) => ({
      id: `typescript-${i}`,
      state: i < 3 ? ('won' as const) : i === 3 ? ('under-way' as const) : ('new' as const),
    }));
    const kata = {
      id: 'typescript-9',
      promise: 'Nine',
      track: 'typescript',
      level: 1,
      state: 'new' as const,
    };
    const v = {
      tracks: [{ track: 'typescript', katas }],
      kata,
      story: '',
      symptom: null,
      moves: 0,
      position: null,
      file: '',
    };
    const screen = text(startScreen(v, rich(100)));
    expect(screen).toMatch(/typescript {2}○ typescript-3 {3}· typescript-9 {3}● 3 won {3}· 95 new/);
  });
});

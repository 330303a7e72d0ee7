import { describe, expect, it } from 'vitest';
import { plainText, startScreen, symptomLines, type StartView } from './start.ts';
import { bare, plain, rich, START } from './testing.ts';

describe('the first screen', () => {
  it('has a sign of its own for each state, and a word in plain text', () => {
    const katas = (['new', 'under-way', 'won', 'resigned'] as const).map((state) => ({
      id: `k-${state}`,
      state,
    }));
    const v: StartView = { ...START, tracks: [{ track: 'structure', katas }] };
    const signs = [...bare(startScreen(v, rich(200))).matchAll(/(\S) k-/g)].map((m) => m[1]);
    expect(new Set(signs).size).toBe(4);
    expect(bare(startScreen(v, plain(200)))).toContain(
      'k-new (new), k-under-way (under way), k-won (won), k-resigned (resigned)',
    );
  });

  it('shows the story without the marks of its Markdown', () => {
    expect(bare(startScreen(START, rich(200)))).toContain('clicks suspend in club.ts.');
    expect(plainText('`a_b_c` and *one* _two_ **three** [four](x) 2 * 3 * 4')).toBe(
      'a_b_c and one two three four 2 * 3 * 4',
    );
  });

  it('leaves the symptom out while the starter is being played, and says where the game stands', () => {
    expect(bare(symptomLines({ ...START, symptom: null }, rich()))).not.toContain('as it stands');
    expect(bare(symptomLines(START, rich()))).toContain('2 moves played, position 46 of 100.');
    expect(bare(symptomLines({ ...START, moves: 0 }, rich()))).not.toContain('played, position');
  });

  it('is useful within the first 24 lines of a common terminal', () => {
    expect([...startScreen(START, rich(80)), ...symptomLines(START, rich(80))].length).toBeLessThanOrEqual(
      24,
    );
  });
});

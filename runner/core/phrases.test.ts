import { describe, expect, it } from 'vitest';
import { Phrasebook, placesIn } from './phrases.ts';

const book = new Phrasebook({
  'nobody is late': 'niemand ist spät',
  'line {n} is late': 'Zeile {n} ist spät',
  '{who} is late': '{who} ist spät',
  '{a} and {a} again': '{a} und noch einmal {a}',
  'the clock': 'die Uhr',
  'cost: $1 ({n}*)': 'Preis: $1 ({n}*)',
});

describe('a phrasebook', () => {
  it.each([
    ['nobody is late', 'niemand ist spät'],
    ['line 37 is late', 'Zeile 37 ist spät'],
    ['Ben\nand Ada is late', 'Ben\nand Ada ist spät'],
    ['the clock is late', 'die Uhr ist spät'],
    ['x and x again', 'x und noch einmal x'],
    ['cost: $1 (5*)', 'Preis: $1 (5*)'],
  ])('finds %j', (english, german) => {
    expect(book.find(english)).toBe(german);
  });

  it.each(['nobody', 'x and y again', '', 'line 37 is late!', 'toString'])('does not have %j', (text) => {
    expect(book.find(text)).toBeNull();
  });

  it('fills a place with what is there, whatever it looks like', () => {
    expect(book.find('$& {n} is late')).toBe('$& {n} ist spät');
  });

  it('knows which phrases were needed', () => {
    const fresh = new Phrasebook({ 'a {b}': 'A {b}', c: 'C' });
    fresh.find('a 1');
    expect([...fresh.used]).toEqual(['a {b}']);
  });

  it('names places', () => {
    expect(placesIn('{a} of {b2}: {not a place} {}')).toEqual(['a', 'b2']);
  });
});

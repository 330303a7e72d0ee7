/**
 * Texts in another language by the English text. `{name}` stands for what differs from case to case and appears in
 * both: `'{count} rows came back': '{count} Zeilen kamen zurück'`. Of several that fit, a whole text comes before one
 * with places, and the first in the file before those that follow.
 */
export type Phrases = Readonly<Record<string, string>>;

/** Phrases by what they are about: the id of a mistake, a probe or a card. */
export type PhrasesById = Readonly<Record<string, Phrases>>;

const PLACE = /\{([a-z][A-Za-z0-9]*)\}/g;

/** The names of the places in a text. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map((m) => m[1]!);
}

/** Looks texts up. Knows afterwards which of its phrases were needed. */
export class Phrasebook {
  /** the English texts of phrases that were used */
  readonly used = new Set<string>();
  readonly #phrases: Phrases;
  readonly #patterns: { key: string; pattern: RegExp }[];

  constructor(phrases: Phrases) {
    this.#phrases = phrases;
    this.#patterns = Object.keys(phrases)
      .filter((key) => placesIn(key).length > 0)
      .map((key) => ({ key, pattern: patternOf(key) }));
  }

  /** A text in the book's language, or null when the book does not have it. What fills a place is looked up as well. */
  find(text: string): string | null {
    return this.#find(text, true);
  }

  #find(text: string, whole: boolean): string | null {
    if (Object.hasOwn(this.#phrases, text)) {
      this.used.add(text);
      return this.#phrases[text]!;
    }
    for (const { key, pattern } of this.#patterns) {
      const filled = pattern.exec(text)?.groups;
      if (!filled) continue;
      this.used.add(key);
      return this.#phrases[key]!.replaceAll(PLACE, (place, name: string) => {
        const value = filled[name];
        if (value === undefined) return place;
        return (whole ? this.#find(value, false) : null) ?? value;
      });
    }
    return null;
  }
}

/** What an English text with places looks like when they are filled; a place that comes twice is filled alike. */
function patternOf(key: string): RegExp {
  const seen = new Set<string>();
  const parts = key.split(PLACE).map((part, i) => {
    if (i % 2 === 0) return part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    if (seen.has(part)) return `\\k<${part}>`;
    seen.add(part);
    return `(?<${part}>.+?)`;
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}

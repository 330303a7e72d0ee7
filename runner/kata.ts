/** Public entry "kibitzer/kata": what kata.ts, mistakes.ts and cards.ts are written with. */
export { defineKata } from './core/kata.ts';
export type { KataSpec, Track } from './core/kata.ts';
export { card, mistake } from './core/book.ts';
export type { Phrases, PhrasesById } from './core/phrases.ts';
export type {
  Card,
  CardBench,
  CardDatabase,
  CardPage,
  CardRun,
  Condition,
  Locator,
  Mistake,
  Question,
  Severity,
  Structure,
  Vector,
} from './core/book.ts';
export type { Fact, Frame, Site, SqlFact } from './core/facts.ts';

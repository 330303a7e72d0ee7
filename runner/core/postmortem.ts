import type { Diagnosis } from './diagnosis.ts';
import type { Game, Move } from './game.ts';
import type { DesignNotes } from './notes.ts';

/** The review of a finished game, as data. */
export interface PostMortem {
  kata: string;
  wonAt: number | null;
  resigned: boolean;
  rows: readonly {
    n: number;
    glyph: Move['glyph'];
    rule: Move['rule'];
    diagnosis: Diagnosis;
    verdict: string;
    before: number;
    after: number;
  }[];
  /** baits that no move of the game took, with the author's word of praise */
  resisted: readonly { probe: string; praise: string }[];
  /** the accepted design nearest to the winning move */
  nearest: DesignNotes | null;
  others: readonly DesignNotes[];
}

/**
 * Builds the review of a game.
 * @param baits praise by probe, from kata.ts
 * @param designs notes of all accepted designs, the reference first
 */
export function postMortem(
  game: Game,
  baits: Readonly<Record<string, string>>,
  designs: readonly DesignNotes[],
): PostMortem {
  const winner = game.wonAt === null ? null : game.moves[game.wonAt - 1]!;
  const nearest = designs.find((d) => d.name === winner?.nearest?.design) ?? null;
  const refuted = (probe: string): boolean =>
    game.moves.some(
      (m) => m.judgement.outcomes[probe] !== 'held' && m.judgement.outcomes[probe] !== 'unreached',
    );
  return {
    kata: game.kata,
    wonAt: game.wonAt,
    resigned: game.resigned,
    rows: game.moves.map((m) => ({
      n: m.n,
      glyph: m.glyph,
      rule: m.rule,
      diagnosis: m.judgement.diagnosis,
      verdict: m.judgement.verdict,
      before: m.before,
      after: m.judgement.position,
    })),
    resisted: winner
      ? Object.entries(baits)
          .filter(([probe]) => !refuted(probe))
          .map(([probe, praise]) => ({ probe, praise }))
      : [],
    nearest,
    others: designs.filter((d) => d !== nearest),
  };
}

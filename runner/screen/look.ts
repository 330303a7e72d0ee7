import kleur from 'kleur';

/** How a screen is drawn. */
export interface Look {
  /** columns, at least 40 */
  width: number;
  /** linear text: no escape codes, no box characters, glyphs spelled out */
  plain: boolean;
  paint: Paint;
}

type Brush = (text: string) => string;
/** Colour only repeats what a word or sign already says. */
export interface Paint {
  bold: Brush;
  dim: Brush;
  good: Brush;
  bad: Brush;
  warn: Brush;
  accent: Brush;
  colour: boolean;
}

const same: Brush = (text) => text;
const NO_PAINT: Paint = {
  bold: same,
  dim: same,
  good: same,
  bad: same,
  warn: same,
  accent: same,
  colour: false,
};

/** A look for a width and a choice of colour; plain looks have no colour and any width counts as at least 40. */
export function lookOf(o: { width: number; colour: boolean; plain: boolean }): Look {
  return {
    width: Math.max(40, o.width),
    plain: o.plain,
    paint: o.colour && !o.plain ? coloured() : NO_PAINT,
  };
}

function coloured(): Paint {
  kleur.enabled = true;
  return {
    bold: (t) => kleur.bold(t),
    dim: (t) => kleur.dim(t),
    good: (t) => kleur.green(t),
    bad: (t) => kleur.red(t),
    warn: (t) => kleur.yellow(t),
    accent: (t) => kleur.cyan(t),
    colour: true,
  };
}

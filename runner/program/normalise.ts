import { createHash } from 'node:crypto';
import type { Program } from 'acorn';
import { canonical, canonicalStatements } from './canonical.ts';
import { parseModule } from './javascript.ts';
import { resolveScopes, type Scopes } from './scopes.ts';

/** A program without its formatting and its local names. */
export interface Normalised {
  /** 16 hex digits; the same for two programs that differ only in formatting, comments and local names */
  hash: string;
  /** 8 hex digits for each statement and class member at any depth, in source order, see `canonicalStatements` */
  statements: string[];
}

/** A file after its syntax and its scopes have been read. */
export interface Resolved {
  ast: Program;
  scopes: Scopes;
}

/** Normalises one JavaScript module. Throws acorn's SyntaxError. */
export function normalise(code: string): Normalised {
  return normaliseResolved({ module: resolve(code) });
}

/** Normalises a program of several JavaScript modules, by path, whatever their order. Throws acorn's SyntaxError. */
export function normaliseProgram(files: Readonly<Record<string, string>>): Normalised {
  return normaliseResolved(
    Object.fromEntries(Object.entries(files).map(([path, code]) => [path, resolve(code)])),
  );
}

/** The same for modules that were read before. */
export function normaliseResolved(files: Readonly<Record<string, Resolved>>): Normalised {
  const modules: [path: string, tree: string][] = [];
  const statements: string[] = [];
  for (const path of Object.keys(files).toSorted()) {
    const { ast, scopes } = files[path]!;
    const tree = canonical(ast, scopes);
    // A module of types only is nothing once the types are gone.
    if (tree.length > 0) modules.push([path, JSON.stringify(tree)]);
    for (const statement of canonicalStatements(ast, scopes)) {
      statements.push(sha256(JSON.stringify(statement)).slice(0, 8));
    }
  }
  return { hash: sha256(JSON.stringify(modules)).slice(0, 16), statements };
}

/**
 * How many statements two programs differ in: the larger of the number added and the number removed.
 * At least 1 when the hashes differ: a new order, or two locals swapped, changes no statement taken alone.
 */
export function changedStatements(a: Readonly<Normalised>, b: Readonly<Normalised>): number {
  if (a.hash === b.hash) return 0;
  const left = new Map<string, number>();
  for (const hash of a.statements) left.set(hash, (left.get(hash) ?? 0) + 1);
  let added = 0;
  for (const hash of b.statements) {
    const n = left.get(hash) ?? 0;
    if (n === 0) added++;
    else left.set(hash, n - 1);
  }
  const removed = [...left.values()].reduce((sum, n) => sum + n, 0);
  return Math.max(added, removed, 1);
}

function resolve(code: string): Resolved {
  const ast = parseModule(code);
  return { ast, scopes: resolveScopes(ast) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { MagicString } from 'magic-string';
import type { Binding } from '../../program/scopes.ts';
import { walk, type AnyNode } from '../../program/walk.ts';
import { freshName, readSource, type Source } from './source.ts';
import { editedVariant, type Transform } from './variant.ts';

/** Gives every local of a program a name that says nothing. Exported names, properties and globals stay. */
export const renamed: Transform = ({ files }) => {
  const edits: Record<string, { of: string; edited: MagicString }> = {};
  for (const [file, text] of Object.entries(files)) {
    const source = readSource(file, text);
    if (!source) return { skipped: 'not-erasable' };
    if (source.scopes.globals.has('eval')) return { skipped: 'eval' };
    edits[file] = { of: file, edited: rename(source) };
  }
  return editedVariant(files, edits);
};

function rename(source: Source): MagicString {
  const edited = new MagicString(source.text);
  const names = new Map<Binding, string>();
  const written = inFull(source);
  const done = new Set<number>();
  for (const [key, binding] of source.scopes.bindings) {
    const node = key as AnyNode & { name: string };
    if (binding.exported !== null || done.has(node.start)) continue;
    done.add(node.start);
    let name = names.get(binding);
    if (name === undefined) {
      name = freshName(`v${names.size + 1}`, [source.text]);
      names.set(binding, name);
    }
    edited.update(node.start, node.end, written.get(node.start)?.(name) ?? name);
  }
  return edited;
}

/** Places where a name stands for itself and for something else, which keeps it: how both are written there. */
function inFull({ ast, text }: Source): Map<number, (name: string) => string> {
  const places = new Map<number, (name: string) => string>();
  walk(ast, (node) => {
    const part = (field: string): AnyNode => node[field] as AnyNode;
    if (node.type === 'Property' && node.shorthand) {
      const { start, end } = part('key');
      const key = text.slice(start, end);
      places.set(start, (name) => `${key}: ${name}`);
    }
    if (node.type === 'ImportSpecifier' && part('imported').start === part('local').start) {
      const { start, end } = part('local');
      const imported = text.slice(start, end);
      places.set(start, (name) => `${imported} as ${name}`);
    }
    if (node.type === 'ExportSpecifier' && part('exported').start === part('local').start) {
      const { start, end } = part('local');
      const exported = text.slice(start, end);
      places.set(start, (name) => `${name} as ${exported}`);
    }
  });
  return places;
}

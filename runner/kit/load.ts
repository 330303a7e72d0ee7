import { readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withoutExtension } from '../core/extension.ts';
import { table } from './table.ts';

/** The module that learner code gets for node:sqlite: made anew for each graph, from what node:sqlite exports then. */
const SQLITE = 'kibitzer:learner-sqlite';
const GENERATION = /[?&]g=(\d+)/;
let generation = 0;
let hooked = false;

/** Thrown when the learner's module cannot be loaded; `cause` is what was thrown. */
export class LoadError extends Error {
  override name = 'LoadError';
}

/**
 * Every load of the learner's module is a module graph of its own: a generation mark is added to each URL below the
 * learner's folder and inherited by what those modules import, so two generations share no module-level state.
 */
function hook(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      // the entry itself: it may exist only in `sources`, and then there is no file to be found
      if (specifier.startsWith('file:') && GENERATION.test(specifier))
        return { url: specifier, format: 'module', shortCircuit: true };
      const mark = context.parentURL && GENERATION.exec(context.parentURL);
      // a built-in module's exports are bound once: what handles.ts puts there would not be seen
      if (mark && specifier === 'node:sqlite')
        return { url: `${SQLITE}?g=${mark[1]}`, format: 'module', shortCircuit: true };
      if (!mark || !/^\.{1,2}\//.test(specifier)) return next(specifier, context);
      const url = new URL(specifier, context.parentURL);
      const written = pathOf(url.href);
      const { sources } = table();
      // what was judged as a program is all there, under this name or with the extension that was left out
      const file = sources && !sources.has(written) && withoutExtension(written, [...sources.keys()]);
      if (file) url.pathname = pathToFileURL(path.join(table().root, file)).pathname;
      url.search = `?g=${mark[1]}`;
      return { url: url.href, format: 'module', shortCircuit: true };
    },
    load(url, context, next) {
      if (!GENERATION.test(url)) return next(url, context);
      if (url.startsWith(SQLITE)) return { format: 'module', source: sqliteModule(), shortCircuit: true };
      const source = table().sources?.get(pathOf(url));
      if (source === undefined) return next(url, { ...context, format: undefined });
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

function sqliteModule(): string {
  const sqlite = "process.getBuiltinModule('node:sqlite')";
  const names = Object.keys(process.getBuiltinModule('node:sqlite')).filter((name) => name !== 'default');
  return `export const { ${names.join(', ')} } = ${sqlite}; export default ${sqlite};`;
}

/** Where a URL lies below the learner's folder. */
function pathOf(url: string): string {
  const file = fileURLToPath(url.replace(/\?.*$/, ''));
  return path.relative(table().root, file).replaceAll('\\', '/');
}

/** The entry named on the table, or the only candidate in the folder. */
function entryFile(): string {
  const { root, entry } = table();
  if (entry) return entry;
  const candidates = readdirSync(root).filter((f) => f.endsWith('.ts') && f !== 'world.ts');
  if (candidates.length === 1 && candidates[0]) return candidates[0];
  throw new Error(`which file is the entry? set KIBITZER_ENTRY to one of: ${candidates.join(', ')}`);
}

/**
 * Loads the learner's entry file as a new module graph.
 * @throws what the module throws while loading, or the link error
 */
export async function loadLearner(): Promise<Record<string, unknown>> {
  const [entry] = await loadFiles([entryFile()]);
  return entry!;
}

/**
 * Loads files of the learner's as one new module graph.
 * @param files paths below the learner's folder
 * @throws what a module throws while loading, or the link error
 */
export async function loadFiles(files: readonly string[]): Promise<Record<string, unknown>[]> {
  hook();
  const mark = `?g=${++generation}`;
  const loaded: Record<string, unknown>[] = [];
  for (const file of files) {
    const url = pathToFileURL(path.join(table().root, file));
    url.search = mark;
    loaded.push((await import(url.href)) as Record<string, unknown>);
  }
  return loaded;
}

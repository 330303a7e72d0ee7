import { readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { table } from './table.ts';

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
      if (!mark || !/^\.{1,2}\//.test(specifier)) return next(specifier, context);
      const url = new URL(specifier, context.parentURL);
      url.search = `?g=${mark[1]}`;
      return { url: url.href, format: 'module', shortCircuit: true };
    },
    load(url, context, next) {
      if (!GENERATION.test(url)) return next(url, context);
      const { root, sources } = table();
      const file = fileURLToPath(url.replace(/\?.*$/, ''));
      const source = sources?.get(path.relative(root, file).replaceAll('\\', '/'));
      if (source === undefined) return next(url, { ...context, format: undefined });
      return { format: 'module', source, shortCircuit: true };
    },
  });
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
  hook();
  const url = pathToFileURL(path.join(table().root, entryFile()));
  url.search = `?g=${++generation}`;
  return (await import(url.href)) as Record<string, unknown>;
}

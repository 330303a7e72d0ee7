/**
 * Loads a suite's files into the arbiter. Its own files and helpers are real modules, new ones for each run; what it
 * imports of the learner's is a module made of stand-ins.
 */
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin, registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withoutExtension } from '../../core/extension.ts';
import { NotCarried } from './not-carried.ts';
import { readSuiteSource } from './sources.ts';

const FRAMEWORKS = new Set(['vitest', '@jest/globals', 'bun:test']);
const RUN = /[?&]suite=(\d+)/;
const STAND_INS = 'kibitzer-suite:';
/** Where modules of stand-ins find them. */
const REGISTRY = Symbol.for('kibitzer.suite');

/** One run of a suite against one player. */
interface Run {
  /** absolute path of the folder that mirrors the learner's */
  folder: string;
  /** the learner's modules by path below the learner's folder, as stand-ins */
  learner: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

let run: Run | null = null;
let runs = 0;
(globalThis as Record<symbol, unknown>)[REGISTRY] = (file: string) => run!.learner.get(file);

/** Begins a run: what is imported from now on meets these stand-ins. */
export function beginRun(next: Run): void {
  run = next;
  runs++;
}

/**
 * Imports a test file of the suite.
 * @param file absolute path
 * @throws what its top level throws; NotCarried
 */
export async function importSpec(file: string): Promise<void> {
  await import(`${pathToFileURL(file).href}?suite=${runs}`);
}

/** A place in a stack, as one in a file below the suite's folder; null when it lies elsewhere. */
export function placeInSuite(
  url: string,
  line: number,
  column: number,
): { file: string; line: number } | null {
  if (!run || !url.startsWith('file:') || !RUN.test(url)) return null;
  const file = fileURLToPath(url.replace(/\?.*$/, ''));
  return { file: below(file), line: readSuiteSource(file).original(line, column).line };
}

const below = (file: string): string => path.relative(run!.folder, file).replaceAll('\\', '/');

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    if (!parentURL || !run || !RUN.test(parentURL)) return next(specifier, context);
    if (FRAMEWORKS.has(specifier))
      return { url: new URL('./globals.ts', import.meta.url).href, shortCircuit: true };
    if (isBuiltin(specifier)) return next(specifier, context);
    if (!/^\.\.?(\/|$)/.test(specifier))
      throw new NotCarried(`imports "${specifier}", which is not part of the exercise`);
    const importer = fileURLToPath(parentURL.replace(/\?.*$/, ''));
    const wanted = below(path.resolve(path.dirname(importer), specifier));
    const mine = [...run.learner.keys()];
    const learners = mine.includes(wanted) ? wanted : withoutExtension(wanted, mine);
    if (learners !== undefined) {
      const names = readSuiteSource(importer).names.get(specifier) ?? [];
      const query = new URLSearchParams({
        file: learners,
        names: JSON.stringify(names),
        suite: String(runs),
      });
      return { url: `${STAND_INS}${query}`, format: 'module', shortCircuit: true };
    }
    const file = path.join(run.folder, onDisk(wanted) ?? wanted);
    return { url: `${pathToFileURL(file).href}?suite=${runs}`, format: 'module', shortCircuit: true };
  },
  load(url, context, next) {
    if (url.startsWith(STAND_INS))
      return { format: 'module', source: moduleOfStandIns(url), shortCircuit: true };
    if (!url.startsWith('file:') || !RUN.test(url)) return next(url, context);
    const file = fileURLToPath(url.replace(/\?.*$/, ''));
    if (file.endsWith('.json'))
      return {
        format: 'module',
        source: `export default ${readFileSync(file, 'utf8')};`,
        shortCircuit: true,
      };
    return { format: 'module', source: readSuiteSource(file).code, shortCircuit: true };
  },
});

function onDisk(wanted: string): string | undefined {
  const full = (file: string): string => path.join(run!.folder, file);
  if (path.extname(wanted) !== '' && existsSync(full(wanted))) return wanted;
  const folder = { includes: (file: string) => existsSync(full(file)) } as unknown as string[];
  return withoutExtension(wanted, folder);
}

/** What a test imports and the learner's module lacks is undefined, as where modules are bundled, and no link error. */
function moduleOfStandIns(url: string): string {
  const query = new URLSearchParams(url.slice(STAND_INS.length));
  const file = query.get('file')!;
  const there = Object.keys(run!.learner.get(file) ?? {});
  const names = new Set([...(JSON.parse(query.get('names')!) as string[]), ...there]);
  const lines = [...names].map(
    (name, i) => `const _${i} = m[${JSON.stringify(name)}];\nexport { _${i} as ${JSON.stringify(name)} };`,
  );
  return `const m = globalThis[Symbol.for('kibitzer.suite')](${JSON.stringify(file)});\n${lines.join('\n')}\n`;
}

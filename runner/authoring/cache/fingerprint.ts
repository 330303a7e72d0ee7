import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { toJavaScript } from '../../program/javascript.ts';
import { importsOf } from '../../program/surface.ts';

const HOME = fileURLToPath(new URL('../../../', import.meta.url));
/** Parts of the runner that have a say in a verdict. */
const PARTS = ['engine', 'board', 'kit', 'core', 'program'];
/** Parts of a kata that have none, unless its probes import them. */
const NOT_JUDGING =
  /^(?:(?:moves|starter)\/|(?:kata|mistakes|cards)(?:\.[a-z]+)?\.ts$|probes\.[a-z]+\.ts$|probes\.[a-z]+\.ts$|brief(?:\.[a-z]+)?\.md$|equivalents\.json$)/;

/** Files whose contents, together, decide something. */
export class Fingerprint {
  /** changes when the content of any of them changes, or when there are others */
  readonly digest: string;
  readonly #list: () => readonly string[];
  readonly #stamp: string;

  /** @param list names the files; called again whenever it is asked whether all is as it was */
  private constructor(list: () => readonly string[], more: string) {
    this.#list = () => [...new Set(list())].toSorted();
    const files = this.#list();
    // first the stamp: what is written while the contents are read must not go unnoticed
    this.#stamp = stampOf(files);
    const hash = createHash('sha256').update(more);
    for (const file of files) addFile(hash, file);
    this.digest = hash.digest('hex');
  }

  /** Whether the files are as they were when the fingerprint was taken. */
  isFresh(): boolean {
    return stampOf(this.#list()) === this.#stamp;
  }

  /** Of the runner that judges, with Node and the packages it uses. */
  static ofEngine(): Fingerprint {
    const { LANG, LC_ALL, LC_TIME, NODE_OPTIONS } = process.env;
    const machine = [process.versions, process.platform, process.arch, LANG, LC_ALL, LC_TIME, NODE_OPTIONS];
    const packages = ['package.json', 'package-lock.json'].map((name) => path.join(HOME, name));
    const sources = (): string[] =>
      PARTS.flatMap((part) => filesBelow(path.join(HOME, 'runner', part))).filter(
        (file) => !file.endsWith('.test.ts'),
      );
    return new Fingerprint(() => [...sources(), ...packages], JSON.stringify(machine));
  }

  /** Of a kata's probes: the file, what it imports, and whatever else in its folder it might read. */
  static ofProbes(probes: string): Fingerprint {
    const folder = path.dirname(probes);
    const imported = importedBy(probes);
    const beside = (): string[] =>
      filesBelow(folder).filter(
        (file) => !NOT_JUDGING.test(path.relative(folder, file).replaceAll('\\', '/')),
      );
    return new Fingerprint(() => [...imported, ...beside()], probes);
  }
}

function addFile(hash: Hash, file: string): void {
  const bytes = existsSync(file) ? readFileSync(file) : null;
  hash.update(`\n${file} ${bytes?.length ?? 'none'}\n`).update(bytes ?? '');
}

function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return `${file} ${stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : 'none'}`;
    })
    .join('\n');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A file and every file that it reaches by relative imports. */
function importedBy(file: string): string[] {
  const reached = new Set([file]);
  for (const one of reached) {
    if (!/\.[mc]?[jt]s$/.test(one) || !existsSync(one)) continue;
    const parsed = toJavaScript(one, readFileSync(one, 'utf8'));
    if ('illegality' in parsed) continue;
    for (const { specifier } of importsOf(parsed.ast, parsed.code))
      if (/^\.\.?\//.test(specifier)) reached.add(path.resolve(path.dirname(one), specifier));
  }
  return [...reached];
}

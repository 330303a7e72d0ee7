import { readdirSync } from 'node:fs';
import path from 'node:path';
import { composeBrief, promiseOf, titleOf, type Part } from './brief.ts';
import { filesBelow, isCode, isSpec, isTooling, readAll, readIfThere, readIn } from './files.ts';
import { Skip, type FoundKata, type Texts } from './found.ts';
import { readHints } from './hints.ts';
import { readExerciseMetadata, type ExerciseMetadata } from './metadata.ts';
import { importsIn, reachedFrom } from './reach.ts';

/** What a track says of an exercise. */
export interface Listing {
  track: string;
  name?: string | undefined;
  /** 1 to 10 */
  difficulty?: number | undefined;
}

/**
 * Reads an exercise in the layout of an Exercism track.
 * @throws Skip when it cannot become a kata
 */
export function readExercise(folder: string, listing: Listing): FoundKata {
  const slug = path.basename(folder);
  const metadata = readExerciseMetadata(folder);
  const { blurb, files } = metadata;
  const all = filesBelow(folder).filter((file) => !isTooling(file));
  const specs = (files.test.length > 0 ? files.test : all).filter(isSpec);
  if (specs.length === 0) throw new Skip('no-tests');
  const solution =
    files.solution.length > 0 ? files.solution : all.filter((f) => path.parse(f).name === slug);
  const [entry] = solution.filter(isCode);
  if (entry === undefined)
    throw new Skip('missing-file', { file: `${slug}.ts`, why: 'no file to solve it in' });
  const starter = readAll(folder, [...solution, ...files.editor]);
  const others = all.filter((file) => !(file in starter) && (isCode(file) || file.endsWith('.json')));
  const texts = { ...starter, ...readAll(folder, [...new Set([...specs, ...others])]) };
  const reached = reachedFrom(specs, texts, (file) => !(file in starter));
  const tests = pick(texts, reached);
  const name = listing.name ?? metadata.title ?? titleOf(slug);
  const docs = documents(folder);
  return {
    slug,
    track: listing.track,
    title: name,
    promise: promiseOf(blurb || docs.sentence) || name,
    level: Math.min(5, Math.max(1, Math.ceil((listing.difficulty ?? 2) / 2))),
    brief: composeBrief(name, blurb || docs.sentence, docs.parts),
    hints: readHints(readIfThere(folder, '.docs/hints.md') ?? ''),
    starter,
    reference: reference(folder, files, starter, entry),
    tests,
    specs,
    entry,
    modules: modulesOf(tests, starter),
  };
}

/** The learner's files that tests import; the entry is loaded in any case. */
export function modulesOf(tests: Texts, starter: Texts): string[] {
  const known = [...Object.keys(tests), ...Object.keys(starter)];
  const imported = Object.entries(tests)
    .filter(([file]) => isCode(file))
    .flatMap(([file, text]) => importsIn(file, text, known).files);
  return [...new Set(imported.filter((file) => file in starter))];
}

/** The example in the places of the files that the learner writes, with the other files that it needs. */
function reference(
  folder: string,
  files: ExerciseMetadata['files'],
  starter: Texts,
  entry: string,
): Texts | null {
  const examples = [...files.example, ...files.exemplar].filter(isCode);
  if (examples.length === 0) return null;
  const main = examples.find((file) => /(?:^|\/)(?:proof\.ci|exemplar|example)\./.test(file)) ?? examples[0]!;
  const beside = readdirSync(path.join(folder, path.dirname(main)))
    .map((name) => path.posix.join(path.posix.dirname(main), name))
    .filter((file) => isCode(file) && file !== main);
  const placed: Record<string, string> = { ...starter, [entry]: readIn(folder, main) };
  for (const file of beside) placed[path.posix.basename(file)] = readIn(folder, file);
  return placed;
}

function documents(folder: string): { sentence: string; parts: Part[] } {
  const read = (name: string): string => readIfThere(folder, `.docs/${name}.md`) ?? '';
  const instructions = read('instructions');
  const parts = [
    { heading: 'Introduction', markdown: read('introduction') },
    { heading: 'Instructions', markdown: instructions },
    { heading: 'In this track', markdown: read('instructions.append') },
  ];
  const sentence = instructions.replace(/^\s*# .*\n+/, '').split(/\n\s*\n/)[0] ?? '';
  return { sentence, parts };
}

function pick(texts: Texts, files: readonly string[]): Texts {
  return Object.fromEntries(files.map((file) => [file, texts[file]!]));
}

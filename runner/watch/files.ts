/** The learner files of one kata: path below the kata's folder → content. */
export type Files = ReadonlyMap<string, Buffer>;

/**
 * Why a read is not believed at once: an editor may be half-way through a save.
 * cut: the new content looks like the beginning of a longer one · moving: two reads in a row differ
 */
export type Doubt = 'cut' | 'moving' | 'empty' | 'missing' | 'unreadable';

const NEWLINE = 10;

/** Paths that are new, gone or different, sorted. */
export function changedPaths(before: Files, now: Files): string[] {
  const paths = new Set([...before.keys(), ...now.keys()]);
  return [...paths].filter((path) => !sameContent(before.get(path), now.get(path))).sort();
}

/** True when both hold the same paths with the same bytes. */
export function sameFiles(a: Files, b: Files): boolean {
  if (a.size !== b.size) return false;
  for (const [path, content] of a) if (!sameContent(content, b.get(path))) return false;
  return true;
}

/** What speaks against believing `now` as the successor of `before`; the doubt that needs the longest wait wins. */
export function doubtOf(before: Files, now: Files): Exclude<Doubt, 'moving' | 'unreadable'> | null {
  for (const path of before.keys()) if (!now.has(path)) return 'missing';
  let cut = false;
  for (const [path, content] of now) {
    const old = before.get(path);
    if (sameContent(old, content)) continue;
    if (content.length === 0) return 'empty';
    if (old !== undefined && looksCut(old, content)) cut = true;
  }
  return cut ? 'cut' : null;
}

function looksCut(old: Buffer, content: Buffer): boolean {
  if (old.at(-1) === NEWLINE && content.at(-1) !== NEWLINE) return true;
  return content.length < old.length && old.subarray(0, content.length).equals(content);
}

function sameContent(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.equals(b));
}

import { storeFolder } from './new-folder.ts';

/**
 * Stores a bad move in a folder of its own, all of it or nothing.
 * @returns false when the folder is there already: nothing is ever overwritten
 * @throws the system's error
 */
export function storeMove(
  folder: string,
  files: Readonly<Record<string, string>>,
  expect: { behind: readonly string[]; line: string },
): boolean {
  return storeFolder(folder, { ...files, 'expect.json': expectText(expect) });
}

/** As the formatter leaves it. */
function expectText({ behind, line }: { behind: readonly string[]; line: string }): string {
  return `{\n  "behind": [${behind.map((id) => JSON.stringify(id)).join(', ')}],\n  "line": ${JSON.stringify(line)}\n}\n`;
}

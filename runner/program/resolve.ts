import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { withoutExtension } from '../core/extension.ts';

/** What a specifier leads to: a file of the program, something outside that is allowed, or a refusal. */
export type Resolution = { file: string } | { outside: string } | { message: string; hint: string };

/** Says why a specifier that is not relative is refused, or null when it is allowed. */
export type AllowImport = (specifier: string) => string | null;

/** Allows what comes with Node. */
export const allowBuiltins: AllowImport = (specifier) =>
  isBuiltin(specifier) ? null : `"${specifier}" is not part of this kata.`;

const CODE = /\.m?[jt]s$/;

/**
 * Finds what an import of `from` means, by Node's rules: relative specifiers name a file exactly, extension included.
 * @param loose as bundlers do it: the extension may be missing, or be that of the compiled file
 */
export function resolveImport(
  from: string,
  specifier: string,
  files: Iterable<string>,
  allowImport: AllowImport,
  loose = false,
): Resolution {
  const known = [...files];
  if (!/^\.\.?(\/|$)/.test(specifier)) {
    const refusal = allowImport(specifier);
    if (refusal === null) return { outside: specifier };
    return {
      message: refusal,
      hint: known.includes(specifier)
        ? `For your own file write "./${specifier}".`
        : 'Do without it; Node itself and your own files are there.',
    };
  }
  const wanted = posix.join(posix.dirname(from), specifier);
  if (known.includes(wanted)) {
    if (CODE.test(wanted)) return { file: wanted };
    if (/\.c[jt]s$/.test(wanted)) {
      return {
        message: `${wanted} is CommonJS; use export.`,
        hint: `Rename it to ${wanted.replace(/\.c([jt]s)$/, '.$1')} and use import and export.`,
      };
    }
    return {
      message: `"${specifier}" is neither TypeScript nor JavaScript.`,
      hint: 'Put what you need from it into a .ts file.',
    };
  }
  const found = loose ? withoutExtension(wanted, known) : undefined;
  if (found !== undefined) return { file: found };
  if (wanted.startsWith('..')) {
    return { message: `"${specifier}" leaves the kata's folder.`, hint: 'Import files of this folder only.' };
  }
  const meant = nearest(wanted, known);
  if (meant === undefined) {
    return {
      message: `${from} imports "${specifier}", and there is no such file.`,
      hint: `Create ${wanted}, or remove the import.`,
    };
  }
  const path = posix.relative(posix.dirname(from), meant);
  const write = `Write "${path.startsWith('.') ? path : `./${path}`}".`;
  if (posix.extname(wanted) === '' && meant.startsWith(wanted)) {
    return { message: `The import "${specifier}" lacks its file extension.`, hint: write };
  }
  if (meant.toLowerCase() === wanted.toLowerCase()) {
    return {
      message: `The file is called ${meant}, not ${wanted}: upper and lower case count.`,
      hint: write,
    };
  }
  return { message: `There is no ${wanted}; there is ${meant}.`, hint: write };
}

/** The file that was probably meant: another case, another or no extension, or the index of a folder. */
export function nearest(wanted: string, files: readonly string[]): string | undefined {
  const bare = (path: string) => path.replace(/\.[cm]?[jt]sx?$/, '');
  const fold = (path: string) => path.normalize('NFC').toLowerCase();
  const code = files.filter((file) => CODE.test(file));
  return (
    files.find((file) => fold(file) === fold(wanted)) ??
    code.find((file) => bare(file) === bare(wanted)) ??
    code.find((file) => fold(bare(file)) === fold(bare(wanted))) ??
    code.find((file) => bare(file) === posix.join(wanted, 'index'))
  );
}

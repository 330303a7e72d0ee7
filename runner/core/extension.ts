/**
 * The file that a path without extension, or with that of the compiled file, leads to; or the index of a folder.
 * @param files paths with forward slashes
 */
export function withoutExtension(wanted: string, files: readonly string[]): string | undefined {
  const bare = wanted.replace(/\.m?js$/, '');
  return ['.ts', '.mts', '.js', '.mjs']
    .flatMap((extension) => [wanted + extension, bare + extension, `${wanted}/index${extension}`])
    .find((file) => files.includes(file));
}

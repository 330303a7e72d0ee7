#!/usr/bin/env node
// Plain JavaScript that every Node can read: checks the version first, then starts the real program.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const fits = (major === 22 && minor >= 22) || (major === 24 && minor >= 15) || major >= 26;
if (!fits) {
  process.stderr.write(
    `error: kibitzer needs Node 22.22, 24.15 or 26, and this is Node ${process.versions.node}\n` +
      '  In a checkout the right one is installed with the rest: run `npm install`, then `npm start`.\n' +
      '  Elsewhere install a newer Node from https://nodejs.org and try again.\n',
  );
  process.exit(2);
}
// compiled code is kept between starts: types are stripped once, not at each start
if (process.env.NODE_COMPILE_CACHE === undefined) {
  const { directory } = module.enableCompileCache(
    fileURLToPath(new URL('../node_modules/.cache/kibitzer', import.meta.url)),
  );
  if (directory)
    process.env.NODE_COMPILE_CACHE = fileURLToPath(
      new URL('../node_modules/.cache/kibitzer', import.meta.url),
    );
}
await import('./cli.ts');

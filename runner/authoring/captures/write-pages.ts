/**
 * npm run screens [-- kata…]
 *
 * Writes docs/katas/<id>.md for the katas named, or for all of them, and the page that lists them. Exit code 1 if there
 * is a kata that no page can be made of, 2 if there is no such kata.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findKatas } from '../../store/katas.ts';
import { places } from '../../workspace.ts';
import { createCheckingEngine } from '../checking-engine.ts';
import { capture } from './capture.ts';
import { INDEX, indexPage, kataPage } from './page.ts';

const all = await findKatas();
const ids = process.argv.slice(2);
const unknown = ids.filter((id) => !all.some((kata) => kata.id === id));
if (unknown.length > 0) {
  process.stderr.write(`no such kata: ${unknown.join(', ')}; there are ${all.map((k) => k.id).join(', ')}\n`);
  process.exit(2);
}
const folder = path.join(places().home, 'docs', 'katas');
const pageOf = (id: string): string => path.join(folder, `${id}.md`);
mkdirSync(folder, { recursive: true });
const engine = createCheckingEngine();
try {
  for (const kata of ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id))) {
    try {
      writeFileSync(pageOf(kata.id), kataPage(await capture(engine, kata)));
      process.stderr.write(`${kata.id}: written\n`);
    } catch (error) {
      process.stderr.write(
        `${error instanceof Error ? error.message : String(error)}; its page is as it was\n`,
      );
      process.exitCode = 1;
    }
  }
} finally {
  engine.close();
}
for (const file of readdirSync(folder)) {
  const isKnown = file === INDEX || all.some(({ id }) => file === `${id}.md`);
  // a kata that has gone takes its page along
  if (!isKnown && file.endsWith('.md')) rmSync(path.join(folder, file));
}
writeFileSync(path.join(folder, INDEX), indexPage(all.filter(({ id }) => existsSync(pageOf(id)))));

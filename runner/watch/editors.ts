/** Ways in which editors save a file, step by step; for tests. */
import { copyFile, open, rename, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Makes `content` the content of `file`. */
export type WayOfSaving = (file: string, content: string) => Promise<void>;

/** Opens, truncates, writes: VS Code, nano, most others. */
export const plain: WayOfSaving = (file, content) => writeFile(file, content);

/** Every way by its name. */
export const waysOfSaving: Readonly<Record<string, WayOfSaving>> = {
  'plain write': plain,
  async 'vim, backup by renaming'(file, content) {
    await rename(file, `${file}~`);
    await writeFile(file, content);
    await unlink(`${file}~`);
  },
  async 'vim, backup by copying'(file, content) {
    await copyFile(file, `${file}~`);
    await writeFile(file, content);
    await unlink(`${file}~`);
  },
  async 'temporary file renamed over'(file, content) {
    await writeFile(`${file}.tmp`, content);
    await rename(`${file}.tmp`, file);
  },
  async 'JetBrains safe write'(file, content) {
    await writeFile(`${file}___jb_tmp___`, content);
    await rename(file, `${file}___jb_old___`);
    await rename(`${file}___jb_tmp___`, file);
    await unlink(`${file}___jb_old___`);
  },
  async 'truncate, pause, write'(file, content) {
    const handle = await open(file, 'w');
    await sleep(50);
    await handle.writeFile(content);
    await handle.close();
  },
  async 'delete, pause, create'(file, content) {
    await unlink(file);
    await sleep(100);
    await writeFile(file, content);
  },
  async 'in two pieces'(file, content) {
    const half = Math.floor(content.length / 2);
    const handle = await open(file, 'w');
    await handle.write(content.slice(0, half));
    await sleep(8);
    await handle.write(content.slice(half));
    await handle.close();
  },
};

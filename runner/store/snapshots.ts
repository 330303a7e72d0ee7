import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { KibitzerError } from '../errors.ts';
import { replaceFile } from './atomic-file.ts';
import { type Disk, explainCode, realDisk, systemCode } from './disk.ts';

/** The texts of every move, each stored once under the hash of its content. */
export interface Snapshots {
  /**
   * Keeps texts and returns the hash of each, under the same paths. When it returns and `unsaved` is null they are
   * on the disk. A disk that is full, read-only or broken does not throw: the texts stay in memory, and the next
   * save or flush tries again.
   */
  save(files: Readonly<Record<string, string>>): Record<string, string>;
  /**
   * The texts behind hashes, under the same paths. Throws SNAPSHOT_MISSING, SNAPSHOT_DAMAGED and
   * SNAPSHOT_UNREADABLE, each naming the path and the file.
   */
  load(hashes: Readonly<Record<string, string>>): Record<string, string>;
  /** Tries again to save what is in memory only. Returns whether everything is saved. */
  flush(): boolean;
  /** why some texts are in memory only ("ENOSPC"), or null */
  readonly unsaved: string | null;
}

/**
 * The snapshots in a folder (`practice/.kibitzer`), kept as `snapshots/<hash>`. Reads and writes nothing yet, and
 * never throws. Half-written files of a killed run are swept by sweepTemporaryFiles (atomic-file.ts).
 */
export function openSnapshots(folder: string, options: { disk?: Disk } = {}): Snapshots {
  const { disk = realDisk } = options;
  const home = join(folder, 'snapshots');
  const waiting = new Map<string, string>();
  let unsaved: string | null = null;

  function flush(): boolean {
    try {
      for (const [hash, text] of waiting) {
        store(hash, Buffer.from(text));
        waiting.delete(hash);
      }
      unsaved = null;
    } catch (error) {
      unsaved = systemCode(error);
      if (unsaved === null) throw error;
    }
    return unsaved === null;
  }

  function store(hash: string, bytes: Buffer): void {
    const path = join(home, hash);
    // A file that went bad is written again as long as its content is at hand.
    if (readIfThere(path)?.equals(bytes)) return;
    disk.mkdirSync(home, { recursive: true });
    replaceFile(folder, path, bytes, disk);
  }

  function readIfThere(path: string): Buffer | null {
    try {
      return disk.readFileSync(path);
    } catch (error) {
      if (systemCode(error) === null) throw error;
      return null;
    }
  }

  function read(file: string, hash: string): string {
    const text = waiting.get(hash);
    if (text !== undefined) return text;
    // It comes from a log, and becomes a part of a path.
    if (!/^[0-9a-f]{16}$/.test(hash)) {
      throw new KibitzerError(
        'SNAPSHOT_DAMAGED',
        `the snapshot of ${file} cannot be named: ${JSON.stringify(hash)} is not a hash`,
        'kibitzer doctor checks the log and the snapshots',
      );
    }
    const path = join(home, hash);
    let bytes: Buffer;
    try {
      bytes = disk.readFileSync(path);
    } catch (error) {
      const code = systemCode(error);
      if (code === null) throw error;
      throw new KibitzerError(
        code === 'ENOENT' ? 'SNAPSHOT_MISSING' : 'SNAPSHOT_UNREADABLE',
        `the snapshot of ${file} cannot be read: ${path}\n${explainCode(code)}`,
        'this one earlier version cannot be shown or restored; everything else works',
        { cause: error },
      );
    }
    if (hashOf(bytes) !== hash) {
      throw new KibitzerError(
        'SNAPSHOT_DAMAGED',
        `the snapshot of ${file} is damaged: ${path}\nits content does not match its name`,
        'this one earlier version cannot be shown or restored; everything else works',
      );
    }
    return bytes.toString();
  }

  return {
    save(files) {
      const hashes = map(files, (text) => {
        const hash = hashOf(Buffer.from(text));
        waiting.set(hash, text);
        return hash;
      });
      flush();
      return hashes;
    },
    load: (hashes) => map(hashes, (hash, file) => read(file, hash)),
    flush,
    get unsaved() {
      return unsaved;
    },
  };
}

/** The name of a content: the first 16 hex digits of its SHA-256. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

function map(
  record: Readonly<Record<string, string>>,
  change: (value: string, key: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Verdict } from '../../core/verdict.ts';

const DAY_MS = 86_400_000;
/** Verdicts that nobody has asked for that long are removed. */
const KEPT_DAYS = 7;

const ENTRY = z.object({
  key: z.string(),
  verdict: z.looseObject({ kind: z.string(), results: z.array(z.unknown()) }),
});

/** Verdicts by key. */
export interface VerdictMemory {
  load(key: string): Verdict | null;
  save(key: string, verdict: Verdict): void;
}

/** Verdicts for as long as the process lives. */
export class MemoryStore implements VerdictMemory {
  readonly #verdicts = new Map<string, Verdict>();

  load(key: string): Verdict | null {
    return this.#verdicts.get(key) ?? null;
  }

  save(key: string, verdict: Verdict): void {
    this.#verdicts.set(key, verdict);
  }
}

/** Verdicts on disk. What cannot be read or written counts as not there. */
export class VerdictStore implements VerdictMemory {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#sweep();
  }

  load(key: string): Verdict | null {
    const file = this.#fileOf(key);
    try {
      const entry = ENTRY.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
      if (entry.key !== key) return null;
      const now = new Date();
      utimesSync(file, now, now);
      return entry.verdict as unknown as Verdict;
    } catch {
      return null;
    }
  }

  save(key: string, verdict: Verdict): void {
    const file = this.#fileOf(key);
    const half = `${file}.${process.pid}`;
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(half, gzipSync(JSON.stringify({ key, verdict })));
      renameSync(half, file);
    } catch {
      // a full disk must not spoil the check
      rmSync(half, { force: true });
    }
  }

  /** Removes what has not been used for a week. */
  #sweep(): void {
    const now = Date.now();
    try {
      for (const entry of readdirSync(this.#folder, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath, entry.name);
        if (now - statSync(file).mtimeMs > KEPT_DAYS * DAY_MS) rmSync(file, { force: true });
      }
    } catch {
      // somebody else sweeps, or there is nothing yet
    }
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, key.slice(0, 2), `${key.slice(2)}.gz`);
  }
}

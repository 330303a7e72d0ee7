import path from 'node:path';
import type { Mistake } from '../core/book.ts';
import { KibitzerError } from '../errors.ts';
import type { Judged } from '../judging.ts';
import type { Kata, StoredMove } from '../store/katas.ts';

/** A bad move as it will be stored. */
export interface NewMove {
  mistake: string;
  name: string;
  /** text by path, without expect.json */
  files: Readonly<Record<string, string>>;
  expect: { behind: readonly string[]; line: string };
  /** the mistake that was diagnosed, or null when the author names one that was not */
  diagnosed: string | null;
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * What to store of a judged program: under the mistake that was diagnosed, with what lies behind it and the line that
 * is pointed at as measured.
 * @param o.as files it under this mistake instead: one that the book ought to name
 * @param o.stored the moves that are there already, with their programs' hashes
 * @throws KibitzerError for what is no bad move, what is stored already, and what the book has no name for
 */
export function newMove(
  kata: Pick<Kata, 'id'>,
  book: readonly Mistake[],
  judged: Judged,
  files: Readonly<Record<string, string>>,
  o: {
    name: string;
    as?: string | undefined;
    stored: readonly (Pick<StoredMove, 'mistake' | 'name'> & { hash: string })[];
  },
): NewMove {
  for (const id of [o.name, o.as ?? o.name]) {
    if (!ID.test(id))
      throw new KibitzerError(
        'NAME_INVALID',
        `“${id}” is no name for a folder of a kata`,
        'use small letters, digits and hyphens: read-back-by-id',
      );
  }
  if ('illegality' in judged)
    throw new KibitzerError(
      'MOVE_ILLEGAL',
      `this is no move: ${judged.illegality.message}`,
      judged.illegality.hint,
    );
  const { verdict, diagnosis, program } = judged;
  if (verdict.kind === 'won')
    throw new KibitzerError(
      'MOVE_WINS',
      'this wins: every probe holds, so it is no bad move',
      `if the code is wrong all the same, a probe is missing; if it is right, it may be an accepted design: solutions/…/${kata.id}/alternatives/<name>/`,
    );
  if (verdict.kind === 'tampering')
    throw new KibitzerError(
      'MOVE_TAMPERS',
      'this reaches for what judges it',
      'only programs that play are stored',
    );
  const same = o.stored.find((m) => m.hash === program.hash);
  if (same)
    throw new KibitzerError(
      'MOVE_STORED',
      `this program is stored already, as moves/${same.mistake}/${same.name}`,
      'formatting, comments and names of locals make no other move',
    );
  const diagnosed = diagnosis.status === 'known' ? diagnosis.mistake : null;
  const mistake = o.as ?? diagnosed;
  if (mistake === null) {
    const lost = verdict.results.filter(
      (r) => r.message && r.outcome !== 'held' && r.outcome !== 'unreached',
    );
    throw new KibitzerError(
      'OUT_OF_BOOK',
      `no mistake of the book explains this move\n${lost.map((r) => `${r.probe}: ${r.message}`).join('; ')}`,
      `if the book ought to name it, say so: --mistake <id>, one of ${book.map((m) => m.id).join(', ')}, or a new one`,
    );
  }
  if (o.stored.some((m) => m.mistake === mistake && m.name === o.name))
    throw new KibitzerError(
      'MOVE_EXISTS',
      `there is a move ${mistake}/${o.name} already; nothing was changed`,
      'choose another name: --name <name>',
    );
  const at = diagnosis.status === 'none' ? null : diagnosis.at;
  return {
    mistake,
    name: o.name,
    files,
    expect: {
      // behind another mistake than the one that was found lies what nobody has measured
      behind: diagnosis.status === 'known' && diagnosed === mistake ? diagnosis.behind : [],
      line: at ? (files[at.file]?.split(/\r?\n/)[at.line - 1]?.trim() ?? '') : '',
    },
    diagnosed,
  };
}

/** The name of a move after the path it comes from: the file's own, or the folder's where the file is named as the kata wants it. */
export function nameFor(target: string, entry: string): string {
  const { name, base, dir } = path.parse(path.resolve(target));
  const own = base === path.basename(entry) ? path.basename(dir) : name;
  return own
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

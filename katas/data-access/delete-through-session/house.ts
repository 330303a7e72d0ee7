import type { Fact, ProbeContext, SqlWorld } from 'kibitzer/kit';
import type * as Starter from './starter/gallery.ts';

export type Play = ProbeContext<typeof Starter>;

export const SCHEMA = `
  CREATE TABLE user(id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE album(id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES user(id), title TEXT);
  CREATE TABLE photo(id INTEGER PRIMARY KEY, album_id INTEGER REFERENCES album(id), path TEXT);
  CREATE TABLE leftover(path TEXT PRIMARY KEY);`;

export const LISBON = 11;
export const PORTO = 12;
export const FARO = 13;
export const OSLO = 21;
export const EMPTY = 31;
export const ADA = 1;
export const BEN = 2;
export const DEE = 3;

/** Ada has three albums, one of them without photos; Ben has one; that of Dee is empty. */
export const STORED = `${SCHEMA}
  INSERT INTO user VALUES (1, 'Ada'), (2, 'Ben'), (3, 'Dee');
  INSERT INTO album VALUES (11, 1, 'Lisbon'), (12, 1, 'Porto'), (13, 1, 'Faro'), (21, 2, 'Oslo'), (31, 3, 'Empty');
  INSERT INTO photo VALUES (101, 11, 'lisbon-1.jpg'), (102, 11, 'lisbon-2.jpg'), (103, 11, 'lisbon-3.jpg'),
    (104, 12, 'porto-1.jpg'), (105, 12, 'porto-2.jpg'), (106, 21, 'oslo-1.jpg');`;

/** What a removal is about, by ids. */
export interface Target {
  users?: readonly number[];
  albums: readonly number[];
  photos: readonly number[];
}

export const OF_LISBON: Target = { albums: [LISBON], photos: [101, 102, 103] };
export const OF_PORTO: Target = { albums: [PORTO], photos: [104, 105] };
export const OF_ADA: Target = {
  users: [ADA],
  albums: [LISBON, PORTO, FARO],
  photos: [101, 102, 103, 104, 105],
};

/**
 * How things stand, as others see them. `whole`: all is there · `gone`: all has gone, as the contract has it · `half`:
 * some rows are there · `listed`: all is there, and a file is listed to go all the same · `broken`: all rows are there and a file is not · `lost`: rows are gone, and a file is there
 * that nobody is told of · `both`: a file is gone and still listed
 */
export type Left = 'whole' | 'gone' | 'half' | 'listed' | 'broken' | 'lost' | 'both';

interface Stored {
  user: ReadonlySet<number>;
  album: ReadonlySet<number>;
  photo: ReadonlyMap<number, string>;
  listed: ReadonlySet<string>;
}

/** A gallery over a database and a disk of which the probe sees everything. */
export class House {
  readonly w: SqlWorld;
  readonly gallery: Starter.Gallery;
  readonly disk: Set<string>;
  /** files in use: they cannot be removed */
  readonly inUse = new Set<string>();
  /** how often a file was asked to go that was not there */
  missing = 0;
  readonly #before: Stored;
  readonly #acts: { after: number; fact: Fact }[] = [];

  /** @param o `traced`: whether to tell each removal of a file with its line; costs a few calls */
  constructor(t: Play, o: { schema?: string; foreignKeys?: boolean; traced?: boolean } = {}) {
    const w = t.sql.open(o.schema ?? STORED, { foreignKeys: o.foreignKeys ?? false });
    this.w = w;
    this.#before = this.#stored();
    this.disk = new Set(this.#before.photo.values());
    const seen = w.outside().prepare('SELECT 1 FROM photo WHERE path = ?');
    // reading it in a call from the learner's code tells where that code is
    const here = t.reads.watch({ at: 0 });
    const act = (text: string): void => {
      if (o.traced === false) return;
      t.reads.clear();
      void here.at;
      this.#acts.push({
        after: w.mark(),
        fact: { kind: 'note', text, site: t.reads.facts[0]?.site ?? null },
      });
    };
    const files: Starter.Files = {
      remove: (path) => {
        if (this.inUse.has(path)) {
          act(`${path} cannot be removed: it is in use`);
          throw new Error(`EBUSY: ${path} is in use`);
        }
        if (!this.disk.delete(path)) {
          this.missing++;
          act(`${path} cannot be removed: there is none`);
          throw new Error(`ENOENT: no such file, ${path}`);
        }
        act(`${path} is removed${seen.get(path) ? ', its row is there for others' : ''}`);
      },
    };
    this.gallery = t.mod.openGallery(w.learner, files);
  }

  /** Statements and removals of files since a mark, in the order in which they happened. */
  story(mark: number): Fact[] {
    const facts: Fact[] = [];
    const acts = this.#acts.filter((a) => a.after >= mark);
    for (const f of this.w.since(mark)) {
      while (acts[0] && acts[0].after < f.seq) facts.push(acts.shift()!.fact);
      facts.push(f);
    }
    return [...facts, ...acts.map((a) => a.fact)];
  }

  /** How things stand with what a removal is about. */
  left(target: Target): Left {
    const now = this.#stored();
    const there = [
      ...(target.users ?? []).map((id) => now.user.has(id)),
      ...target.albums.map((id) => now.album.has(id)),
      ...target.photos.map((id) => now.photo.has(id)),
    ];
    const rows = there.filter(Boolean).length;
    const paths = target.photos.map((id) => this.#before.photo.get(id)!);
    if (rows > 0 && rows < there.length) return 'half';
    if (rows > 0) {
      if (!paths.every((path) => this.disk.has(path))) return 'broken';
      return paths.some((path) => now.listed.has(path)) ? 'listed' : 'whole';
    }
    if (paths.some((path) => this.disk.has(path) && !now.listed.has(path))) return 'lost';
    return paths.some((path) => !this.disk.has(path) && now.listed.has(path)) ? 'both' : 'gone';
  }

  /** Whether everything that a removal is not about is as it was. */
  others(target: Target): boolean {
    const now = this.#stored();
    const kept = <T>(all: Iterable<T>, gone: readonly T[]): T[] =>
      [...all].filter((id) => !gone.includes(id));
    return (
      kept(this.#before.user, target.users ?? []).every((id) => now.user.has(id)) &&
      kept(this.#before.album, target.albums).every((id) => now.album.has(id)) &&
      kept(this.#before.photo.keys(), target.photos).every(
        (id) => now.photo.has(id) && this.disk.has(this.#before.photo.get(id)!),
      )
    );
  }

  /** Rows and files of a target that are still there, in words: "1 of 1 album, 2 of 3 photos and 2 of 3 files", listed files left out. */
  remains(target: Target): string {
    const now = this.#stored();
    const albums = target.albums.filter((id) => now.album.has(id)).length;
    const photos = target.photos.filter((id) => now.photo.has(id)).length;
    const files = target.photos.filter((id) => {
      const path = this.#before.photo.get(id)!;
      return this.disk.has(path) && !now.listed.has(path);
    }).length;
    const [ofAlbums, ofPhotos] = [target.albums.length, target.photos.length];
    return [
      `${albums} of ${many(ofAlbums, 'album')}, ${photos} of ${many(ofPhotos, 'photo')}`,
      `${files} of ${many(ofPhotos, 'file')}`,
    ].join(' and ');
  }

  #stored(): Stored {
    const ids = (table: string): Set<number> => new Set(this.w.table(table).map((r) => Number(r.id)));
    return {
      user: ids('user'),
      album: ids('album'),
      photo: new Map(this.w.table('photo').map((r) => [Number(r.id), String(r.path)])),
      listed: new Set(this.w.table('leftover').map((r) => String(r.path))),
    };
  }
}

export const many = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

export const note = (text: string): Fact => ({ kind: 'note', text, site: null });

/** A call that may throw. @returns what it threw as text; null when it came to its end */
export function failure(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A statement that begins a transaction while there is one, or ends one that is not there. */
export const ABOUT_TRANSACTIONS = /within a transaction|no transaction is active|no such savepoint/i;

/** What is wrong, in words, where something is. */
export const SAYS: Record<Left, string> = {
  whole: 'nothing is removed',
  gone: 'everything is removed',
  half: 'some of it is removed and some is not',
  listed: 'rows and files are still there, and `leftover` names a file to be removed',
  broken: 'rows are still there, and their files are not',
  lost: 'a file stays on the disk, and `leftover` does not name it',
  both: '`leftover` names a file that has been removed',
};

export function tell(t: Play, facts: readonly Fact[]): void {
  for (const f of facts) t.fact(f);
}

import type { DatabaseSync } from 'node:sqlite';

export interface Files {
  /** throws if the file is in use, and if there is none */
  remove(path: string): void;
}

export interface AlbumView {
  id: number;
  title: string;
  photos: number;
}

export interface Gallery {
  removeAlbum(id: number): void;
  /** the user with all albums and their photos */
  removeUser(id: number): void;
  /** several removals as one decision */
  together(work: (g: Gallery) => void): void;
  find(id: number): AlbumView | null;
}

const FIND = `
  SELECT id, title, user_id, (SELECT count(*) FROM photo WHERE album_id = album.id) AS photos
  FROM album WHERE id = ?`;
const AMONG = 'IN (SELECT value FROM json_each(?))';

/** What shall go, noted down and not yet done. */
class Session {
  readonly #db: DatabaseSync;
  readonly #files: Files;
  readonly #albums = new Set<number>();
  readonly #users = new Set<number>();

  constructor(db: DatabaseSync, files: Files) {
    this.#db = db;
    this.#files = files;
  }

  deleteAlbum(id: number): void {
    this.#albums.add(id);
  }

  deleteUser(id: number): void {
    this.#users.add(id);
  }

  find(id: number): AlbumView | null {
    const row = this.#db.prepare(FIND).get(id) as (AlbumView & { user_id: number }) | undefined;
    if (!row || this.#albums.has(row.id) || this.#users.has(row.user_id)) return null;
    return { id: row.id, title: row.title, photos: row.photos };
  }

  commit(): void {
    if (this.#albums.size + this.#users.size === 0) return;
    const paths = [...this.#albums].flatMap((id) => this.#one([id], []));
    paths.push(...[...this.#users].flatMap((id) => this.#one([], [id])));
    for (const path of paths) {
      try {
        this.#files.remove(path);
      } catch {
        continue; // it stays listed for the night
      }
      this.#db.prepare('DELETE FROM leftover WHERE path = ?').run(path);
    }
  }

  #one(albumIds: number[], userIds: number[]): string[] {
    const db = this.#db;
    const users = JSON.stringify(userIds);
    const asked = JSON.stringify(albumIds);
    db.exec('BEGIN IMMEDIATE');
    try {
      const albums = db
        .prepare(`SELECT id FROM album WHERE id ${AMONG} OR user_id ${AMONG}`)
        .all(asked, users);
      const ids = JSON.stringify(albums.map((a) => a.id));
      const photos = db.prepare(`DELETE FROM photo WHERE album_id ${AMONG} RETURNING path`).all(ids);
      const paths = photos.map((p) => String(p.path));
      db.prepare('INSERT INTO leftover SELECT value FROM json_each(?)').run(JSON.stringify(paths));
      db.prepare(`DELETE FROM album WHERE id ${AMONG}`).run(ids);
      db.prepare(`DELETE FROM user WHERE id ${AMONG}`).run(users);
      db.exec('COMMIT');
      return paths;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}

export function openGallery(db: DatabaseSync, files: Files): Gallery {
  const within = (session: Session): Gallery => ({
    removeAlbum: (id) => session.deleteAlbum(id),
    removeUser: (id) => session.deleteUser(id),
    together: (work) => work(within(session)),
    find: (id) => session.find(id),
  });
  const together = (work: (g: Gallery) => void): void => {
    const session = new Session(db, files);
    work(within(session));
    session.commit();
  };
  return {
    together,
    removeAlbum: (id) => together((g) => g.removeAlbum(id)),
    removeUser: (id) => together((g) => g.removeUser(id)),
    find: (id) => new Session(db, files).find(id),
  };
}

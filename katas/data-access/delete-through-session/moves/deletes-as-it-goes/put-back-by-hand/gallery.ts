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

interface Photo {
  id: number;
  path: string;
}

class Album {
  #db: DatabaseSync;
  #files: Files;
  readonly id: number;
  readonly title: string;

  constructor(db: DatabaseSync, files: Files, row: { id: number; title: string }) {
    this.#db = db;
    this.#files = files;
    this.id = row.id;
    this.title = row.title;
  }

  photos(): Photo[] {
    const rows = this.#db.prepare('SELECT id, path FROM photo WHERE album_id = ? ORDER BY id').all(this.id);
    return rows as unknown as Photo[];
  }

  /** an album knows best what belongs to it */
  delete(): void {
    const all = this.#db.prepare('SELECT * FROM album WHERE id = ?').get(this.id);
    this.#db.prepare('DELETE FROM album WHERE id = ?').run(this.id);
    try {
      for (const photo of this.photos()) {
        this.#files.remove(photo.path);
        this.#db.prepare('DELETE FROM photo WHERE id = ?').run(photo.id);
      }
    } catch (error) {
      const { id, user_id, title } = all!;
      this.#db.prepare('INSERT INTO album VALUES (?, ?, ?)').run(id!, user_id!, title!);
      throw error;
    }
  }
}

export function openGallery(db: DatabaseSync, files: Files): Gallery {
  const loaded = new Map<number, Album>();

  const load = (id: number): Album | null => {
    const known = loaded.get(id);
    if (known) return known;
    const row = db.prepare('SELECT id, title FROM album WHERE id = ?').get(id);
    if (!row) return null;
    const album = new Album(db, files, row as { id: number; title: string });
    loaded.set(id, album);
    return album;
  };

  const gallery: Gallery = {
    removeAlbum(id) {
      load(id)?.delete();
    },
    // some have hundreds of albums: all in one go
    removeUser(id) {
      db.prepare('DELETE FROM album WHERE user_id = ?').run(id);
      db.prepare('DELETE FROM user WHERE id = ?').run(id);
    },
    together(work) {
      work(gallery);
    },
    find(id) {
      const album = load(id);
      return album && { id: album.id, title: album.title, photos: album.photos().length };
    },
  };
  return gallery;
}

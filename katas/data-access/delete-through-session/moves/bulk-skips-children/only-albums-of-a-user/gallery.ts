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
  SELECT id, title, (SELECT count(*) FROM photo WHERE album_id = album.id) AS photos
  FROM album WHERE id = ?`;

export function openGallery(db: DatabaseSync, files: Files): Gallery {
  let paths: string[] = [];

  /** rows first, all or none; files when the rows are gone for good */
  function together(work: (g: Gallery) => void): void {
    if (db.isTransaction) return work(gallery);
    paths = [];
    db.exec('BEGIN IMMEDIATE');
    try {
      work(gallery);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
    for (const path of paths) discard(path);
  }

  function discard(path: string): void {
    try {
      files.remove(path);
    } catch {
      db.prepare('INSERT INTO leftover VALUES (?)').run(path);
    }
  }

  function removePhotos(where: string, id: number): void {
    const rows = db.prepare(`DELETE FROM photo WHERE ${where} RETURNING path`).all(id);
    paths.push(...rows.map((row) => String(row.path)));
  }

  const gallery: Gallery = {
    together,
    removeAlbum(id) {
      together(() => {
        removePhotos('album_id = ?', id);
        db.prepare('DELETE FROM album WHERE id = ?').run(id);
      });
    },
    removeUser(id) {
      together(() => {
        db.prepare('DELETE FROM album WHERE user_id = ?').run(id);
        db.prepare('DELETE FROM user WHERE id = ?').run(id);
      });
    },
    find(id) {
      const row = db.prepare(FIND).get(id);
      return row ? ({ ...row } as unknown as AlbumView) : null;
    },
  };
  return gallery;
}

import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function openBooking(db: AsyncDb): Booking {
  async function lock(name: string): Promise<void> {
    for (;;) {
      const { changes } = await db.run('INSERT OR IGNORE INTO hold (name) VALUES (?)', name);
      if (changes === 1) return;
      await sleep(20);
    }
  }

  async function unlock(name: string): Promise<void> {
    await db.run('DELETE FROM hold WHERE name = ?', name);
  }

  async function holding<T>(seats: readonly string[], work: () => Promise<T>): Promise<T> {
    const inOrder = seats.toSorted();
    for (const seat of inOrder) await lock(seat);
    const result = await work();
    for (const seat of inOrder) await unlock(seat);
    return result;
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    return bookTogether([seat], guest);
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    return holding([from, to], () => {
      const sql = `UPDATE seat SET taken_by = CASE id WHEN ?3 THEN ?1 END
        WHERE id IN (?2, ?3)
          AND EXISTS (SELECT 1 FROM seat WHERE id = ?2 AND taken_by = ?1)
          AND EXISTS (SELECT 1 FROM seat WHERE id = ?3 AND taken_by IS NULL)`;
      return db.run(sql, guest, from, to).then(({ changes }) => changes === 2);
    });
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    return holding(seats, () =>
      db.transaction(async (tx) => {
        for (const seat of seats) {
          const row = await tx.get('SELECT taken_by FROM seat WHERE id = ?', seat);
          if (row?.taken_by !== null) return false;
        }
        for (const seat of seats) await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
        return true;
      }),
    );
  }

  return { book, move, bookTogether };
}

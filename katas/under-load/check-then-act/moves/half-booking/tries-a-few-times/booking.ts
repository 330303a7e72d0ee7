import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function openBooking(db: AsyncDb): Booking {
  const TRIES = 3;

  async function book(seat: string, guest: string): Promise<boolean> {
    const sql = 'UPDATE seat SET taken_by = ? WHERE id = ? AND taken_by IS NULL';
    return (await db.run(sql, guest, seat)).changes === 1;
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    return db.transaction(async (tx) => {
      const there = await tx.get('SELECT taken_by FROM seat WHERE id = ?', to);
      const here = await tx.get('SELECT taken_by FROM seat WHERE id = ?', from);
      if (here?.taken_by !== guest || there?.taken_by !== null) return false;
      await tx.run('UPDATE seat SET taken_by = NULL WHERE id = ?', from);
      await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, to);
      return true;
    });
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const got: string[] = [];
      for (const seat of seats) if (await book(seat, guest)) got.push(seat);
      if (got.length === seats.length) return true;
      for (const seat of got)
        await db.run('UPDATE seat SET taken_by = NULL WHERE id = ? AND taken_by = ?', seat, guest);
      await sleep(10 + attempt * 50);
    }
    return false;
  }

  return { book, move, bookTogether };
}

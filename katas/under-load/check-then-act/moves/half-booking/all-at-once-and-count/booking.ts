import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
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
    const marks = seats.map(() => '?').join(', ');
    const sql = `UPDATE seat SET taken_by = ? WHERE id IN (${marks}) AND taken_by IS NULL`;
    const { changes } = await db.run(sql, guest, ...seats);
    if (changes === seats.length) return true;
    // not all of them: give back what we got
    await db.run(`UPDATE seat SET taken_by = NULL WHERE id IN (${marks}) AND taken_by = ?`, ...seats, guest);
    return false;
  }

  return { book, move, bookTogether };
}

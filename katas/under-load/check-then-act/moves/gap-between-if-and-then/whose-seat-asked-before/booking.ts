import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  async function ownerOf(seat: string): Promise<unknown> {
    const row = await db.get('SELECT taken_by FROM seat WHERE id = ?', seat);
    return row ? row.taken_by : 'nobody: there is no such seat';
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    const sql = 'UPDATE seat SET taken_by = ? WHERE id = ? AND taken_by IS NULL';
    return (await db.run(sql, guest, seat)).changes === 1;
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    if ((await ownerOf(from)) !== guest) return false;
    return db.transaction(async (tx) => {
      const sql = 'UPDATE seat SET taken_by = ? WHERE id = ? AND taken_by IS NULL';
      if ((await tx.run(sql, guest, to)).changes === 0) return false;
      await tx.run('UPDATE seat SET taken_by = NULL WHERE id = ? AND taken_by = ?', from, guest);
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

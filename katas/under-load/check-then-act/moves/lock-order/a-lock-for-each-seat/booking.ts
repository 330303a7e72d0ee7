import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  const locks = new Map<string, Promise<void>>();

  async function lock(seat: string): Promise<() => void> {
    const before = locks.get(seat);
    const { promise, resolve } = Promise.withResolvers<void>();
    locks.set(seat, promise);
    await before;
    return resolve;
  }

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
    const unlock: (() => void)[] = [];
    for (const seat of seats) {
      unlock.push(await lock(seat));
      // a look before the queue at the next seat: often it is not worth it
      const row = await db.get('SELECT taken_by FROM seat WHERE id = ?', seat);
      if (row?.taken_by !== null) {
        for (const free of unlock) free();
        return false;
      }
    }
    const marks = seats.map(() => '?').join(', ');
    const sql = `UPDATE seat SET taken_by = ? WHERE id IN (${marks})
      AND NOT EXISTS (SELECT 1 FROM seat WHERE id IN (${marks}) AND taken_by IS NOT NULL)`;
    const { changes } = await db.run(sql, guest, ...seats, ...seats);
    for (const free of unlock) free();
    return changes === seats.length;
  }

  return { book, move, bookTogether };
}

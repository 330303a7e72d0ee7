import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  /** The house is open to one at a time; who comes meanwhile is told to come back. */
  async function enter(guest: string): Promise<boolean> {
    const sql = "INSERT OR IGNORE INTO hold (name, since) VALUES ('house', ?)";
    return (await db.run(sql, guest)).changes === 1;
  }

  async function leave(): Promise<void> {
    await db.run("DELETE FROM hold WHERE name = 'house'");
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    if (!(await enter(guest))) return false;
    const sql = 'UPDATE seat SET taken_by = ? WHERE id = ? AND taken_by IS NULL';
    const { changes } = await db.run(sql, guest, seat);
    await leave();
    return changes === 1;
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

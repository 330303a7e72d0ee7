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

  async function assign(seat: string, guest: string | null): Promise<void> {
    await db.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
  }

  async function inTransaction(work: () => Promise<boolean>): Promise<boolean> {
    await db.run('BEGIN IMMEDIATE');
    const done = await work();
    await db.run(done ? 'COMMIT' : 'ROLLBACK');
    return done;
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    return bookTogether([seat], guest);
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    return inTransaction(async () => {
      if ((await ownerOf(from)) !== guest || (await ownerOf(to)) !== null) return false;
      await assign(to, guest);
      await assign(from, null);
      return true;
    });
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    return inTransaction(async () => {
      for (const seat of seats) if ((await ownerOf(seat)) !== null) return false;
      for (const seat of seats) await assign(seat, guest);
      return true;
    });
  }

  return { book, move, bookTogether };
}

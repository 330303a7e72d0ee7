import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  async function ownerOf(tx: AsyncDb, seat: string): Promise<unknown> {
    const row = await tx.get('SELECT taken_by FROM seat WHERE id = ?', seat);
    return row ? row.taken_by : 'nobody: there is no such seat';
  }

  async function assign(tx: AsyncDb, seat: string, guest: string | null): Promise<void> {
    await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    return bookTogether([seat], guest);
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    return db.transaction(async (tx) => {
      if ((await ownerOf(tx, from)) !== guest) return false;
      if ((await ownerOf(tx, to)) !== null) return false;
      await assign(tx, from, null);
      await assign(tx, to, guest);
      return true;
    });
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    return db.transaction(async (tx) => {
      // everything is looked at before anything is changed
      for (const seat of seats) if ((await ownerOf(tx, seat)) !== null) return false;
      for (const seat of seats) await assign(tx, seat, guest);
      return true;
    });
  }

  return { book, move, bookTogether };
}

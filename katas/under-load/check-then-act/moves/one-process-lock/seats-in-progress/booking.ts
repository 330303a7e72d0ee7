import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

/** Seats that somebody is booking right now. */
const inProgress = new Set<string>();

export function openBooking(db: AsyncDb): Booking {
  async function ownerOf(seat: string): Promise<unknown> {
    const row = await db.get('SELECT taken_by FROM seat WHERE id = ?', seat);
    return row ? row.taken_by : 'nobody: there is no such seat';
  }

  async function release(seat: string): Promise<void> {
    await db.run('UPDATE seat SET taken_by = NULL WHERE id = ?', seat);
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    if (inProgress.has(seat)) return false;
    inProgress.add(seat);
    try {
      if ((await ownerOf(seat)) !== null) return false;
      await db.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
      return true;
    } finally {
      inProgress.delete(seat);
    }
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    if ((await ownerOf(from)) !== guest) return false;
    await release(from);
    if (await book(to, guest)) return true;
    await book(from, guest);
    return false;
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    const booked: string[] = [];
    for (const seat of seats) {
      if (await book(seat, guest)) {
        booked.push(seat);
        continue;
      }
      for (const other of booked) await release(other);
      return false;
    }
    return true;
  }

  return { book, move, bookTogether };
}

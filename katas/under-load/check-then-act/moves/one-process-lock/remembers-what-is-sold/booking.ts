import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  const sold = new Map<string, string>();

  async function ownerOf(seat: string): Promise<unknown> {
    const row = await db.get('SELECT taken_by FROM seat WHERE id = ?', seat);
    return row ? row.taken_by : 'nobody: there is no such seat';
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    if (sold.has(seat)) return false;
    // from here on this seat is spoken for, whatever the database takes its time for
    sold.set(seat, guest);
    if ((await ownerOf(seat)) !== null) return false;
    await db.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
    return true;
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    if ((await ownerOf(from)) !== guest) return false;
    if (!(await book(to, guest))) return false;
    await release(from);
    return true;
  }

  async function release(seat: string): Promise<void> {
    await db.run('UPDATE seat SET taken_by = NULL WHERE id = ?', seat);
    sold.delete(seat);
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

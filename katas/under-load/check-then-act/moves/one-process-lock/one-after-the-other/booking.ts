import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  let last: Promise<unknown> = Promise.resolve();

  /** Whoever comes while somebody is at work waits for their turn. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  }

  async function ownerOf(seat: string): Promise<unknown> {
    const row = await db.get('SELECT taken_by FROM seat WHERE id = ?', seat);
    return row ? row.taken_by : 'nobody: there is no such seat';
  }

  async function assign(seat: string, guest: string | null): Promise<void> {
    await db.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
  }

  function book(seat: string, guest: string): Promise<boolean> {
    return bookTogether([seat], guest);
  }

  function move(guest: string, from: string, to: string): Promise<boolean> {
    return inTurn(async () => {
      if ((await ownerOf(from)) !== guest || (await ownerOf(to)) !== null) return false;
      await assign(to, guest);
      await assign(from, null);
      return true;
    });
  }

  function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    return inTurn(async () => {
      for (const seat of seats) if ((await ownerOf(seat)) !== null) return false;
      for (const seat of seats) await assign(seat, guest);
      return true;
    });
  }

  return { book, move, bookTogether };
}

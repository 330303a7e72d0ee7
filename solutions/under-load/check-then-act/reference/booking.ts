import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

/** Thrown to take back what a transaction has done so far. */
class TakenBack extends Error {}

export function openBooking(db: AsyncDb): Booking {
  async function take(on: AsyncDb, seat: string, guest: string): Promise<boolean> {
    const sql = 'UPDATE seat SET taken_by = ? WHERE id = ? AND taken_by IS NULL';
    return (await on.run(sql, guest, seat)).changes === 1;
  }

  async function release(on: AsyncDb, seat: string, guest: string): Promise<boolean> {
    const sql = 'UPDATE seat SET taken_by = NULL WHERE id = ? AND taken_by = ?';
    return (await on.run(sql, seat, guest)).changes === 1;
  }

  /** All steps, or none of them as soon as one does not work out. */
  async function together(...steps: ((tx: AsyncDb) => Promise<boolean>)[]): Promise<boolean> {
    try {
      await db.transaction(async (tx) => {
        for (const step of steps) if (!(await step(tx))) throw new TakenBack();
      });
      return true;
    } catch (error) {
      if (error instanceof TakenBack) return false;
      throw error;
    }
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    return take(db, seat, guest);
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    return together(
      (tx) => release(tx, from, guest),
      (tx) => take(tx, to, guest),
    );
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    return together(...seats.map((seat) => (tx: AsyncDb) => take(tx, seat, guest)));
  }

  return { book, move, bookTogether };
}

import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

const WANTED = 'SELECT value FROM json_each(?2)';

const BOOK = `
  UPDATE seat SET taken_by = ?1
  WHERE id IN (${WANTED})
    AND (SELECT count(*) FROM seat WHERE id IN (${WANTED}) AND taken_by IS NULL) = json_array_length(?2)`;

const MOVE = `
  UPDATE seat SET taken_by = CASE id WHEN ?3 THEN ?1 END
  WHERE id IN (?2, ?3)
    AND EXISTS (SELECT 1 FROM seat WHERE id = ?2 AND taken_by = ?1)
    AND EXISTS (SELECT 1 FROM seat WHERE id = ?3 AND taken_by IS NULL)`;

export function openBooking(db: AsyncDb): Booking {
  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    const { changes } = await db.run(BOOK, guest, JSON.stringify(seats));
    return changes === seats.length;
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    return bookTogether([seat], guest);
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    const { changes } = await db.run(MOVE, guest, from, to);
    return changes === 2;
  }

  return { book, move, bookTogether };
}

import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  async function claim(seat: string, guest: string): Promise<boolean> {
    const sql = 'UPDATE seat SET taken_by = ? WHERE id = ? AND taken_by IS NULL';
    return (await db.run(sql, `pending:${guest}`, seat)).changes === 1;
  }

  const settle = (seats: readonly string[], guest: string, owner: string | null) =>
    db.run(
      `UPDATE seat SET taken_by = ? WHERE taken_by = ? AND id IN (${seats.map(() => '?').join()})`,
      owner,
      `pending:${guest}`,
      ...seats,
    );

  const book = (seat: string, guest: string) => bookTogether([seat], guest);

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    if (!(await claim(to, guest))) return false;
    return db.transaction(async (tx) => {
      const left = await tx.run('UPDATE seat SET taken_by = NULL WHERE id = ? AND taken_by = ?', from, guest);
      const owner = left.changes === 1 ? guest : null;
      await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', owner, to);
      return left.changes === 1;
    });
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    for (const seat of seats) {
      if (await claim(seat, guest)) continue;
      await settle(seats, guest, null);
      return false;
    }
    await settle(seats, guest, guest);
    return true;
  }

  return { book, move, bookTogether };
}

import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

export function openBooking(db: AsyncDb): Booking {
  async function lock(name: string): Promise<void> {
    for (;;) {
      const { changes } = await db.run('INSERT OR IGNORE INTO hold (name) VALUES (?)', name);
      if (changes === 1) return;
    }
  }

  async function unlock(name: string): Promise<void> {
    await db.run('DELETE FROM hold WHERE name = ?', name);
  }

  async function holding(seats: readonly string[], work: () => Promise<boolean>): Promise<boolean> {
    for (const seat of [...seats].sort()) await lock(seat);
    try {
      return await work();
    } finally {
      for (const seat of seats) await unlock(seat);
    }
  }

  async function ownerOf(seat: string): Promise<unknown> {
    const row = await db.get('SELECT taken_by FROM seat WHERE id = ?', seat);
    return row ? row.taken_by : 'nobody: there is no such seat';
  }

  const book = (seat: string, guest: string) => bookTogether([seat], guest);

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    return holding([from, to], async () => {
      if ((await ownerOf(from)) !== guest || (await ownerOf(to)) !== null) return false;
      await db.transaction(async (tx) => {
        await tx.run('UPDATE seat SET taken_by = NULL WHERE id = ?', from);
        await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, to);
      });
      return true;
    });
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    return holding(seats, async () => {
      for (const seat of seats) if ((await ownerOf(seat)) !== null) return false;
      await db.transaction(async (tx) => {
        for (const seat of seats) await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
      });
      return true;
    });
  }

  return { book, move, bookTogether };
}

import type { AsyncDb } from './world.ts';

export interface Booking {
  book(seat: string, guest: string): Promise<boolean>;
  move(guest: string, from: string, to: string): Promise<boolean>;
  bookTogether(seats: readonly string[], guest: string): Promise<boolean>;
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function openBooking(db: AsyncDb): Booking {
  async function lock(name: string): Promise<void> {
    for (;;) {
      const { changes } = await db.run('INSERT OR IGNORE INTO hold (name) VALUES (?)', name);
      if (changes === 1) return;
      await sleep(20);
    }
  }

  async function unlock(name: string): Promise<void> {
    await db.run('DELETE FROM hold WHERE name = ?', name);
  }

  async function ownerOf(seat: string): Promise<unknown> {
    const row = await db.get('SELECT taken_by FROM seat WHERE id = ?', seat);
    return row ? row.taken_by : 'nobody: there is no such seat';
  }

  async function assign(seat: string, guest: string | null): Promise<void> {
    await db.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, seat);
  }

  async function book(seat: string, guest: string): Promise<boolean> {
    return bookTogether([seat], guest);
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    await lock(from);
    await lock(to);
    const can = (await ownerOf(from)) === guest && (await ownerOf(to)) === null;
    if (can) {
      await db.transaction(async (tx) => {
        await tx.run('UPDATE seat SET taken_by = NULL WHERE id = ?', from);
        await tx.run('UPDATE seat SET taken_by = ? WHERE id = ?', guest, to);
      });
    }
    await unlock(to);
    await unlock(from);
    return can;
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    for (const seat of seats) await lock(seat);
    const owners: unknown[] = [];
    for (const seat of seats) owners.push(await ownerOf(seat));
    const free = owners.every((owner) => owner === null);
    if (free) for (const seat of seats) await assign(seat, guest);
    for (const seat of seats) await unlock(seat);
    return free;
  }

  return { book, move, bookTogether };
}

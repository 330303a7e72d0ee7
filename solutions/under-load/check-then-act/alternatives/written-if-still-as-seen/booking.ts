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

  async function book(seat: string, guest: string): Promise<boolean> {
    return bookTogether([seat], guest);
  }

  /** Writes only if every seat is still as it was seen. */
  async function change(
    seen: Map<string, string | null>,
    becomes: Map<string, string | null>,
  ): Promise<boolean> {
    const conditions = JSON.stringify([...seen]);
    const values = JSON.stringify([...becomes]);
    const sql = `
      WITH seen AS (SELECT value ->> 0 AS id, value ->> 1 AS who FROM json_each(?1)),
        becomes AS (SELECT value ->> 0 AS id, value ->> 1 AS who FROM json_each(?2))
      UPDATE seat SET taken_by = (SELECT who FROM becomes WHERE becomes.id = seat.id)
      WHERE id IN (SELECT id FROM becomes)
        AND NOT EXISTS (SELECT 1 FROM seen LEFT JOIN seat AS s ON s.id = seen.id WHERE s.taken_by IS NOT seen.who)`;
    return (await db.run(sql, conditions, values)).changes === becomes.size;
  }

  async function move(guest: string, from: string, to: string): Promise<boolean> {
    for (;;) {
      const [here, there] = [await ownerOf(from), await ownerOf(to)];
      if (here !== guest || there !== null) return false;
      if (
        await change(
          new Map([
            [from, guest],
            [to, null],
          ]),
          new Map([
            [from, null],
            [to, guest],
          ]),
        )
      )
        return true;
    }
  }

  async function bookTogether(seats: readonly string[], guest: string): Promise<boolean> {
    for (;;) {
      const owners: unknown[] = [];
      for (const seat of seats) owners.push(await ownerOf(seat));
      if (owners.some((owner) => owner !== null)) return false;
      if (await change(new Map(seats.map((s) => [s, null])), new Map(seats.map((s) => [s, guest]))))
        return true;
    }
  }

  return { book, move, bookTogether };
}

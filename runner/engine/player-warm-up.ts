import path from 'node:path';
import { createInstruments } from '../kit/instruments.ts';
import { setTable } from '../kit/table.ts';

const PRACTICE =
  'export const double = n => 2 * n;\nexport default class { #n = 1; get n() { return this.#n; } }\n';

/**
 * Plays a little with the instruments before the learner's code comes, while nobody waits: what a process does for the
 * first time (loading SQLite, a first module graph, a first patch of Date) takes many times as long as the second time.
 * @param world folder in which databases may be made
 */
export async function warmUp(world: string): Promise<void> {
  const root = path.join(world, 'warm-up');
  setTable({
    root,
    entry: 'warm.js',
    sources: new Map([['warm.js', PRACTICE]]),
    scorer: null,
    known: new Map(),
    seed: 1,
  });
  for (let i = 0; i < 2; i++) {
    const instruments = createInstruments(1);
    await instruments.load();
    const connection = instruments.record(path.join(world, `warm-up-${i}.db`), { foreignKeys: true });
    const { learner } = connection;
    learner.exec('CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)');
    learner.prepare('INSERT INTO t(name) VALUES (?)').run('a');
    learner.prepare('UPDATE t SET name = ? RETURNING id').all('b');
    for (const row of learner.prepare('SELECT * FROM t').iterate()) void row;
    connection.sideBySide(connection.facts()[0]!, connection.facts()[1]!);
    instruments.reads.watch({ text: 'a' }, (value) => value).text.trim();
    instruments.random.float();
    void new Date(instruments.clock.now()).getHours();
    instruments.dispose();
  }
}

/** Entry of the process in which cards are executed: `card-process.ts <cards.ts>`, answers over the channel. */
import { pathToFileURL } from 'node:url';
import type { Card } from '../../core/book.ts';
import { createBench } from './bench.ts';
import type { CardMessage } from './execute-cards.ts';

const say = (message: CardMessage): Promise<void> =>
  new Promise((done) => void process.send!(message, undefined, {}, () => done()));

const { cards } = (await import(pathToFileURL(process.argv[2]!).href)) as { cards: readonly Card[] };
for (const { id, code, executes } of cards) {
  if (!executes) continue;
  await say({ started: id });
  try {
    await say({ card: id, shows: String(await executes(createBench(code))) });
  } catch (error) {
    await say({
      card: id,
      failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
}
// whatever timers and processes a card has left, it is through
process.exit(0);

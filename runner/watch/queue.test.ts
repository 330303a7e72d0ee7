import { expect, test } from 'vitest';
import { latestOnly } from './queue.ts';

interface TestSave {
  kata: string;
  content: number;
}

/** A queue whose runs end when told to, and what happened to it, in words. */
function controlled() {
  const log: string[] = [];
  const errors: string[] = [];
  let finish: (error?: Error) => void = () => {};
  let begun: () => void = () => {};
  const queue = latestOnly<TestSave>(
    async ({ kata, content }, signal) => {
      log.push(`run ${kata}${content}`);
      signal.addEventListener('abort', () => finish(new Error('aborted')));
      const ended = new Promise<void>((resolve, reject) => {
        finish = (error) => (error === undefined ? resolve() : reject(error));
      });
      begun();
      await ended;
      signal.throwIfAborted();
      log.push(`done ${kata}${content}`);
    },
    (error, { kata, content }) => errors.push(`${kata}${content}: ${(error as Error).message}`),
  );
  return {
    log,
    errors,
    queue,
    push: (kata: string, content: number) => queue.push({ kata, content }),
    nextRun: () => new Promise<void>((resolve) => (begun = resolve)),
    finish: (error?: Error) => finish(error),
  };
}

test('a save during a run ends the run and is judged next; those between are dropped', async () => {
  const q = controlled();
  const first = q.nextRun();
  q.push('a', 1);
  await first;
  const second = q.nextRun();
  q.push('a', 2);
  q.push('a', 3);
  q.push('a', 4);
  await second;
  q.finish();
  await q.queue.idle();
  expect(q.log).toEqual(['run a1', 'run a4', 'done a4']);
  expect(q.errors).toEqual([]);
});

test('a save of another kata comes first, the aborted one is run anew', async () => {
  const q = controlled();
  let run = q.nextRun();
  q.push('a', 1);
  await run;
  run = q.nextRun();
  q.push('b', 1);
  q.push('b', 2);
  await run;
  run = q.nextRun();
  q.finish();
  await run;
  q.finish();
  await q.queue.idle();
  expect(q.log).toEqual(['run a1', 'run b2', 'done b2', 'run a1', 'done a1']);
});

test('the newest of each kata waits, newest first', async () => {
  const q = controlled();
  const order = [q.nextRun()];
  q.push('a', 1);
  q.push('b', 1);
  q.push('c', 1);
  q.push('b', 2);
  for (let i = 0; i < 3; i++) {
    await order[i];
    order.push(q.nextRun());
    q.finish();
  }
  await q.queue.idle();
  expect(q.log.filter((line) => line.startsWith('done'))).toEqual(['done b2', 'done c1', 'done a1']);
});

test('a newer save of the aborted kata takes its place', async () => {
  const q = controlled();
  let run = q.nextRun();
  q.push('a', 1);
  await run;
  run = q.nextRun();
  q.push('b', 1);
  q.push('a', 2);
  await run;
  run = q.nextRun();
  q.finish();
  await run;
  q.finish();
  await q.queue.idle();
  expect(q.log).toEqual(['run a1', 'run a2', 'done a2', 'run b1', 'done b1']);
});

test('never two runs at a time, even when one is slow to end', async () => {
  let active = 0;
  let most = 0;
  const judged: number[] = [];
  const queue = latestOnly<TestSave>(
    async ({ content }, signal) => {
      most = Math.max(most, ++active);
      await new Promise((resolve) => setTimeout(resolve, 3));
      active--;
      if (!signal.aborted) judged.push(content);
    },
    () => {},
  );
  for (let content = 0; content < 20; content++) {
    queue.push({ kata: 'a', content });
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await queue.idle();
  expect(most).toBe(1);
  expect(judged.at(-1)).toBe(19);
});

test('an error in a run is told and the next save is run', async () => {
  const q = controlled();
  let run = q.nextRun();
  q.push('a', 1);
  await run;
  q.finish(new Error('broken'));
  await q.queue.idle();
  run = q.nextRun();
  q.push('a', 2);
  await run;
  q.finish();
  await q.queue.idle();
  expect(q.errors).toEqual(['a1: broken']);
  expect(q.log.at(-1)).toBe('done a2');
});

test('closing aborts, drops what waits and takes nothing more', async () => {
  const q = controlled();
  const run = q.nextRun();
  q.push('a', 1);
  await run;
  q.push('a', 2);
  await q.queue.close();
  q.push('a', 3);
  await q.queue.idle();
  expect(q.log).toEqual(['run a1']);
});

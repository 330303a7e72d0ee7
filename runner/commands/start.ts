import { ioOf, type CommonOptions } from '../io.ts';

/** `kibitzer` without a command: watches; without a terminal it judges once, as nobody could press a key. */
export async function start(o: CommonOptions & { kata?: string }): Promise<number> {
  const io = ioOf(o);
  if (process.stdout.isTTY && process.stdin.isTTY)
    return (await import('./watch.ts')).watch({ io, kata: o.kata });
  return (await import('./run.ts')).run(io, o.kata);
}

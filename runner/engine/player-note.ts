import { z } from 'zod';

const frame = z.object({
  file: z.string().max(2000),
  line: z.int().min(0),
  column: z.int().min(0),
  fn: z.string().max(500).nullable(),
  isAsync: z.boolean(),
});
const frames = z.array(frame).max(100);

/** What a player says unasked, before it ends: it comes from a process that may lie, so its form is checked. */
export const PLAYER_NOTE = z.discriminatedUnion('type', [
  z.object({ type: z.literal('leaving'), how: z.string().max(200), frames }),
  z.object({ type: z.literal('uncaught'), message: z.string().max(100_000), frames }),
  z.object({ type: z.literal('stuck'), why: z.enum(['time', 'memory']), frames }),
]);

export type PlayerNote = z.infer<typeof PLAYER_NOTE>;

import path from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * Plays probes with plain vitest, for authors: `KIBITZER_MOVE=<folder> npx vitest run -c vitest.katas.config.ts <kata>`.
 * The kit and the learner's folder are loaded by Node itself, so that lines are those of the files.
 */
export default defineConfig({
  test: {
    include: ['katas/**/probes.ts'],
    pool: 'forks',
    env: { TZ: 'UTC' },
    server: {
      deps: {
        external: [
          /\/runner\//,
          ...(process.env.KIBITZER_MOVE
            ? [new RegExp(path.resolve(process.env.KIBITZER_MOVE).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))]
            : []),
        ],
      },
    },
  },
});

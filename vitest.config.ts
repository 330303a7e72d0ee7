import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['runner/**/*.test.ts'],
    // exercises to import: their tests are not ours
    exclude: ['runner/import/fixtures/**'],
    // processes of their own: several tests start, kill and time child processes
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

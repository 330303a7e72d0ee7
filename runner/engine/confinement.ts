/**
 * Learner mode: what a player may do on the machine, by means that cost nothing. Node's permission model, an almost
 * empty environment, and what player-confine.ts takes away inside. docs/isolation.md says what this promises.
 */

/** Names the folder in which a player may write, for player-confine.ts. */
export const WORLD_VARIABLE = 'KIBITZER_WORLD';

/** Whether this Node can confine a player and still let the watchdog find the line that hangs. */
export function canConfine(): boolean {
  return ['--permission', '--allow-inspector', '--allow-worker'].every((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  );
}

/**
 * Node's options for a player: no writing outside its world, no other processes, no addons, no WASI. Reading is
 * allowed: in learner mode the learner's own machine is no secret from the learner. The watchdog needs one thread
 * and the inspector; both are closed before learner code is loaded.
 */
export function confinedExecArgv(world: string): string[] {
  const always = ['--no-addons', '--disable-proto=delete'];
  if (!canConfine()) return always;
  return [
    ...always,
    '--permission',
    '--allow-fs-read=*',
    `--allow-fs-write=${world}`,
    '--allow-worker',
    '--allow-inspector',
    '--disable-warning=SecurityWarning',
  ];
}

/** The whole environment of a player. */
export function confinedEnvironment(world: string): Record<string, string> {
  return { TZ: 'UTC', TMPDIR: world, [WORLD_VARIABLE]: world };
}

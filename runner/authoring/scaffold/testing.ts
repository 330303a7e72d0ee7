/** A home for katas that is thrown away, for tests. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));

export interface TemporaryHome extends Disposable {
  home: string;
  practice: string;
}

/** An empty home in which katas find `kibitzer/kata` and `kibitzer/kit`. */
export function temporaryHome(): TemporaryHome {
  const home = mkdtempSync(path.join(tmpdir(), 'kibitzer-home-'));
  mkdirSync(path.join(home, 'node_modules'));
  symlinkSync(CHECKOUT, path.join(home, 'node_modules', 'kibitzer'), 'junction');
  return {
    home,
    practice: path.join(home, 'practice'),
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

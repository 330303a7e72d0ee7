import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlayerGone } from '../board/errors.ts';
import type { Frame } from '../core/facts.ts';
import type { ProbeEnd } from '../kit/table.ts';
import type { PlayerNote } from './player-note.ts';

/**
 * How the probe ended during which a player went away, and what ended the process. The board knows that it is gone;
 * the player's own note, when there is one, knows more about why.
 */
export function endOfGone(
  gone: PlayerGone,
  note: PlayerNote | null,
  root: string,
): ProbeEnd & { ended: string | null } {
  const crashed = (message: string, frames: readonly Frame[] = []): ProbeEnd & { ended: string } => ({
    outcome: 'crashed',
    message,
    frames: inside(frames, root),
    ended: message,
  });
  if (gone.reason === 'tampering')
    return { ...crashed(`broke the rules of the board: ${gone.message}`), tampering: true };
  if (note?.type === 'stuck') {
    if (note.why === 'memory') return crashed('used more than 700 MB of memory and was stopped', note.frames);
    return {
      outcome: 'timed-out',
      message: 'was still running when its time was up',
      frames: inside(note.frames, root),
      ended: null,
    };
  }
  if (note?.type === 'uncaught') return crashed(`an error nobody caught: ${note.message}`, note.frames);
  if (note?.type === 'leaving') return crashed(`ended the program itself with ${note.how}`, note.frames);
  switch (gone.reason) {
    case 'time':
      return {
        outcome: 'timed-out',
        message: 'was still running when its time was up',
        frames: [],
        ended: null,
      };
    case 'memory':
      return crashed('ran out of memory');
    case 'output':
      return crashed('sent more evidence than is taken and was stopped');
    default:
      return crashed(`the process ended: ${gone.message.replace(/^.*?: /, '')}`);
  }
}

/** Frames that lie in the learner's folder, with paths relative to it; those that are relative already stay. */
function inside(frames: readonly Frame[], root: string): Frame[] {
  const folder = path.resolve(root) + path.sep;
  return frames.flatMap((f) => {
    const bare = f.file.replace(/\?.*$/, '');
    if (!bare.startsWith('file:') && !path.isAbsolute(bare)) return bare.includes(':') ? [] : [f];
    const file = bare.startsWith('file:') ? fileURLToPath(bare) : bare;
    return file.startsWith(folder) ? [{ ...f, file: file.slice(folder.length).replaceAll('\\', '/') }] : [];
  });
}

import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import type { GameEvent } from '../core/events.ts';
import { createEngine } from '../engine/arbiter-engine.ts';
import { levelOf, saysOf } from '../engine/isolation-level.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { paragraph } from '../screen/layout.ts';
import { readEventLog } from '../store/event-log.ts';
import { findKatas, readStarter, type Kata } from '../store/katas.ts';
import { acquireLock, heldSentence } from '../store/lock.ts';
import { repairEventLog } from '../store/log-repair.ts';
import { openSnapshots } from '../store/snapshots.ts';
import { bytesOf } from '../play.ts';
import { judge } from '../judging.ts';
import { places, type Places } from '../workspace.ts';
import { readBook } from '../store/katas.ts';

interface Finding {
  what: string;
  ok: boolean;
  says: string;
  hint?: string;
}

/**
 * Looks at everything kibitzer needs and says what it finds; with `repair` it repairs what can be. Never deletes.
 * @returns 0 when all is well, else 1
 */
export async function doctor(io: Io, o: { repair?: boolean | undefined }): Promise<number> {
  const at = places();
  const findings: Finding[] = [];
  if (o.repair) findings.push(repair(at));
  findings.push({
    what: 'node',
    ok: true,
    says: `Node ${process.versions.node}, SQLite ${process.versions.sqlite ?? 'missing'}`,
  });
  findings.push(folder(at), log(at), lock(at));
  const katas = await findKatas(at.home);
  findings.push({
    what: 'katas',
    ok: katas.length > 0,
    says: `${katas.length} katas found`,
    hint: 'is the checkout complete? `git status` tells',
  });
  findings.push(snapshots(at), await engine(katas[0]), await isolation());
  const ok = findings.every((f) => f.ok);
  if (io.json) io.document({ schema: 'kibitzer/doctor@1', ok, practice: at.practice, findings });
  else {
    const { paint } = io.look();
    for (const f of findings) {
      io.print(
        paragraph(
          f.says,
          io.look(),
          ` ${f.ok ? paint.good('ok  ') : paint.bad('look')} ${f.what.padEnd(10)} `,
        ),
      );
      if (!f.ok && f.hint) io.print(paragraph(f.hint, io.look(), '                 '));
    }
  }
  return ok ? 0 : 1;
}

function finding(what: string, look: () => string): Finding {
  try {
    return { what, ok: true, says: look() };
  } catch (error) {
    if (error instanceof KibitzerError)
      return { what, ok: false, says: error.message.replace('\n', ': '), hint: error.hint };
    return { what, ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

function folder({ practice }: Places): Finding {
  if (!existsSync(practice))
    return { what: 'practice', ok: true, says: `${practice} does not exist yet; the first start makes it` };
  try {
    accessSync(practice, constants.R_OK | constants.W_OK);
    return { what: 'practice', ok: true, says: practice };
  } catch {
    return {
      what: 'practice',
      ok: false,
      says: `${practice} cannot be written`,
      hint: 'make it writable, or set KIBITZER_PRACTICE to a folder that is',
    };
  }
}

function log({ practice }: Places): Finding {
  return finding(
    'log',
    () => `${readEventLog<GameEvent>(path.join(practice, '.kibitzer')).length} events, every checksum right`,
  );
}

function repair({ practice }: Places): Finding {
  return finding('repair', () => {
    const store = path.join(practice, '.kibitzer');
    const held = acquireLock(store);
    if ('heldBy' in held)
      throw new KibitzerError('ALREADY_RUNNING', heldSentence(held.heldBy), 'end that one first');
    try {
      const { kept, dropped, savedAs } = repairEventLog(store);
      if (savedAs === null) return 'the log needed no repair';
      return `${kept} events kept, ${dropped.length} lines could not be read (${dropped.map((d) => `line ${d.line}`).join(', ')}); the old file is ${savedAs}`;
    } finally {
      held.release();
    }
  });
}

function lock({ practice }: Places): Finding {
  const store = path.join(practice, '.kibitzer');
  if (!existsSync(store)) return { what: 'lock', ok: true, says: 'nobody plays here' };
  const held = acquireLock(store);
  if ('heldBy' in held) return { what: 'lock', ok: true, says: heldSentence(held.heldBy) };
  held.release();
  return { what: 'lock', ok: true, says: 'nobody plays here at the moment' };
}

/** Every move's files are there and are what they were. */
function snapshots({ practice }: Places): Finding {
  return finding('snapshots', () => {
    const store = path.join(practice, '.kibitzer');
    const snaps = openSnapshots(store);
    let files = 0;
    for (const event of readEventLog<GameEvent>(store)) {
      if (event.type !== 'move-played' && event.type !== 'kata-opened') continue;
      files += Object.keys(snaps.load(event.files)).length;
    }
    return `${files} files of moves, every one as it was`;
  });
}

/** Eight small attacks, tried: what stands between learner code and the machine. */
async function isolation(): Promise<Finding> {
  try {
    const found = await levelOf();
    return {
      what: 'isolation',
      ok: found.level !== 'none',
      says: saysOf(found),
      hint: 'docs/isolation.md tells what each level promises',
    };
  } catch (error) {
    return {
      what: 'isolation',
      ok: false,
      says: error instanceof Error ? error.message : String(error),
      hint: 'run `npm test`, and report what it says',
    };
  }
}

/** The starter of the first kata, judged: tells whether processes start and the database works. */
async function engine(kata: Kata | undefined): Promise<Finding> {
  if (!kata) return { what: 'engine', ok: true, says: 'not tried without a kata' };
  const e = createEngine();
  try {
    const judged = await judge(
      e,
      kata,
      await readBook(kata),
      path.join(kata.folder, 'starter'),
      bytesOf(readStarter(kata)),
    );
    const ok = 'diagnosis' in judged && judged.verdict.kind === 'lost';
    return {
      what: 'engine',
      ok,
      says: ok
        ? `judged a starter in ${judged.verdict.durationMs} ms`
        : 'a starter was not judged as it should be',
      hint: 'run `npm test`, and report what it says',
    };
  } catch (error) {
    return {
      what: 'engine',
      ok: false,
      says: error instanceof Error ? error.message : String(error),
      hint: 'run `npm test`, and report what it says',
    };
  } finally {
    e.close();
  }
}

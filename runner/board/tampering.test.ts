import { expect, test } from 'vitest';
import { PlayerGone } from './errors.ts';
import { LoneArbiter } from './fixtures/lone-arbiter.ts';
import { play, thrown } from './fixtures/play.ts';
import { LIMITS } from './limits.ts';

/** Frames that come where the answer to a question should. */
const FRAMES: Record<string, string[]> = {
  'an answer to another question': ['["r",99999,1,3,0]'],
  'a call of an intrinsic': ['["q",1,0,"call",["i","Object"],[["u"]],0]'],
  'a call of something never handed out': ['["q",1,0,"call",99999,[["u"]],0]'],
  'a question about shared data': ['["q",1,0,"keys",1,[],0]'],
  'an operation that does not exist': ['["q",1,0,"eval",0,[],0]'],
  'a question with too few arguments': ['["q",1,0,"get",0,[],0]'],
  'a definition without a number': ['["r",0,1,3,[[[-1,"O",null,0,""]],[],[]]]'],
  'an object defined twice': ['["r",0,1,3,[[[900,"P"],[900,"P"]],[],[]]]'],
  'an object of another kind': ['["r",0,1,3,[[[900,"A",0,[]],[900,"D",0,[]]],[],[]]]'],
  'an object never defined': ['["r",0,1,["m",900],0]'],
  'an object never handed out': ['["r",0,1,["t",900],0]'],
  'a prototype as a value': ['["r",0,1,["i","Array.prototype"],0]'],
  'a code maker as a value': ['["r",0,1,["i","Function"],0]'],
  'a pattern': ['["r",0,1,0,[[[900,"R",0,0,"(a+)+$",""]],[],[]]]'],
  'its own prototype': ['["r",0,1,0,[[[900,"O",["m",901],0,""],[901,"O",["m",900],0,""]],[],[]]]'],
  'an error that inherits from itself': [
    '["r",0,1,0,[[[900,"E",["m",901],[]],[901,"O",["m",900],0,""]],[],[]]]',
  ],
  'a change of something that is not shared': ['["r",0,1,0,[[],[],[[0,0,"D",0,["x",1]]]]]'],
  'a change of shape': ['["r",0,1,0,[[],[],[[0,1,"A",0,["x",1]]]]]'],
  'news of something never told': ['["r",0,1,0,[[],[900],[]]]'],
  'a stale export without a key': ['["r",0,1,0,[[],[],[],[1]]]'],
  'a payload with one list too many': ['["r",0,1,0,[[],[],[],[],[]]]'],
  'opening a stretch': ['["o",1,0,"keys",0,[],0]'],
  parting: ['["p"]'],
  'a turn given twice': ['["t",0]', '["t",0]'],
  'an answer to a question that was dropped': ['["q",1,1,"keys",0,[],0]', '["r",0,1,3,0]'],
  'a settled promise that is none': ['["s",0,0,1,1,0]'],
  'a promise settled twice': [
    '["q",9,0,"keys",0,[],[[[900,"P"]],[],[]]]',
    '["s",900,0,1,1,0]',
    '["s",900,0,1,1,0]',
  ],
  'taking a turn that is not wanted': ['["t",0]'],
  'a yield': ['["y",0]'],
  'a wish for the turn': ['["w"]'],
  'not JSON': ['{{{'],
  'not a list': ['{"length":7,"0":"q"}'],
  depth: ['['.repeat(1e5) + ']'.repeat(1e5)],
  'depth that does not end': ['['.repeat(1e5)],
  'depth in a value': [`["r",0,1,${'['.repeat(1e5)}${']'.repeat(1e5)},0]`],
  'an enormous bigint': [`["r",0,1,["b","${'f'.repeat(LIMITS.bigintDigits + 1)}"],0]`],
  'bytes of a class that has none': ['["r",0,1,0,[[[900,"B",0,"","Map"]],[],[]]]'],
};

test.each(Object.entries(FRAMES))('%s is tampering', (_name, frames) => {
  const arbiter = new LoneArbiter(() => [...frames]);
  const shared = { a: 1 };
  const error = thrown(() => Reflect.set(arbiter.board.root, 'x', shared));
  expect(error).toBeInstanceOf(PlayerGone);
  expect(error).toBe(arbiter.gone);
  expect(arbiter.gone?.reason).toBe('tampering');
  expect(shared).toEqual({ a: 1 });
});

test.each(Object.entries(FRAMES))('%s is tampering also when nobody asks', (_name, frames) => {
  const arbiter = new LoneArbiter(() => []);
  for (const frame of frames) arbiter.ring(frame);
  expect(arbiter.gone?.reason).toBe('tampering');
});

/** What a hostile submission does to its own end of the channel, in the middle of answering a question. */
const PROCESSES: Record<string, string> = {
  'an answer before the answer': `for (let i = 0; i < 99; i++) raw('["r",' + i + ',1,3,0]')`,
  'a frame of four gigabytes': `raw('', 0xffffffff)`,
  'a frame that never ends': `{ raw('xx', 10); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4000); }`,
  'a note that is not JSON': `raw('["n",0,"{"]')`,
  'a bell without a frame': `setTimeout(ring, 1)`,
};

test.each(Object.entries(PROCESSES))('%s ends the player', async (_name, text) => {
  const { player, it } = await play(`(f) => { ${text}; return 3; }`, { limits: { stallMs: 300 } });
  if (thrown(() => it(() => 1)) === undefined) {
    // What comes after an honest answer shows at the next question, or when the bell is heard.
    await expect.poll(() => player.gone, { timeout: 3000 }).not.toBe(null);
  }
  expect(player.gone?.reason).toBe('tampering');
  await player.ended;
});

test('closing the channel ends the player', async () => {
  const { player, it } = await play(`async () => { (await import('node:fs')).closeSync(3); }`, {});
  await it().catch(() => {});
  expect(thrown(it)).toBeInstanceOf(PlayerGone);
  expect(player.gone?.reason).toBe('exit');
});

test('a key named __proto__ is a key like any other', async () => {
  const { it } = await play(`() => JSON.parse('{"__proto__":{"bad":1},"a":{"__proto__":null}}')`);
  const data = it();
  expect(Object.keys(data)).toEqual(['__proto__', 'a']);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect('bad' in {}).toBe(false);
  const { it: set } = await play(
    `(x) => Reflect.defineProperty(x, '__proto__', { value: { bad: 1 }, enumerable: true, writable: true, configurable: true })`,
  );
  const mine = {};
  expect(set(mine)).toBe(true);
  expect(Object.getPrototypeOf(mine)).toBe(Object.prototype);
  expect(Object.keys(mine)).toEqual(['__proto__']);
});

test('what learner’s code does to built-in objects stays with it', async () => {
  const { it } = await play(
    `() => { Object.prototype.polluted = 1; Object.is = () => true; return [{ a: 1 }]; }`,
    {},
  );
  expect(it()).toEqual([{ a: 1 }]);
  expect('polluted' in {}).toBe(false);
  expect(Object.is(1, 2)).toBe(false);
});

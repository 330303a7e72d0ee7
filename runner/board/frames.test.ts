import { expect, test } from 'vitest';
import { Tampering } from './errors.ts';
import { readFrame, writeFrame } from './frames.ts';
import type { Frame } from './tokens.ts';

const frames: Frame[] = [
  { kind: 'ask', seq: 1, rung: true, op: 'call', target: 2, args: [['u'], 1], payload: 0 },
  { kind: 'answer', seq: 1, ok: false, value: ['m', 3], payload: [[[3, 'P']], [], []] },
  { kind: 'settle', id: 3, rung: false, ok: true, value: 'x', payload: 0 },
  { kind: 'note', rung: true, text: '{"a":1}' },
  { kind: 'want' },
  { kind: 'part' },
  { kind: 'open', seq: 1, read: 3, op: 'call', target: 2, args: [['u'], 1], payload: 0 },
  { kind: 'taken', payload: 0 },
  { kind: 'yield', payload: 0 },
];

test.each(frames)('$kind is read as it was written', (frame) => {
  expect(readFrame(writeFrame(frame))).toEqual(frame);
});

test.each([
  '',
  'nonsense',
  '{}',
  'null',
  '[]',
  '["q"]',
  '["q",1,0,"eval",2,[],0]',
  '["q",-1,0,"call",2,[],0]',
  '["q",1.5,0,"call",2,[],0]',
  '["q",1,true,"call",2,[],0]',
  '["q",1,0,"call",2,{},0]',
  '["q",1,0,"call",2,[],0,0]',
  '["r",1,2,0,0]',
  '["s",9007199254740992,0,1,0,0]',
  '["n",0,7]',
  '["w",1]',
  '[["q"],1,0,"call",2,[],0]',
  '['.repeat(100_000),
  '['.repeat(100_000) + ']'.repeat(100_000),
])('not a frame: %.40s', (text) => {
  expect(() => readFrame(text)).toThrow(Tampering);
});

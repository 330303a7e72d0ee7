import { expect, test } from 'vitest';
import { seccompFilter } from './seccomp.ts';

const ALLOW = 0x7fff0000;
const EPERM = 0x50001;
const ENOSYS = 0x50026;
const X64 = 0xc000003e;

/** What the kernel would answer: the few instructions that the filter uses, interpreted. */
function answer(filter: Buffer, call: { nr: number; arch?: number; arg?: number }): number {
  const data: Record<number, number> = { 0: call.nr, 4: call.arch ?? X64, 16: call.arg ?? 0 };
  let loaded = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const [op, value] = [filter.readUInt16LE(at * 8), filter.readUInt32LE(at * 8 + 4)];
    const jump = (yes: boolean): number => filter[at * 8 + (yes ? 2 : 3)]!;
    if (op === 0x20) loaded = data[value]!;
    else if (op === 0x06) return value;
    else if (op === 0x15) at += jump(loaded === value);
    else if (op === 0x35) at += jump(loaded >= value);
    else if (op === 0x45) at += jump((loaded & value) !== 0);
    else throw new Error(`unknown instruction ${op}`);
  }
  throw new Error('the filter ends without an answer');
}

test('the filter allows threads and files, and refuses processes, tracing and foreign sockets', () => {
  const filter = seccompFilter('x64')!;
  const [read, clone, clone3, fork, ptrace, socket, ioUring] = [0, 56, 435, 57, 101, 41, 425];
  expect(answer(filter, { nr: read! })).toBe(ALLOW);
  expect(answer(filter, { nr: clone!, arg: 0x3d0f00 })).toBe(ALLOW);
  expect(answer(filter, { nr: clone!, arg: 17 })).toBe(EPERM);
  expect(answer(filter, { nr: clone3! })).toBe(ENOSYS);
  for (const nr of [fork!, 58, ptrace!, ioUring!, 272, 321])
    expect(answer(filter, { nr }), `${nr}`).toBe(EPERM);
  for (const family of [1, 2, 10, 16]) expect(answer(filter, { nr: socket!, arg: family })).toBe(ALLOW);
  for (const family of [0, 17, 38, 40]) expect(answer(filter, { nr: socket!, arg: family })).toBe(EPERM);
  expect(answer(filter, { nr: 0x4000_0000 })).toBe(EPERM);
  expect(answer(filter, { nr: read!, arch: 0x40000003 })).toBe(0x80000000);
});

test('there is a filter for ARM64 too, and none for other machines', () => {
  const filter = seccompFilter('arm64')!;
  expect(answer(filter, { nr: 63, arch: 0xc00000b7 })).toBe(ALLOW);
  expect(answer(filter, { nr: 220, arch: 0xc00000b7, arg: 17 })).toBe(EPERM);
  expect(seccompFilter('mips')).toBeNull();
});

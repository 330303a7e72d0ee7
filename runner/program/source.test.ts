import { describe, expect, it } from 'vitest';
import { positionAt, readSource } from './source.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const read = (content: Uint8Array) => readSource('club.ts', content);
const CODE = 'export const a = 1;\n';

describe('readSource', () => {
  it('drops a byte order mark and keeps CRLF', () => {
    expect(read(bytes('\uFEFFexport const a = 1;\r\n'))).toEqual({ text: 'export const a = 1;\r\n' });
  });

  it('reads every letter of UTF-8', () => {
    expect(read(bytes('// é 日本 🎲\n'))).toEqual({ text: '// é 日本 🎲\n' });
    expect(read(bytes('// a real \uFFFD\n'))).toEqual({ text: '// a real \uFFFD\n' });
  });

  it.each([
    ['little endian with mark', bytes(`\uFEFF${CODE}`, 'utf16le')],
    ['little endian', bytes(CODE, 'utf16le')],
    ['big endian with mark', bytes(`\uFEFF${CODE}`, 'utf16le').swap16()],
    ['big endian', bytes(CODE, 'utf16le').swap16()],
  ])('recognises UTF-16, %s', (_, content) => {
    expect(read(content)).toEqual({
      illegality: {
        code: 'encoding',
        message: 'club.ts is UTF-16; save it as UTF-8.',
        hint: 'In most editors: Save with encoding, UTF-8.',
        frame: null,
      },
    });
  });

  it('points at a NUL byte', () => {
    expect(read(bytes('const a = 1;\nlet b\0 = 2;\n'))).toMatchObject({
      illegality: {
        code: 'encoding',
        message: 'club.ts contains NUL bytes; it is not a text file.',
        frame: { file: 'club.ts', line: 2, column: 6 },
      },
    });
  });

  it('does not take a file of zeros for UTF-16', () => {
    expect(read(Buffer.alloc(100))).toMatchObject({
      illegality: { message: 'club.ts contains NUL bytes; it is not a text file.' },
    });
  });

  it('points at bytes that are no UTF-8', () => {
    expect(read(bytes('const a = 1;\nconst b = "\xe9";\n', 'latin1'))).toMatchObject({
      illegality: {
        code: 'encoding',
        message: 'club.ts is not UTF-8; save it as UTF-8.',
        frame: { line: 2, column: 12 },
      },
    });
  });

  it.each(['', ' \r\n\t\n', '\uFEFF'])('calls %j empty', (text) => {
    expect(read(bytes(text))).toMatchObject({ illegality: { code: 'empty', message: 'club.ts is empty.' } });
  });

  it('refuses what nobody wrote by hand', () => {
    expect(read(bytes('// x\n'.repeat(60_000)))).toMatchObject({
      illegality: {
        code: 'too-large',
        message: 'club.ts has 293 KiB; a file of a kata has at most 256 KiB.',
      },
    });
  });
});

describe('positionAt', () => {
  it('counts lines as stacks do', () => {
    expect(positionAt('a\r\nb\nc', 3)).toEqual({ line: 2, column: 1 });
    expect(positionAt('a\r\nb\nc', 5)).toEqual({ line: 3, column: 1 });
  });
});

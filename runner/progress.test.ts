import { expect, test } from 'vitest';
import { progressOn } from './progress.ts';

function stream(isTTY: boolean): { text: string } & Parameters<typeof progressOn>[0] {
  const out = {
    text: '',
    isTTY,
    columns: 30,
    write(text: string) {
      out.text += text;
      return true;
    },
  };
  return out as never;
}

test('on a terminal one line is written again and again, and taken away at the end', () => {
  const out = stream(true);
  const progress = progressOn(out);
  progress.now('checking a-kata-with-a-long-name: 3 of 9 runs');
  progress.say('checked a-kata');
  progress.end();
  expect(out.text).toBe('\r\u001b[Kchecking a-kata-with-a-long-…\r\u001b[Kchecked a-kata\n\r\u001b[K');
});

test('elsewhere only what is through is said, without escape codes', () => {
  const out = stream(false);
  const progress = progressOn(out);
  progress.now('checking a-kata: 3 of 9 runs');
  progress.say('checked a-kata');
  progress.end();
  expect(out.text).toBe('checked a-kata\n');
});

import { probe } from 'kibitzer/kit';
import type * as Starter from './starter/code.ts';

// [to write: the gate: the ordinary case, which holds with the starter]
probe<typeof Starter>(
  { id: 'works', role: 'gate', sentence: 1, plays: 'largest([1, 3, 2])' },
  ({ mod, equal }) => {
    equal(mod.largest([1, 3, 2]), 3, 'the largest of 1, 3 and 2 is not 3');
  },
);

// [to write: a probe for each thing that can go wrong; this one loses the starter]
probe<typeof Starter>({ id: 'below-zero', sentence: 2, plays: 'largest([-8, -5])' }, (t) => {
  const found = t.mod.largest([-8, -5]);
  t.see('found', found === 0 ? 'nought' : 'other');
  t.fact({ kind: 'value', name: 'largest([-8, -5])', expected: '-5', actual: String(found) });
  t.equal(found, -5, `the largest of -8 and -5 is said to be ${found}`);
});

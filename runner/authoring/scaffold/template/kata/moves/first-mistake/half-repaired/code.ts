// [to write: a move that a learner would try next and that still shows the mistake]
export function largest(numbers: readonly number[]): number {
  return Math.max(0, ...numbers);
}

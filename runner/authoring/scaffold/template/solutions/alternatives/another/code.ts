// [to write: an accepted design of another shape, that you would defend]
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((best, n) => (n > best ? n : best));
}

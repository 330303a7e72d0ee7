// [to write: the accepted design that you would choose]
export function largest(numbers: readonly number[]): number {
  return Math.max(...numbers);
}

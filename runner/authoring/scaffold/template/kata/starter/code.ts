// [to write: the flawed code that is handed out, 30 to 80 lines as a hurried colleague would write them]
export function largest(numbers: readonly number[]): number {
  let best = 0;
  for (const n of numbers) {
    if (n > best) best = n;
  }
  return best;
}

/** A moment as a part of a file name that every file system takes and that sorts by time: `2026-03-01T10-42-07-125Z` (UTC). */
export function timeStamp(moment: Date): string {
  return moment.toISOString().replaceAll(/[:.]/g, '-');
}

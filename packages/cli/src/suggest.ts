/** "Did you mean …?": the nearest word by edits, if it is near at all. */

/** Edits (insert, delete, replace, swap neighbours) from one word to another: optimal string alignment. */
export const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_v, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
};

/** The nearest known word within a third of its length, or `null`. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const longer = word.length >= 2 ? known.find((each) => each.startsWith(word)) : undefined;
  if (longer !== undefined) return longer;
  const ranked = known.map((each) => [distance(word.toLowerCase(), each), each] as const).sort(([a], [b]) => a - b);
  const [edits, best] = ranked[0] ?? [Number.POSITIVE_INFINITY, ''];
  return edits <= Math.max(1, Math.floor(best.length / 3)) ? best : null;
};

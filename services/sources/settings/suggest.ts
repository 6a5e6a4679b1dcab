/** Edits (insert, delete, replace, swap of neighbours) that turn one text into the other. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({length: b.length + 1}, (_, j) => j)];
  for (let i = 1; i <= a.length; ++i) {
    const row = [i];
    for (let j = 1; j <= b.length; ++j) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, swapped, rows[i - 1]![j]! + 1, row[j - 1]! + 1));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/**
 * The word most like *text*, case aside, or `undefined` if none is within a third of its length:
 * `suggest("symbl", ["symbol", "source"])` is `"symbol"`.
 */
export function suggest(text: string, words: readonly string[]): string | undefined {
  if (text.length > 64) return undefined;
  const near = words
    .map((word) => ({word, distance: editDistance(text.toLowerCase(), word.toLowerCase())}))
    .filter(({distance}) => distance <= Math.max(1, Math.ceil(text.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.word;
}

/**
 * Moves labels apart: the nearest places, in the same order, that are at least *gap* from each other and within
 * [*low*, *high*] where there is room. `spread([10, 12, 40], 8, 0, 100)` is `[7, 15, 40]`.
 */
export function spread(places: readonly number[], gap: number, low: number, high: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]!);
  const groups: {sum: number; count: number; members: number[]}[] = [];
  const start = ({sum, count}: {sum: number; count: number}) =>
    Math.min(Math.max(sum / count - ((count - 1) * gap) / 2, low), Math.max(low, high - (count - 1) * gap));
  for (const i of order) {
    let group = {sum: places[i]!, count: 1, members: [i]};
    for (let last = groups.at(-1); last && start(last) + last.count * gap > start(group); last = groups.at(-1)) {
      groups.pop();
      group = {
        sum: last.sum + group.sum,
        count: last.count + group.count,
        members: [...last.members, ...group.members]
      };
    }
    groups.push(group);
  }
  const result = new Array<number>(places.length).fill(0);
  for (const group of groups) {
    for (const [k, i] of group.members.entries()) result[i] = start(group) + k * gap;
  }
  return result;
}

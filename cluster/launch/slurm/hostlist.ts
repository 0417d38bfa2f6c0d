/**
 * The names that a Slurm hostlist stands for, in its order: `n[0-3,7],login` is n0 n1 n2 n3 n7 login, and `r[1-2]n[08-10]` counts
 * the last bracket fastest, with the zeros of the range's start.
 */
export function expandHostlist(list: string): string[] {
  return list.split(/,(?![^[]*\])/).flatMap((item) => (item === '' ? [] : expandItem(item)))
}

function expandItem(item: string): string[] {
  const [, before, ranges, after] = /^([^[]*)\[([^\]]*)\](.*)$/.exec(item) ?? []
  if (ranges === undefined) return [item]
  const rests = expandItem(after)
  return ranges.split(',').flatMap((range) => numbersOf(range).flatMap((n) => rests.map((rest) => before + n + rest)))
}

function numbersOf(range: string): string[] {
  const [first, last = first] = range.split('-')
  const count = Number(last) - Number(first) + 1
  return Array.from({ length: count }, (_, i) => String(Number(first) + i).padStart(first.length, '0'))
}

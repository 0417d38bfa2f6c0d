/** One value of a spec. */
export interface Leaf {
  /** With `*` for places in lists. */
  readonly pattern: string
  /** The places, from the outside in. */
  readonly places: readonly number[]
  readonly value: unknown
}

/** Every value of a spec. A list of plain values, as of flags, is one; so is an empty list or map. */
export function leavesOf(value: unknown, pattern = '', places: readonly number[] = []): Leaf[] {
  if (isPlain(value)) return [{ pattern, places, value }]
  if (Array.isArray(value)) {
    return value.flatMap((item, place) => leavesOf(item, joined(pattern, '*'), [...places, place]))
  }
  return Object.entries(value as object).flatMap(([key, item]) => leavesOf(item, joined(pattern, key), places))
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  const items = Object.values(value)
  return items.length === 0 || (Array.isArray(value) && items.every((item) => typeof item !== 'object'))
}

function joined(pattern: string, key: string): string {
  return pattern === '' ? key : `${pattern}.${key}`
}

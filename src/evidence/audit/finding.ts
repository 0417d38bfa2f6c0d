/** Something that a run folder lacks, has wrong, or leaves open. */
export interface Finding {
  readonly kind: 'missing' | 'wrong' | 'unknown'
  /** The record and the keys to it, `cluster.interconnect.fabric` or `samples.12.value` (line 12); of other files their name. */
  readonly path: string
  readonly got?: unknown
  readonly want?: unknown
  /** Why nobody can tell, of an unknown one. */
  readonly reason?: string
}

export function missing(path: string, want?: unknown): Finding {
  return { kind: 'missing', path, ...(want !== undefined && { want }) }
}

export function wrong(path: string, got: unknown, want: unknown): Finding {
  return { kind: 'wrong', path, got, want }
}

export function unknown(path: string, reason: string): Finding {
  return { kind: 'unknown', path, reason }
}

/** Every leaf in which a record differs from what follows for it. Undefined is absent. */
export function differences(path: string, got: unknown, want: unknown): Finding[] {
  if (Object.is(got, want)) return []
  if (isObject(got) && isObject(want) && Array.isArray(got) === Array.isArray(want)) {
    const keys = [...new Set([...Object.keys(got), ...Object.keys(want)])]
    return keys.flatMap((key) => differences(`${path}.${key}`, got[key], want[key]))
  }
  return [got === undefined ? missing(path, want) : wrong(path, got, want === undefined ? 'nothing' : want)]
}

/** A place in a record, and what stands there. */
export type Place = readonly [path: string, value: unknown]

/**
 * Places that must hold the same value: those that differ from what most of them hold are wrong, and all of them where no
 * value has more than the others.
 */
export function disagreements(places: readonly Place[]): Finding[] {
  const byValue = [...Map.groupBy(places, ([, value]) => JSON.stringify(value ?? null)).values()]
  if (byValue.length < 2) return []
  byValue.sort((a, b) => b.length - a.length)
  const [most, next] = byValue
  const settled = most.length > next.length
  const [[standingPath, standing]] = most
  const others = settled ? byValue.slice(1).flat() : places
  return others.map(([path, value]): Finding => {
    const [otherPath, other] = places.find(([, one]) => JSON.stringify(one) !== JSON.stringify(value)) ?? places[0]
    const want = settled ? `${text(standing)} as ${standingPath}` : `${text(other)} as ${otherPath}`
    return value === undefined ? missing(path, want) : wrong(path, value, want)
  })
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

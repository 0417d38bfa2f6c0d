import type { ArithmeticName } from '../reduce/arithmetics.ts'
import type { Reductions } from './reductions.ts'

/** The contributions whose sum is 2, and of which f32 loses 1, 2 or nothing, as the order goes. */
const TERMS = [1e8, 1, -1e8, 1]
/** Every chunk of a vector cut into up to so many (where they divide it) holds every placement. */
const COPIES = 48

/** What the sums over all placements show an algorithm to be. */
export interface CancellationProbe {
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  /** Different results, ascending. */
  readonly sums: readonly number[]
  readonly kind: 'one after the other' | 'tree of pairs' | 'exact' | 'other'
}

export const PROBE_RANKS = TERMS.length
export const PROBE_SET = 'cancellation probe'

/** All 24 placements of {1e8, 1, −1e8, 1} on four ranks, again and again: f32 by rank. */
export function cancellationVectors(): Float32Array[] {
  const placements = permutationsOf(TERMS)
  return TERMS.map((_, rank) =>
    Float32Array.from({ length: COPIES * placements.length }, (__, i) => placements[i % placements.length][rank]),
  )
}

/** @param reductions of the probe's contributions on its ranks. */
export function cancellationProbes({ all, results }: Reductions): CancellationProbe[] {
  const kinds = Map.groupBy(
    all.filter(({ set, ranks }) => set === PROBE_SET && ranks === PROBE_RANKS),
    ({ algorithm, arithmetic }) => `${arithmetic}\0${algorithm}`,
  )
  return [...kinds.values()].map((own) => {
    const [{ algorithm, arithmetic }] = own
    const sums = new Set(own.flatMap(({ digests }) => digests.flatMap((digest) => [...(results.get(digest) ?? [])])))
    const ascending = [...sums].sort((a, b) => a - b)
    return { algorithm, arithmetic, sums: ascending, kind: kindOf(ascending) }
  })
}

/**
 * One after the other, 1 is lost beside 1e8 or not: 0, 1 or 2. In pairs, both are or none is: 0 or 2. Where nothing is rounded
 * away: 2.
 */
function kindOf(ascending: readonly number[]): CancellationProbe['kind'] {
  switch (ascending.join()) {
    case '0,1,2':
      return 'one after the other'
    case '0,2':
      return 'tree of pairs'
    case '2':
      return 'exact'
    default:
      return 'other'
  }
}

function permutationsOf(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, i) => permutationsOf(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

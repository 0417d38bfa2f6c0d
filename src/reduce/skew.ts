import { streamKey, threefry } from '../core/streams.ts'

/** How late ranks come to an all-reduce, on purpose. */
export type Skew =
  | { readonly kind: 'none' }
  /** Every rank, by a time of its own, exponentially distributed. */
  | { readonly kind: 'exp'; readonly meanMs: number; readonly seed: number }
  /** One rank, always by the same time. */
  | { readonly kind: 'rank'; readonly rank: number; readonly ms: number }

export const NO_SKEW: Skew = { kind: 'none' }

/** Seconds that a rank comes late to an all-reduce. @param iteration from 0, warm-ups included. */
export function delayOf(skew: Skew, rank: number, iteration: number): number {
  switch (skew.kind) {
    case 'none':
      return 0
    case 'exp': {
      const [word] = threefry(streamKey(skew.seed, 'skew', iteration), [rank, 0])
      return (-Math.log((word + 0.5) / 2 ** 32) * skew.meanMs) / 1000
    }
    case 'rank':
      return rank === skew.rank ? skew.ms / 1000 : 0
  }
}

import type { StepRecord } from '../../record/trial-record.ts'

/** How far the wall clock of a node's host is ahead of node 0's, and how well that is known. */
export interface ClockCorrection {
  readonly node: number
  readonly aheadMs: number
  /** The truth is within ± this; Infinity where nothing bounds it. */
  readonly errorMs: number
}

/**
 * Clocks out of causality: an all-reduce ends on no node before it has begun on every other one, so every step bounds the
 * difference of two clocks from both sides. Where the bounds allow 0, the clocks are taken to agree.
 * @param steps of one trial.
 * @source Duda et al. 1987, Estimating global time in distributed systems: bounds by messages both ways.
 */
export function clockCorrections(steps: readonly StepRecord[]): ClockCorrection[] {
  const nodes = steps[0]?.nodes.map(({ node }) => node) ?? []
  return nodes.map((node) => {
    let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const step of node === 0 ? [] : steps) {
      const [zero, own] = [spansOf(step, 0), spansOf(step, node)]
      for (const [bucket, span] of own.entries()) {
        least = Math.max(least, span.begin - zero[bucket].end)
        most = Math.min(most, span.end - zero[bucket].begin)
      }
    }
    if (node === 0) return { node, aheadMs: 0, errorMs: 0 }
    if (least === Number.NEGATIVE_INFINITY) return { node, aheadMs: 0, errorMs: Number.POSITIVE_INFINITY }
    const agrees = least <= 0 && most >= 0
    return {
      node,
      aheadMs: agrees ? 0 : (least + most) / 2,
      errorMs: agrees ? Math.max(-least, most) : (most - least) / 2,
    }
  })
}

/** Of the all-reduces of a step: ms on the wall clock of the node's host. */
function spansOf({ nodes }: StepRecord, node: number): { begin: number; end: number }[] {
  const { startedMs, buckets } = nodes[node]
  if (startedMs === undefined) return []
  return buckets.map(({ reduceStartNs, reduceEndNs }) => ({
    begin: startedMs + reduceStartNs / 1e6,
    end: startedMs + reduceEndNs / 1e6,
  }))
}

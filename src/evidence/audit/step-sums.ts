import { createHash } from 'node:crypto'
import type { StepRecord } from '../../record/trial-record.ts'

/** What the steps of one trial come to. */
export interface StepSums {
  readonly count: number
  /** By step. */
  readonly weightsHashes: ReadonlyMap<number, string>
  readonly certificates: ReadonlySet<string>
  /** How many all-reduces there were, by their elements. */
  readonly reductions: ReadonlyMap<number, number>
  readonly reduceSeconds: number
  readonly overlapSeconds: number
  readonly stepsWithoutOneUpdate: readonly number[]
  /** SHA-256 of every step's certificates and the evaluation's, in turn, as `manifest.orders` has it. */
  ordersSha256(evaluationOrder: string | null): string
}

/** Adds up the steps of each trial as the run did. */
export function sumSteps(steps: readonly StepRecord[]): ReadonlyMap<string, StepSums> {
  const byTrial = Map.groupBy(steps, ({ trial }) => trial)
  return new Map([...byTrial].map(([trial, ofTrial]) => [trial, sumTrial(ofTrial)]))
}

function sumTrial(steps: readonly StepRecord[]): StepSums {
  const hash = createHash('sha256')
  const certificates = steps.flatMap(({ orderCertificates }) => orderCertificates)
  hash.update(certificates.map((certificate) => `${certificate}\n`).join(''))
  return {
    count: steps.length,
    weightsHashes: new Map(steps.map(({ step, weightsHash }) => [step, weightsHash])),
    certificates: new Set(certificates),
    reductions: countReductions(steps),
    reduceSeconds: busiestSeconds(steps, 'reduceNs'),
    overlapSeconds: busiestSeconds(steps, 'overlapNs'),
    stepsWithoutOneUpdate: steps
      .filter(({ nodes }) => nodes.some(({ updateDispatches }) => updateDispatches !== 1))
      .map(({ step }) => step),
    ordersSha256: (evaluationOrder) =>
      (evaluationOrder === null ? hash.copy() : hash.copy().update(`${evaluationOrder}\n`)).digest('hex'),
  }
}

/** Of the node with most of it. */
function busiestSeconds(steps: readonly StepRecord[], key: 'reduceNs' | 'overlapNs'): number {
  const byNode: number[] = []
  for (const { nodes } of steps) {
    nodes.forEach((node, index) => {
      byNode[index] = (byNode[index] ?? 0) + node[key]
    })
  }
  return Math.max(0, ...byNode) / 1e9
}

function countReductions(steps: readonly StepRecord[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { nodes } of steps) {
    for (const { elements } of nodes[0]?.buckets ?? []) counts.set(elements, (counts.get(elements) ?? 0) + 1)
  }
  return counts
}

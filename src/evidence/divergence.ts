import { type FirstDifference, firstDifference } from '../core/ulp.ts'
import type { RecordedRun } from '../record/recorded-run.ts'
import type { TrialRecord } from '../record/trial-record.ts'

/** Why two runs part. */
export type Cause = 'node count' | 'input' | 'kernel' | 'adapter' | 'order' | 'arithmetic'

/** Where two trials part, as far as their records say. */
export interface Divergence {
  readonly trials: readonly [string, string]
  /** The first step after which they are not the same; null where every recorded step is. */
  readonly step: number | null
  /**
   * What first differs in that step: what a rank contributes, the sum of equal contributions, or the weights that an equal sum
   * leads to. `unknown` where a run has not recorded the gradients of the step.
   */
  readonly where: 'contribution' | 'sum' | 'weights' | 'unknown' | null
  /** Whose contribution differs; null where none does or none is known. */
  readonly rank: number | null
  readonly difference: FirstDifference | null
  /** All that can explain it; more than one where the records do not tell them apart. */
  readonly causes: readonly Cause[]
  readonly evidence: readonly string[]
  /** The first step whose orders differ, with or without an effect. */
  readonly firstOtherOrder: number | null
}

/** Holds the trials of two runs against each other, pair by pair: those of one name, or in their order where no name is shared. */
export function compareRuns(a: RecordedRun, b: RecordedRun): Divergence[] {
  const shared = a.trials.filter(({ trial }) => b.trials.some((other) => other.trial === trial))
  const pairs: [TrialRecord, TrialRecord | undefined][] =
    shared.length > 0
      ? shared.map((one) => [one, b.trials.find(({ trial }) => trial === one.trial)])
      : a.trials.map((one, i) => [one, b.trials[i]])
  return pairs.flatMap(([one, other]) => (other ? [compareTrials(a, one, b, other)] : []))
}

function compareTrials(a: RecordedRun, one: TrialRecord, b: RecordedRun, other: TrialRecord): Divergence {
  const trials = [one.trial, other.trial] as const
  const [stepsA, stepsB] = [a.stepsOf(one.trial), b.stepsOf(other.trial)]
  const ranks = rankCount(one) === rankCount(other) ? rankCount(one) : 0
  const common = stepsA.slice(0, stepsB.length)
  const otherOrders = (index: number): boolean =>
    stepsA[index].orderCertificates.join() !== stepsB[index].orderCertificates.join()
  const orderIndex = common.findIndex((_, index) => otherOrders(index))
  const firstOtherOrder = orderIndex < 0 ? null : stepsA[orderIndex].step
  const suspects = suspectsOf(a, one, b, other)

  for (const [index, { step, weightsHash }] of common.entries()) {
    const gradients = (name: string): readonly [Float32Array, Float32Array] | undefined => {
      const [left, right] = [a.gradientOf(one.trial, step, name), b.gradientOf(other.trial, step, name)]
      return left && right && left.length === right.length ? [left, right] : undefined
    }
    const found = (
      where: Divergence['where'],
      rank: number | null,
      difference: FirstDifference | null,
      possible: readonly Cause[],
    ): Divergence => ({ trials, step, where, rank, difference, firstOtherOrder, ...explain(possible, suspects) })

    for (let rank = 0; rank < ranks; rank++) {
      const pair = gradients(`rank-${rank}`)
      const difference = pair && firstDifference(...pair)
      if (difference) return found('contribution', rank, difference, ['input', 'kernel', 'adapter'])
    }
    const sums = gradients('reduced')
    const difference = sums && firstDifference(...sums)
    const ofSum: Cause[] = [...(otherOrders(index) ? (['order'] as const) : []), 'arithmetic', 'node count']
    if (difference) return found('sum', null, difference, ranks > 0 ? ofSum : ['node count'])
    if (weightsHash === stepsB[index].weightsHash) continue
    if (sums && ranks > 0) return found('weights', null, null, ['input', 'kernel', 'adapter'])
    const unseen: Cause[] = ranks > 0 ? [...ofSum, 'input', 'kernel', 'adapter'] : ['node count']
    return found('unknown', null, null, unseen)
  }
  const nowhere = { step: null, where: null, rank: null, difference: null, causes: [], evidence: [] }
  return { trials, ...nowhere, firstOtherOrder }
}

/** What the records say is not the same in two trials, by the cause it would be. */
type Suspects = ReadonlyMap<Cause, string>

function suspectsOf(a: RecordedRun, one: TrialRecord, b: RecordedRun, other: TrialRecord): Suspects {
  const suspects = new Map<Cause, string>()
  const note = (cause: Cause, what: string, left: unknown, right: unknown): void => {
    const [leftText, rightText] = [left, right].map((value) => JSON.stringify(value))
    if (leftText === rightText) return
    const before = suspects.get(cause)
    const text = `${what}: ${shorten(leftText)} and ${shorten(rightText)}`
    suspects.set(cause, before === undefined ? text : `${before}; ${text}`)
  }
  const armOf = (run: RecordedRun, { arm }: TrialRecord) => run.study.arms.find(({ name }) => name === arm)
  note('node count', 'ranks', rankCount(one), rankCount(other))
  note('input', 'data digests', one.dataDigests, other.dataDigests)
  note('input', 'row map', one.rowMapDigest, other.rowMapDigest)
  note('input', 'training', a.study.training, b.study.training)
  note('input', 'workload', a.study.workload, b.study.workload)
  note('input', 'seed', one.seed, other.seed)
  note('kernel', 'kernels digest', a.manifest.code.kernelsDigest, b.manifest.code.kernelsDigest)
  note('adapter', 'engine', a.study.engine, b.study.engine)
  note('adapter', 'adapters by node', one.adapterByNode, other.adapterByNode)
  note('adapter', 'driver', a.accelerator?.driver, b.accelerator?.driver)
  note('arithmetic', 'arithmetic', armOf(a, one)?.arithmetic, armOf(b, other)?.arithmetic)
  return suspects
}

/** Of the possible causes those that the records bear out. */
function explain(possible: readonly Cause[], suspects: Suspects): Pick<Divergence, 'causes' | 'evidence'> {
  const borneOut = possible.filter((cause) => cause === 'order' || suspects.has(cause))
  if (borneOut.length > 0) {
    const evidence = borneOut.map((cause) => suspects.get(cause) ?? 'the witnessed orders of the step differ')
    return { causes: borneOut, evidence }
  }
  // Data that changed after its digest was taken shows in nothing but what came of it.
  if (possible.includes('input')) {
    return {
      causes: ['input'],
      evidence: ['kernels, adapter, data digests and settings are equal: what a rank held is not'],
    }
  }
  return { causes: [], evidence: ['the records hold no difference that explains it'] }
}

function rankCount({ nodes, ranksPerNode }: TrialRecord): number {
  return nodes * ranksPerNode
}

function shorten(text: string | undefined): string {
  if (text === undefined) return 'none'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

import { type ClusterSpec, UNKNOWN } from '../../record/cluster-spec/schema.ts'
import { scheduleOf } from '../../reduce/algorithms.ts'
import { type CostModel, costOf, predictSeconds } from '../../reduce/cost.ts'

/** The collective whose time is asked for. */
export interface StatedCollective {
  readonly algorithm: string
  readonly bytes: number
}

/** α, β and γ of a cluster; null where its spec does not say. A ring goes at the pace of its slowest link. */
export interface LinkModel {
  /** Of the slowest link. */
  readonly latencyNs: number | null
  readonly bandwidthBytesPerSecond: number | null
  /** Of the slowest node. */
  readonly addBytesPerSecond: number | null
}

/** How long the collective takes on two clusters, by the α-β-γ model, and what that can explain. */
export interface GapExplanation extends StatedCollective {
  readonly models: readonly [LinkModel, LinkModel]
  /** On A and on B; null where a model lacks latency or bandwidth, or a cluster is one node. */
  readonly seconds: readonly [number, number] | null
  /** B over A. */
  readonly ratio: number | null
  /** B over A where this alone were B's. */
  readonly ratioBy: { readonly latency: number; readonly bandwidth: number; readonly adding: number } | null
  readonly observed: ObservedGap | null
}

/** A step on B that takes `gap` times as long as on A. */
export interface ObservedGap {
  readonly gap: number
  /**
   * The share of a step on A that the collective must take for its ratio to explain the whole gap: (gap − 1) / (ratio − 1).
   * Above 1: it cannot. Null: the collective is no slower on B.
   */
  readonly shareOfStepNeeded: number | null
  readonly explains: 'whole' | 'part' | 'none'
}

/** @param gap how many times as long a step takes on B as on A; undefined: not observed. @throws {ReducibleError} usage: algorithm. */
export function explainGap(
  a: ClusterSpec,
  b: ClusterSpec,
  collective: StatedCollective,
  gap: number | undefined,
): GapExplanation {
  const models = [linkModel(a), linkModel(b)] as const
  const [ofA, ofB] = models.map(costModel)
  const cost = (spec: ClusterSpec, model: CostModel): number => {
    const schedule = scheduleOf(collective.algorithm, spec.number_of_nodes)
    return predictSeconds(costOf(schedule, Math.ceil(collective.bytes / 4), 4), model)
  }
  // One node exchanges nothing.
  if (ofA === null || ofB === null || Math.min(a.number_of_nodes, b.number_of_nodes) === 1) {
    return { ...collective, models, seconds: null, ratio: null, ratioBy: null, observed: null }
  }
  const seconds = [cost(a, ofA), cost(b, ofB)] as const
  const ratio = seconds[1] / seconds[0]
  const swapped = (key: keyof CostModel): number => cost(a, { ...ofA, [key]: ofB[key] }) / seconds[0]
  const ratioBy = {
    latency: swapped('secondsPerRound'),
    bandwidth: swapped('secondsPerByte'),
    adding: swapped('secondsPerAddedByte'),
  }
  return {
    ...collective,
    models,
    seconds,
    ratio,
    ratioBy,
    observed: gap === undefined ? null : observedGap(gap, ratio),
  }
}

function observedGap(gap: number, ratio: number): ObservedGap {
  if (ratio <= 1) return { gap, shareOfStepNeeded: null, explains: 'none' }
  return { gap, shareOfStepNeeded: (gap - 1) / (ratio - 1), explains: ratio >= gap ? 'whole' : 'part' }
}

/** The model of a spec: measured values, or where none are the stated ones. */
export function linkModel({ nodes, interconnect }: ClusterSpec): LinkModel {
  const links = interconnect.links.map(({ measured, stated = interconnect.stated }) =>
    measured === UNKNOWN
      ? { latencyNs: stated.latencyNs, bandwidth: stated.bandwidthBytesPerSecond }
      : { latencyNs: measured.latencyNsP50, bandwidth: measured.bandwidthBytesPerSecond },
  )
  const { latencyNs, bandwidthBytesPerSecond: bandwidth } = interconnect.stated
  const all = links.length > 0 ? links : [{ latencyNs, bandwidth }]
  return {
    latencyNs: slowest(
      all.map((link) => link.latencyNs),
      Math.max,
    ),
    bandwidthBytesPerSecond: slowest(
      all.map((link) => link.bandwidth),
      Math.min,
    ),
    addBytesPerSecond: slowest(
      nodes.map(({ processor }) => processor.addBytesPerSecond),
      Math.min,
    ),
  }
}

function slowest(values: readonly (number | typeof UNKNOWN)[], of: (...values: number[]) => number): number | null {
  const known = values.filter((value) => value !== UNKNOWN)
  return known.length < values.length || known.length === 0 ? null : of(...known)
}

/** Adding is left out where nobody measured it. */
function costModel({ latencyNs, bandwidthBytesPerSecond, addBytesPerSecond }: LinkModel): CostModel | null {
  if (latencyNs === null || bandwidthBytesPerSecond === null) return null
  return {
    secondsPerRound: latencyNs / 1e9,
    secondsPerByte: 1 / bandwidthBytesPerSecond,
    secondsPerAddedByte: addBytesPerSecond === null ? 0 : 1 / addBytesPerSecond,
  }
}

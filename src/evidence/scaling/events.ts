import { median } from 'simple-statistics'
import type { StepRecord } from '../../record/trial-record.ts'
import { binomialCumulative } from '../../stats/quantiles.ts'
import type { Arm } from '../../study/schema.ts'
import { PHASES, type Phase, phaseTimes } from './phases.ts'
import { WARM_UP_STEPS } from './trial-times.ts'

/** A node that the others wait for more often than chance lets it. */
export interface Straggler {
  readonly arm: string
  readonly node: number
  /** Share of the timed steps in which it was the last to have its gradient. */
  readonly lastShare: number
  readonly steps: number
  /** Median, over those steps, of how much later it was than the median node. */
  readonly behindSeconds: number
}

/** A step that took far longer than its arm's others. It counts like every other one. */
export interface Spike {
  readonly trial: string
  readonly step: number
  readonly seconds: number
  /** The node and the phase that took most more than they do on the median. */
  readonly node: number
  readonly phase: Phase | null
}

/** All spikes of an arm; the longest ones by name. */
export interface Spikes {
  readonly arm: string
  /** Beyond which a step is one: the upper quartile and three times the distance between the quartiles. */
  readonly fenceSeconds: number
  readonly count: number
  readonly steps: number
  /** Of the arm's timed steps. */
  readonly shareOfTime: number
  readonly longest: readonly Spike[]
}

/** A chance below it, on any node of the arm, is none. */
const STRAGGLER_CHANCE = 0.001
const STRAGGLER_BEHIND = 0.02
const LONGEST = 3

/** @param steps timed steps of all trials of an arm. */
export function stragglersOf({ name, nodes }: Arm, steps: readonly StepRecord[]): Straggler[] {
  if (nodes === 1) return []
  const timed = steps.filter(({ step }) => step > WARM_UP_STEPS)
  const lastOf = timed.map((step) => {
    const engine = step.nodes.map(({ engineNs }) => engineNs)
    const latest = Math.max(...engine)
    return {
      node: engine.indexOf(latest),
      behind: latest - median(engine),
      stepNs: Math.max(...step.nodes.map(({ stepNs }) => stepNs)),
    }
  })
  const chances = binomialCumulative(timed.length, 1 / nodes)
  return [...Map.groupBy(lastOf, ({ node }) => node)].flatMap(([node, last]): Straggler[] => {
    const chance = 1 - (chances[last.length - 2] ?? 0)
    const behind = median(last.map((one) => one.behind))
    const isFar = median(last.map((one) => one.behind / one.stepNs)) > STRAGGLER_BEHIND
    if (last.length < 2 || chance * nodes > STRAGGLER_CHANCE || !isFar) return []
    return [
      { arm: name, node, lastShare: last.length / timed.length, steps: timed.length, behindSeconds: behind / 1e9 },
    ]
  })
}

/**
 * Steps beyond the far-out fence.
 * @param steps as for `stragglersOf`.
 * @source Tukey 1977, Exploratory data analysis, chapter 2.
 */
export function spikesOf({ name }: Arm, steps: readonly StepRecord[]): Spikes | null {
  const timed = steps
    .filter(({ step }) => step > WARM_UP_STEPS)
    .map((record) => ({ record, seconds: Math.max(...record.nodes.map(({ stepNs }) => stepNs)) / 1e9 }))
  const sorted = timed.map(({ seconds }) => seconds).sort((a, b) => a - b)
  const quartile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]
  const fenceSeconds = quartile(0.75) + 3 * (quartile(0.75) - quartile(0.25))
  const spikes = timed.filter(({ seconds }) => seconds > fenceSeconds).sort((a, b) => b.seconds - a.seconds)
  if (spikes.length === 0) return null
  const usual = usualPhases(timed.map(({ record }) => record))
  const sumOf = (of: readonly { seconds: number }[]): number => of.reduce((sum, { seconds }) => sum + seconds, 0)
  return {
    arm: name,
    fenceSeconds,
    count: spikes.length,
    steps: timed.length,
    shareOfTime: sumOf(spikes) / sumOf(timed),
    longest: spikes.slice(0, LONGEST).map(({ record, seconds }) => {
      const { trial, step } = record
      return { trial, step, seconds, ...mostUnusual(record, usual) }
    }),
  }
}

/** Median nanoseconds by phase, over nodes and steps. */
function usualPhases(steps: readonly StepRecord[]): Partial<Record<Phase, number>> {
  const times = steps.flatMap(({ nodes }) => nodes.map(phaseTimes)).filter((one) => one !== undefined)
  if (times.length === 0) return {}
  return Object.fromEntries(PHASES.map((phase) => [phase, median(times.map((one) => one[phase]))]))
}

/** Waiting is for what another node does, so a node that does something longer is named first. */
function mostUnusual({ nodes }: StepRecord, usual: Partial<Record<Phase, number>>): Pick<Spike, 'node' | 'phase'> {
  const excesses = nodes.flatMap((node) => {
    const times = phaseTimes(node)
    if (times === undefined) return []
    return PHASES.map((phase) => ({ node: node.node, phase, excess: times[phase] - (usual[phase] ?? 0) }))
  })
  const most = (among: typeof excesses): (typeof excesses)[number] | undefined =>
    among.toSorted((a, b) => b.excess - a.excess)[0]
  const waited = most(excesses)
  const worked = most(excesses.filter(({ phase }) => phase !== 'wait'))
  if (waited === undefined) return { node: 0, phase: null }
  const cause = worked && worked.excess > waited.excess / 2 ? worked : waited
  return { node: cause.node, phase: cause.phase }
}

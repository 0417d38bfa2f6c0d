import { median } from 'simple-statistics'
import type { LocalCluster } from '../../record/host.ts'
import type { NodeStep } from '../../record/trial-record.ts'
import { quantile } from '../../stats/quantiles.ts'
import { type ArmFacts, type RunFacts, reducingArms, type TrialFacts } from './facts.ts'
import type { Effect } from './sources.ts'

/** Trials of one arm below which their spread says nothing. */
const FEWEST_TRIALS = 3
/** Steps below which a 95th percentile is the slowest one. */
const FEWEST_STEPS = 20

/** What the network did to the time of an all-reduce, waiting for slower nodes included. */
export function networkTime(facts: RunFacts): Effect | null {
  const reducing = reducingArms(facts)
  if (reducing.length === 0) return null
  const mechanism = 'an all-reduce takes as long as its slowest message'
  const where = 'steps.jsonl: nodes.reduceNs; cluster.yaml: interconnect'
  const spread = widestSpread(reducing, ({ reduceNs }) => reduceNs)
  const effect = boundedOrOpen(mechanism, where, spread && `all-reduces of a step took ${spread}`)
  return { ...effect, evidence: [linksText(facts.cluster), effect.evidence].filter((part) => part !== null).join('; ') }
}

/** `pairs of nodes: 0.52–0.61 GB/s, 180–240 µs`, from the slowest to the fastest. */
function linksText({ interconnect }: LocalCluster): string {
  if (!('measured' in interconnect)) return 'links were not measured'
  const { bandwidthBytesPerSecond: bandwidth, latencyNsP50: latency } = interconnect.measured.summary
  const range = (texts: readonly string[]): string => [...new Set(texts)].join('–')
  const gigabytes = range([bandwidth.min, bandwidth.max].map((rate) => (rate / 1e9).toFixed(2)))
  const microseconds = range([latency.min, latency.max].map((ns) => String(Math.round(ns / 1000))))
  return `pairs of nodes: ${gigabytes} GB/s, ${microseconds} µs`
}

/** What ran beside this, as far as trials of one arm differ by it and by everything else. */
export function tenantsTime({ arms, cluster }: RunFacts): Effect {
  const most = Math.max(...arms.map(({ rankCount }) => rankCount))
  const cores = cluster.host.cores
  const crowded = most > cores ? `; ${most} ranks share ${cores} cores (oversubscribed)` : ''
  const evidence = `cores this process may use: ${cores}${crowded}; load of others is not recorded`
  const mechanism = 'arms alternate, so that drift touches all alike; nothing keeps others off the machine'
  const where = 'samples.jsonl: train-seconds'
  const spreads = arms.filter(({ trials }) => trials.length >= FEWEST_TRIALS).map(trialSpread)
  if (spreads.length === 0) return { status: 'open', mechanism, evidence, where, bound: null }
  const widest = spreads.reduce((one, other) => (other.ratio > one.ratio ? other : one))
  return { status: 'bounded', mechanism, evidence, where, bound: `${widest.text}, all causes together` }
}

/** Is every node of this run on like hardware? */
export function hardwareTime({ arms, cluster }: RunFacts): Effect {
  const used = new Set(arms.flatMap(({ trials }) => trials.flatMap(({ record }) => record.adapterByNode)))
  const mechanism = 'all nodes are processes of one host'
  const where = 'cluster.yaml'
  if (used.size > 1) {
    const evidence = `nodes have different adapters: ${[...used].join(', ')}`
    return { status: 'open', mechanism, evidence, where, bound: null }
  }
  const evidence = `${cluster.host.cpuModel}, ${cluster.host.cores} cores; ${[...used][0] ?? 'CPU engine'}`
  return { status: 'eliminated', mechanism, evidence, where, bound: null }
}

/** What compiling and collecting did to the time of a step. */
export function jitTime({ arms }: RunFacts): Effect {
  const mechanism = 'each trial has fresh processes; kernels and code are warm before the first step, caches are not'
  const spread = widestSpread(arms, ({ stepNs }) => stepNs)
  return boundedOrOpen(mechanism, 'steps.jsonl: nodes.stepNs', spread && `a step took ${spread}`)
}

function boundedOrOpen(mechanism: string, where: string, bound: string | null): Effect {
  if (bound !== null) return { status: 'bounded', mechanism, evidence: null, where, bound }
  const evidence = `fewer than ${FEWEST_STEPS} steps were recorded`
  return { status: 'open', mechanism, evidence, where, bound }
}

/** Of the arm whose slow steps are furthest from its median; null where no arm has enough of them. */
function widestSpread(arms: readonly ArmFacts[], nsOf: (step: NodeStep) => number): string | null {
  const spreads = arms.flatMap(({ arm, trials }) => {
    const sorted = trials.flatMap((trial) => samplesOf(trial, nsOf)).sort((a, b) => a - b)
    if (sorted.length < FEWEST_STEPS) return []
    const [low, middle, high] = [0.05, 0.5, 0.95].map((q) => quantile(sorted, q).value / 1e6)
    const text = `${low.toFixed(2)}–${high.toFixed(2)} ms in 90 of 100 steps, median ${middle.toFixed(2)} (${arm.name})`
    return [{ ratio: high / middle, text }]
  })
  return spreads.length === 0 ? null : spreads.reduce((one, other) => (other.ratio > one.ratio ? other : one)).text
}

/** By step, the node that took longest: nodes of a step are not independent. */
function samplesOf({ steps }: TrialFacts, nsOf: (step: NodeStep) => number): number[] {
  return steps.map(({ nodes }) => Math.max(...nodes.map(nsOf)))
}

function trialSpread({ arm, trials }: ArmFacts): { ratio: number; text: string } {
  const seconds = trials.map(({ record }) => record.trainSeconds)
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)]
  const text = `${seconds.length} trials of ${arm.name} took ${least.toFixed(2)}–${most.toFixed(2)} s, median ${median(seconds).toFixed(2)}`
  return { ratio: most / least, text }
}

import { clockCorrections } from '../evidence/scaling/clock-correction.ts'
import type { NodeStep, StepPhases, StepRecord } from '../record/trial-record.ts'
import { scheduleOf } from '../reduce/algorithms.ts'
import { rankProgram, sourcesOf } from '../reduce/schedule.ts'
import type { Arm } from '../study/schema.ts'

/** A trial whose steps are drawn. */
export interface TracedTrial {
  readonly trial: string
  readonly arm: Arm
  readonly steps: readonly StepRecord[]
}

/**
 * An event of Chrome's trace format, times in µs.
 * @source Trace Event Format, https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
type TraceEvent = Readonly<Record<string, unknown>>

/** In the order in which a node goes through them. */
const ENGINE_PHASES: readonly (readonly [string, keyof StepPhases])[] = [
  ['rows', 'rowsNs'],
  ['upload', 'uploadNs'],
  ['update', 'updateNs'],
  ['dispatch', 'dispatchNs'],
  ['compute', 'computeNs'],
  ['readback', 'readbackNs'],
  ['pace', 'paceNs'],
]

/**
 * What nodes did when, for Perfetto: a process a trial, two tracks a node (the engine's phases; all-reduces), on node 0's
 * clock. A flow goes from a node's all-reduce to that of each node that receives from it; single messages are not recorded.
 */
export function chromeTrace(trials: readonly TracedTrial[], paced: string | null): object {
  const starts = trials.flatMap(({ steps }) =>
    steps.flatMap(({ nodes }) => nodes.map(({ startedMs = 0 }) => startedMs)),
  )
  const zeroMs = starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY)
  return {
    displayTimeUnit: 'ms',
    otherData: {
      compute: paced ?? 'measured',
      clocks: trials.map(({ trial, steps }) => ({ trial, corrections: clockCorrections(steps) })),
    },
    traceEvents: trials.flatMap((trial, pid) => eventsOf(trial, pid, zeroMs)),
  }
}

function eventsOf({ trial, arm, steps }: TracedTrial, pid: number, zeroMs: number): TraceEvent[] {
  const ahead = new Map(clockCorrections(steps).map(({ node, aheadMs }) => [node, aheadMs]))
  const startUs = ({ node, startedMs = zeroMs }: NodeStep): number =>
    1e3 * (startedMs - (ahead.get(node) ?? 0) - zeroMs)
  const sources = sourcesByNode(arm)
  const names = steps[0]?.nodes.flatMap(({ node }) => [
    { ph: 'M', name: 'thread_name', pid, tid: 2 * node, args: { name: `node ${node}` } },
    { ph: 'M', name: 'thread_name', pid, tid: 2 * node + 1, args: { name: `node ${node}, all-reduce` } },
  ])
  return [
    { ph: 'M', name: 'process_name', pid, args: { name: trial } },
    ...(names ?? []),
    ...steps.flatMap((step) => [
      ...step.nodes.flatMap((node) => slicesOf(node, step.step, pid, startUs(node))),
      ...flowsOf(step, sources, pid, startUs),
    ]),
  ]
}

/** The engine's phases one after the other, though with several buckets some come again; all-reduces when they were. */
function slicesOf({ node, phases, buckets }: NodeStep, step: number, pid: number, startUs: number): TraceEvent[] {
  let at = startUs
  const engine = ENGINE_PHASES.flatMap(([name, key]) => {
    const dur = (phases?.[key] ?? 0) / 1e3
    if (dur === 0) return []
    const event = { ph: 'X', name, cat: 'engine', pid, tid: 2 * node, ts: at, dur, args: { step } }
    at += dur
    return [event]
  })
  const reduces = buckets.map(({ elements, reduceStartNs, reduceEndNs, sendNs, addNs }) => ({
    ph: 'X',
    name: 'all-reduce',
    cat: 'reduce',
    pid,
    tid: 2 * node + 1,
    ts: startUs + reduceStartNs / 1e3,
    dur: (reduceEndNs - reduceStartNs) / 1e3,
    args: { step, elements, sendNs, addNs },
  }))
  return [...engine, ...reduces]
}

function flowsOf(
  { step, nodes }: StepRecord,
  sources: readonly (readonly number[])[],
  pid: number,
  startUs: (node: NodeStep) => number,
): TraceEvent[] {
  return nodes.flatMap((to) =>
    sources[to.node].flatMap((source) =>
      to.buckets.flatMap(({ reduceEndNs }, bucket) => {
        const from = nodes[source]
        const flow = { name: 'sends to', cat: 'flow', pid, id: `${pid}.${step}.${bucket}.${source}.${to.node}` }
        const begin = startUs(from) + from.buckets[bucket].reduceStartNs / 1e3
        const end = startUs(to) + reduceEndNs / 1e3
        return [
          { ...flow, ph: 's', tid: 2 * source + 1, ts: begin },
          { ...flow, ph: 'f', bp: 'e', tid: 2 * to.node + 1, ts: end },
        ]
      }),
    ),
  )
}

/** By node, the other nodes whose ranks send to one of its own. */
function sourcesByNode({ algorithm, nodes, ranksPerNode }: Arm): number[][] {
  const schedule = scheduleOf(algorithm, nodes * ranksPerNode, ranksPerNode)
  return Array.from({ length: nodes }, (_, node) => {
    const ranks = Array.from({ length: ranksPerNode }, (_, local) => node * ranksPerNode + local)
    const sources = ranks.flatMap((rank) => sourcesOf(rankProgram(schedule, rank), rank))
    return [...new Set(sources.map((rank) => Math.floor(rank / ranksPerNode)))].filter((source) => source !== node)
  })
}

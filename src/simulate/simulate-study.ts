import { median } from 'simple-statistics'
import { ReducibleError } from '../core/errors.ts'
import { loadWorkload } from '../data/workload.ts'
import { bucketsOf, problemShape } from '../gradient/problem.ts'
import type { RecordedRun } from '../record/recorded-run.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import { checkInjections } from '../study/injection.ts'
import { planTrials } from '../study/plan.ts'
import type { Arm, Study } from '../study/schema.ts'
import { type ArmTimes, checkStragglers, movesOf, type Surroundings, timeArm } from './arm-timing.ts'
import { batchRowCount, dealtOrRefused, dealtPlaces, sharesOf } from './step-work.ts'
import { topologyOf } from './topology.ts'
import { type SimulatedTrial, simulateTraining } from './training.ts'

/** What is to be simulated. */
export interface SimulationRequest extends Surroundings {
  /** Its arms are simulated, whatever the number of their nodes. */
  readonly study: Study
  /** Do values travel? Undefined: up to 64 nodes, where the batch can be dealt to them and computing is not paced. */
  readonly values: boolean | undefined
  /** Steps of an arm without values. */
  readonly steps: number
  /** A recorded run whose arrival orders are forced. */
  readonly replay: RecordedRun | undefined
}

/** What one arm comes to. Times are virtual nanoseconds: medians over its steps. */
export interface SimulatedArm extends Arm {
  readonly method: ArmTimes['method']
  readonly steps: number
  /** Of one step. */
  readonly moves: number
  /** Are there more nodes than the spec describes? The rest is given medians. */
  readonly extended: boolean
  /** `equal parts`: there are fewer rows than nodes, and a batch is taken to divide all the same. */
  readonly rows: 'dealt' | 'equal parts'
  readonly values: 'carried' | 'not carried'
  /** f32 bytes that the sums of a step have. */
  readonly payloadBytes: number
  readonly stepNs: number
  readonly allReduceNs: number
  /** Null for one node. */
  readonly algbwBytesPerSecond: number | null
  readonly busbwBytesPerSecond: number | null
  /** The step of the smallest arm over this one; null where that takes no time. */
  readonly speedup: number | null
  /** One for each seed where values are carried. */
  readonly trials: readonly TrialRecord[]
}

/** Nodes up to which values are carried unasked. */
const VALUES_NODES_MAX = 64

/** Checks what can be known before anything is written. @throws {ReducibleError} usage, invalid-study. */
export function checkSimulation({ study, links, conditions, values: asked }: SimulationRequest): void {
  const values = asked ?? false
  if (values && study.workload.name === 'paced') {
    throw new ReducibleError('usage', 'a paced study is simulated in time alone', { remedy: 'leave --values out' })
  }
  for (const arm of study.arms) {
    const { name, nodes, ranksPerNode } = arm
    if (ranksPerNode > 1) {
      throw new ReducibleError('usage', `arm ${name} has ${ranksPerNode} ranks a node, and one is simulated`, {
        remedy: 'use ranksPerNode: 1; what threads of a node cost each other is not modelled',
      })
    }
    topologyOf(conditions.topology, nodes, links)
    if (values) dealtOrRefused(arm, batchRowCount(study))
  }
  checkStragglers(conditions, study.arms)
  if (study.inject === undefined && conditions.unrest === 0) return
  checkInjections(study)
  const timed = study.arms.find((arm) => !carriesValues(study, arm, asked))
  if (timed) {
    const text = `arm ${timed.name} is simulated in time alone, which no injection and no unrest reach`
    throw new ReducibleError('usage', text, { remedy: 'use a workload that is not paced, up to 64 nodes, or --values' })
  }
}

/** Do values of an arm travel? */
function carriesValues(study: Study, arm: Arm, asked: boolean | undefined): boolean {
  if (asked !== undefined) return asked
  const isDealt = dealtPlaces(arm, batchRowCount(study)) !== undefined
  return arm.nodes <= VALUES_NODES_MAX && isDealt && study.workload.name !== 'paced'
}

/**
 * Simulates every arm of a study.
 * @param afterTrial is told of each trial that carried values.
 * @throws {ReducibleError} usage: an arm is too long to walk through.
 */
export async function simulateStudy(
  request: SimulationRequest,
  afterTrial: (arm: Arm, trial: SimulatedTrial) => void,
): Promise<SimulatedArm[]> {
  const arms: Omit<SimulatedArm, 'speedup'>[] = []
  for (const arm of request.study.arms) arms.push(await simulateArm(arm, request, afterTrial))
  const base = arms.reduce((a, b) => (b.nodes < a.nodes ? b : a))
  return arms.map((arm) => ({ ...arm, speedup: base.stepNs > 0 && arm.stepNs > 0 ? base.stepNs / arm.stepNs : null }))
}

async function simulateArm(
  arm: Arm,
  request: SimulationRequest,
  afterTrial: (arm: Arm, trial: SimulatedTrial) => void,
): Promise<Omit<SimulatedArm, 'speedup'>> {
  const { study, links } = request
  const places = dealtPlaces(arm, batchRowCount(study))
  const elements = await bucketElements(study, arm)
  const trials: TrialRecord[] = []
  let times: ArmTimes
  if (carriesValues(study, arm, request.values)) {
    const stepTimes: SimulatedTrial['times'][] = []
    for (const trial of planTrials({ ...study, arms: [arm], ...roundsOf(request) })) {
      const simulated = await simulateTraining(study, trial, request, request.replay?.ordersOf(trial))
      afterTrial(arm, simulated)
      trials.push(simulated.record)
      stepTimes.push(simulated.times)
    }
    times = {
      method: 'event',
      moves: movesOf(arm, elements),
      stepNs: stepTimes.flatMap(({ stepNs }) => stepNs),
      allReduceNs: stepTimes.flatMap(({ allReduceNs }) => allReduceNs),
    }
  } else times = timeArm(arm, elements, sharesOf(places, arm.nodes), request.steps, request)
  const payloadBytes = 4 * elements.reduce((a, b) => a + b, 0)
  const allReduceNs = median([...times.allReduceNs])
  const algbw = arm.nodes === 1 ? null : payloadBytes / (allReduceNs / 1e9)
  return {
    ...arm,
    method: times.method,
    steps: times.stepNs.length,
    moves: times.moves,
    extended: arm.nodes > links.specNodes,
    rows: places === undefined ? 'equal parts' : 'dealt',
    values: trials.length > 0 ? 'carried' : 'not carried',
    payloadBytes,
    stepNs: median([...times.stepNs]),
    allReduceNs,
    algbwBytesPerSecond: algbw,
    busbwBytesPerSecond: algbw && (algbw * 2 * (arm.nodes - 1)) / arm.nodes,
    trials,
  }
}

/** Rounds that differ in something. */
function roundsOf({ study, conditions }: SimulationRequest): Pick<Study, 'seeds' | 'repeats'> {
  const { seeds, repeats, inject } = study
  const repeatsDiffer = inject !== undefined || conditions.unrest > 0
  return repeatsDiffer ? { seeds, repeats } : { seeds: [...new Set(seeds)], repeats: 1 }
}

/** Elements of each bucket of a step's sums, in the order they are reduced. */
async function bucketElements({ workload, seeds }: Study, arm: Arm): Promise<number[]> {
  if (workload.name === 'paced') return [workload.parameters]
  const { problem } = await loadWorkload(workload, seeds[0])
  return bucketsOf(problemShape(problem), arm.buckets).map(({ start, end }) => end - start)
}

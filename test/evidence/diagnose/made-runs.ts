import type { DiagnosedRun } from '../../../src/evidence/diagnose/cohorts.ts'
import type { StepRecord, TrialRecord } from '../../../src/record/trial-record.ts'

/** One step of one trial, times in milliseconds. */
export interface MadeStep {
  readonly compute: readonly number[]
  /** By node; the last node's exchange is the shortest. */
  readonly exchange: number
  readonly order?: string
}

export interface MadeTrial extends Partial<TrialRecord> {
  /** @param noise of the step, −1 … 1, the same for every maker. */
  readonly step?: (step: number, noise: (node: number) => number) => MadeStep
}

const STEPS = 14

/** Records of a calm run of three nodes, but for what trials say of themselves. */
export function madeRun(trials: readonly MadeTrial[], changed: Partial<DiagnosedRun> = {}): DiagnosedRun {
  const records = trials.map(({ step: _, ...own }, i) => ({ ...calmTrial(i), ...own }) as TrialRecord)
  const stepsOf = (id: string): StepRecord[] => {
    const at = records.findIndex(({ trial }) => trial === id)
    const { stepsRecorded, nodes } = records[at]
    const maker = trials[at].step ?? calm
    return Array.from({ length: stepsRecorded }, (_, i) =>
      stepRecord(
        id,
        i + 1,
        maker(i + 1, (node) => noiseAt(at, i, node)),
        nodes,
      ),
    )
  }
  return {
    simulated: false,
    trials: records,
    stepsOf,
    rowsOf: (_, nodes) => Array.from({ length: nodes }, () => 10),
    cores: 4,
    machineKinds: ['a machine'],
    trialsFile: 'comparison.json',
    ...changed,
  }
}

/** Computes 10 ms and exchanges 4 ms, 2 % of noise. */
export function calm(_step: number, noise: (node: number) => number): MadeStep {
  return { compute: [0, 1, 2].map((node) => 10 + 0.2 * noise(node)), exchange: 4 + 0.08 * noise(3) }
}

function calmTrial(i: number): Partial<TrialRecord> {
  return {
    trial: `t${i}`,
    arm: 'three',
    nodes: 3,
    seed: 0,
    adapterByNode: [null, null, null],
    loss: 1,
    weightsSha256: 'w',
    stepsRecorded: STEPS,
    trainSeconds: 1,
    // 0.2 cores of others, a little more or less.
    coresBusy: 0.3 + 0.005 * noiseAt(i, 0, 9),
    cpuMsPerStepByThread: { main: 1000 / STEPS },
  }
}

function stepRecord(
  trial: string,
  step: number,
  { compute, exchange, order = 'o' }: MadeStep,
  nodes: number,
): StepRecord {
  const latest = Math.max(...compute)
  const record = {
    trial,
    step,
    orderCertificates: [order],
    nodes: compute.slice(0, nodes).map((ms, node) => ({
      node,
      engineNs: 1e6 * ms,
      reduceNs: 1e6 * (exchange + latest - ms),
      overlapNs: 0,
      stepNs: 1e6 * (latest + exchange),
    })),
  }
  return record as unknown as StepRecord
}

/** −1 … 1, as good as random. */
function noiseAt(trial: number, step: number, node: number): number {
  const x = Math.sin(12.9898 * trial + 78.233 * step + 37.719 * node + 1) * 43_758.5453
  return 2 * (x - Math.floor(x)) - 1
}

import { ReducibleError } from '../core/errors.ts'
import { checkReplay } from '../evidence/replay-inputs.ts'
import { loadStatedCluster } from '../record/cluster-spec/load.ts'
import { readRecordedRun } from '../record/recorded-run.ts'
import { codeDigests } from '../record/source-digest.ts'
import { ALGORITHM_NAMES, isAlgorithmName } from '../reduce/algorithms.ts'
import { linksOf } from '../simulate/cluster-links.ts'
import { CALM, type Conditions } from '../simulate/conditions.ts'
import { checkSimulation, simulateStudy } from '../simulate/simulate-study.ts'
import { SimulationFolder } from '../simulate/simulation-folder.ts'
import { computeOf } from '../simulate/step-work.ts'
import { loadStudy } from '../study/load.ts'
import { applyOverrides, armName } from '../study/overrides.ts'
import type { Arm, Study } from '../study/schema.ts'
import { parseBytes } from './bench-plan.ts'
import { type CommonOptions, parseCount, runCommand } from './command.ts'
import { simulationText } from './simulate-text.ts'

export interface SimulateOptions extends CommonOptions {
  readonly cluster?: string
  readonly nodes?: string
  readonly algorithm?: string
  readonly arithmetic?: string
  readonly seeds?: string
  readonly steps?: string
  readonly topology: string
  readonly segment?: string
  readonly jitterUs: string
  readonly seed: string
  readonly background: string
  readonly straggler?: readonly string[]
  readonly unrest: string
  readonly computeMs?: string
  readonly from?: string
  readonly values?: boolean
  readonly replayOrders?: string
  readonly out: string
}

/** `reducible simulate STUDY`: the time and the bits of a study on a cluster that is stated, of any size. */
export async function simulateCommand(studyFile: string, options: SimulateOptions): Promise<never> {
  return runCommand('simulate', options, async () => {
    const { study: stated, file } = loadStudy(studyFile)
    const { arithmetic, seeds, steps } = options
    const changed = applyOverrides(stated, {
      ...(arithmetic !== undefined && { arithmetic }),
      ...(seeds !== undefined && { seeds }),
      ...(steps !== undefined && { steps }),
    })
    const study = { ...changed, arms: armsOf(changed, options) }
    const specFile = specOf(study, options)
    const { spec } = loadStatedCluster(specFile)
    const links = linksOf(spec, specFile)
    const replay = options.replayOrders === undefined ? undefined : readRecordedRun(options.replayOrders)
    if (replay) checkReplay(study, codeDigests(), replay)
    const statedMs = options.computeMs === undefined ? undefined : numberOf(options.computeMs, '--compute-ms', 0, 1e9)
    const compute = computeOf(study, statedMs, options.from === undefined ? undefined : readRecordedRun(options.from))
    const ofSpec = 'collective' in spec ? spec.collective.segmentBytes : undefined
    const conditions = conditionsOf(options, typeof ofSpec === 'number' ? ofSpec : CALM.segmentBytes)
    const request = {
      study,
      links,
      conditions,
      compute,
      replay,
      values: options.values,
      steps: steps === undefined ? 1 : study.training.steps,
    }
    checkSimulation(request)
    const plan = { study, studyFile: file, spec, specFile, conditions, compute, parent: options.out }
    const folder = SimulationFolder.create(plan)
    const arms = await simulateStudy(request, (arm, trial) => folder.addTrial(arm, trial))
    const predictions = folder.close(arms)
    // On stderr: stdout is the same, byte for byte, whenever and wherever it is made again.
    process.stderr.write(`simulation ${folder.shortPath}\n`)
    const cluster = { simulated: true, spec: specFile, specNodes: links.specNodes, topology: conditions.topology }
    const spread = spreadText(study, conditions)
    return {
      text: simulationText(study, arms, { specFile, links, conditions, compute, predictions, spread }),
      json: { simulated: true, cluster, conditions, compute, spread, arms, predictions },
    }
  })
}

/** One arm for each of `--nodes` and `--algorithm`, whatever else an arm of the study says. */
function armsOf({ arms }: Study, { nodes, algorithm }: SimulateOptions): Arm[] {
  if (nodes === undefined && algorithm === undefined) return [...arms]
  const counts = nodes?.split(',').map((count) => parseCount(count, '--nodes', 1))
  const algorithms = algorithm?.split(',')
  const unknown = algorithms?.find((name) => !isAlgorithmName(name))
  if (unknown !== undefined) {
    throw new ReducibleError('usage', `--algorithm must be of ${ALGORITHM_NAMES} (got '${unknown}')`)
  }
  const made = (counts ?? [undefined]).flatMap((count) =>
    (algorithms ?? [undefined]).flatMap((name) =>
      arms.map(
        (arm): Arm => ({
          ...arm,
          ...(count !== undefined && { nodes: count }),
          ...(name !== undefined && { algorithm: name }),
        }),
      ),
    ),
  )
  const named = made.map((arm) => ({ ...arm, name: armName(arm) }))
  return named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index)
}

/** What is known of the spread of a simulated time. */
function spreadText({ inject }: Study, { unrest }: Conditions): string {
  if (inject === undefined && unrest === 0) return 'not measured: one virtual run an arm'
  return 'of what was brought into it, and of no real cluster'
}

function specOf({ cluster }: Study, options: SimulateOptions): string {
  if (options.cluster !== undefined) return options.cluster
  if (cluster !== 'captured') return cluster
  throw new ReducibleError('usage', 'a simulation wants a stated cluster, and the study names none', {
    remedy: 'pass --cluster SPEC, like cluster/specs/fast-fabric.yaml',
  })
}

function conditionsOf(options: SimulateOptions, segmentOfSpec: number): Conditions {
  const { topology, segment, jitterUs, seed, background, straggler = [], unrest } = options
  const segmentBytes = segment === undefined ? segmentOfSpec : parseBytes(segment, '--segment')
  if (segmentBytes < 1) throw new ReducibleError('usage', `--segment must be at least 1 byte (got ${segment})`)
  return {
    topology,
    segmentBytes,
    burstNs: CALM.burstNs,
    buffersSends: CALM.buffersSends,
    jitterNs: numberOf(jitterUs, '--jitter-us', 0, 1e7) * 1000,
    seed: numberOf(seed, '--seed', 0, Number.MAX_SAFE_INTEGER),
    backgroundShare: numberOf(background, '--background', 0, 0.99),
    stragglers: straggler.map(stragglerOf),
    unrest: numberOf(unrest, '--unrest', 0, 10),
  }
}

function stragglerOf(text: string): Conditions['stragglers'][number] {
  const match = /^(\d+):(\d+(?:\.\d+)?)$/.exec(text)
  if (match === null || !(Number(match[2]) >= 1)) {
    throw new ReducibleError('usage', `--straggler must be NODE:FACTOR, the factor at least 1 (got '${text}')`)
  }
  return { node: Number(match[1]), factor: Number(match[2]) }
}

function numberOf(text: string, flag: string, least: number, most: number): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= least && number <= most) return number
  throw new ReducibleError('usage', `${flag} must be a number from ${least} to ${most} (got '${text}')`)
}

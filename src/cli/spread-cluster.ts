import { dirname, join, relative } from 'node:path'
import { checkStudy } from '../../cluster/coordinator/check-study.ts'
import { CHUNKING, checkOrders, measureOrders } from '../../cluster/coordinator/measure-orders.ts'
import { ReducibleError } from '../core/errors.ts'
import { isPowerOfTwo } from '../core/powers-of-two.ts'
import { type AvailableAdapter, chooseAdapter } from '../gradient/gpu/adapters.ts'
import { knownProbe } from '../gradient/gpu/probe.ts'
import { type GradientSet, readGradientFiles } from '../record/gradient-files.ts'
import { readNpy } from '../record/npy.ts'
import { gradientFolder, RunFolder } from '../record/run-folder.ts'
import { scheduleOf } from '../reduce/algorithms.ts'
import type { MeasuredLinks } from '../reduce/links.ts'
import { packOrders, unpackOrders } from '../reduce/order.ts'
import { isArrivalOrdered } from '../reduce/schedule.ts'
import { provenOrder } from '../reduce/verify.ts'
import { errorChart, growthChart, lossChart } from '../report/cluster-charts.ts'
import { type AxesReport, axesReport } from '../spread/axes.ts'
import { type CancellationProbe, cancellationProbes, PROBE_SET } from '../spread/cancellation.ts'
import { drawnSet, isAllEqual } from '../spread/contributions.ts'
import { exactElements } from '../spread/exact-elements.ts'
import { loadSpreadStudy } from '../study/load.ts'
import { leavesStudyOf, ordersStudyOf, type SpreadStudy } from '../study/spread-schema.ts'
import type { CommandResult } from './command.ts'
import { failedIn } from './execute-study.ts'
import { ProgressLine } from './progress.ts'
import { clusterOfRun, type RunCluster, withLinks } from './run-cluster.ts'
import { clusterText } from './spread-cluster-text.ts'
import { measureTraining, type SpreadRun, type TrainingRecord, train } from './spread-training.ts'
import { type CleanOptions, refuseUnclean } from './study-flags.ts'

/** axes.json. */
export interface AxesRecord extends AxesReport {
  readonly schemaVersion: 1
  readonly launches: number
  readonly calls: number
  readonly chunking: typeof CHUNKING
  readonly sets: readonly SetRecord[]
  readonly probes: readonly CancellationProbe[]
}

interface SetRecord extends Omit<GradientSet, 'vectors'> {
  readonly elements: number
  readonly contributions: number
  readonly allEqual: boolean
}

/** Contributions, and the files that ranks load them from. */
interface StoredSet {
  readonly set: GradientSet
  readonly files: readonly string[]
}

/** `--cluster STUDY`: one all-reduce in every order on live processes, then the study's training under several orders. */
export async function clusterCommand(
  file: string,
  options: CleanOptions & { readonly out: string },
  signal: AbortSignal,
): Promise<CommandResult> {
  refuseUnclean(options)
  const study = loadSpreadStudy(file)
  const given = checkedFiles(study, file)
  const trains = study.orders !== undefined || study.gradients?.source === 'step'
  const adapters = trains && study.engine === 'gpu' ? [await chooseAdapter(study.adapter)] : []
  let on = await clusterOf(study, adapters, signal)
  const plan = {
    study,
    studyFile: file,
    claim: null,
    claimFile: null,
    quick: false,
    overrides: {},
    ...on,
    stated: null,
    parent: options.out,
  }
  const folder = RunFolder.create(plan)
  const progress = new ProgressLine()
  const onLinks = (links: MeasuredLinks): void => {
    if ('measured' in on.cluster.interconnect) return // gradients of a step and envelopes are two trainings
    on = withLinks(on, links)
    folder.writeCluster(on)
  }
  const run: SpreadRun = { study, adapters, folder, progress, onLinks, signal }
  try {
    const axes = study.gradients ? await measureAxes(run, study.gradients, given) : null
    const training = study.orders ? await measureTraining(run, study.orders) : null
    const figures = await drawFigures(folder, axes, training?.envelopes ?? null)
    progress.clear()
    folder.close('done', null)
    const { envelopes = null, floor: noiseFloor = null } = training ?? {}
    const text = clusterText({ study, cluster: on.cluster, axes, envelopes, noiseFloor })
    return {
      text: [
        text,
        ...figures.map((figure) => `figure ${relative('.', figure)}`),
        `run ${relative('.', folder.path)}`,
      ].join('\n'),
      json: { run: folder.path, cluster: on.cluster, axes, envelopes, noiseFloor, figures },
    }
  } catch (thrown) {
    progress.clear()
    const error = ReducibleError.from(thrown)
    const { code, message } = error
    folder.close(code === 'interrupted' ? 'interrupted' : 'failed', { code, message, trial: null, step: null })
    throw failedIn(folder, error)
  }
}

/** @returns the files. */
async function drawFigures(
  folder: RunFolder,
  axes: AxesRecord | null,
  envelopes: TrainingRecord | null,
): Promise<string[]> {
  const drawn = {
    ...(axes && { errors: await errorChart(axes.errors) }),
    ...(envelopes && { loss: await lossChart(envelopes), growth: await growthChart(envelopes) }),
  }
  return Object.entries(drawn).flatMap(([name, svg]) => (svg === undefined ? [] : [folder.writeFigure(name, svg)]))
}

/** Everything that can be refused before a process starts. @returns the gradients of files. */
function checkedFiles(study: SpreadStudy, file: string): GradientSet[] {
  const { gradients } = study
  if (study.orders) {
    checkStudy(ordersStudyOf(study, study.orders))
    checkDifferent(study.orders)
  }
  switch (gradients?.source) {
    case undefined:
      return []
    case 'files': {
      const sets = readGradientFiles(gradients.files, dirname(file))
      checkOrders(study, rankCountsOf(study, sets), sets[0].vectors.length)
      return sets
    }
    case 'distribution':
      checkOrders(study, rankCountsOf(study), mostRanks(study))
      return []
    case 'step':
      if (gradients.step > (study.training?.steps ?? 0)) {
        const text = `${file}: gradients.step is ${gradients.step}, the training has ${study.training?.steps} steps`
        throw new ReducibleError('invalid-study', text, { remedy: 'name a step of the training' })
      }
      if (!isPowerOfTwo(mostRanks(study))) {
        const text = `${file}: ranks: the largest is ${mostRanks(study)}, want a power of two`
        throw new ReducibleError('invalid-study', text, { remedy: 'choose ranks like 2, 4 and 8' })
      }
      checkOrders(study, rankCountsOf(study), mostRanks(study))
      checkStudy(leavesStudyOf(study, mostRanks(study), gradients.step))
      return []
  }
}

/** Two trainings of one order would make the floor look lower than it is. @throws {ReducibleError} invalid-study. */
function checkDifferent({ algorithms, nodes }: NonNullable<SpreadStudy['orders']>): void {
  const byOrder = new Map<string, string>()
  for (const algorithm of algorithms) {
    const schedule = scheduleOf(algorithm, nodes)
    if (isArrivalOrdered(schedule)) continue
    const trees = unpackOrders(provenOrder(schedule).order)
    const order = new Set(trees).size === 1 ? trees[0] : packOrders(trees)
    const same = byOrder.get(order)
    if (same !== undefined) {
      const text = `orders.algorithms: ${same} and ${algorithm} add in the same order on ${nodes} nodes`
      throw new ReducibleError('invalid-study', text, { remedy: 'take one of them out' })
    }
    byOrder.set(order, algorithm)
  }
}

async function clusterOf(
  study: SpreadStudy,
  adapters: readonly AvailableAdapter[],
  signal: AbortSignal,
): Promise<RunCluster> {
  const probes = await Promise.all(adapters.map((adapter) => knownProbe(adapter, signal)))
  const nodeCounts = [...(study.ranks ?? []), ...(study.orders ? [study.orders.nodes] : [])]
  const arms = nodeCounts.map((nodes) => ({ nodes, ranksPerNode: 1 }))
  return clusterOfRun(arms, probes, null)
}

async function measureAxes(
  run: SpreadRun,
  gradients: NonNullable<SpreadStudy['gradients']>,
  given: readonly GradientSet[],
): Promise<AxesRecord> {
  const { study, folder, progress, signal } = run
  const stored =
    gradients.source === 'step' ? [await trainedSet(run, gradients.step)] : storedSets(run, gradients, given)
  const reductions = await measureOrders({
    study,
    sets: stored.map(({ set, files }) => ({ name: set.name, files })),
    rankCounts: rankCountsOf(study, given),
    folder,
    onProgress: (launched, launches) => progress.showCount('spread: launch', launched, launches),
    signal,
  })
  progress.note('comparing the results with the exact sums')
  const exact = new Map(stored.map(({ set }) => [set.name, exactElements(set.vectors)]))
  const { launches, calls } = study
  const ofSets = { ...reductions, all: reductions.all.filter(({ set }) => set !== PROBE_SET) }
  const record: AxesRecord = {
    schemaVersion: 1,
    launches,
    calls,
    chunking: CHUNKING,
    sets: stored.map(({ set }) => setRecord(set)),
    ...axesReport(ofSets, exact),
    probes: cancellationProbes(reductions),
  }
  folder.writeJson('axes.json', record)
  return record
}

function storedSets(
  { study, folder }: SpreadRun,
  gradients: Exclude<NonNullable<SpreadStudy['gradients']>, { source: 'step' }>,
  given: readonly GradientSet[],
): StoredSet[] {
  const sets = gradients.source === 'files' ? given : [drawnSet(gradients, mostRanks(study), study.seed)]
  return sets.map((set) => {
    const files = set.vectors.map((vector, rank) => folder.writeInput(set.name, rank, vector))
    return { set, files }
  })
}

/** Trains up to a step, on as many nodes as there are ranks at most, and takes what every one contributed to it. */
async function trainedSet(run: SpreadRun, step: number): Promise<StoredSet> {
  const [{ record }] = await train(run, leavesStudyOf(run.study, mostRanks(run.study), step), [step])
  if (record.status === 'diverged') {
    throw new ReducibleError('worker-failed', `the training diverged at step ${record.divergedStep}, before ${step}`, {
      remedy: 'name an earlier step, or lower the learning rate',
    })
  }
  const folder = gradientFolder(run.folder.path, record.trial, step)
  const files = Array.from({ length: record.nodes }, (_, rank) => join(folder, `rank-${rank}.npy`))
  const vectors = files.map((file) => Float32Array.from(readNpy(file).values))
  return { set: { name: `step-${step}`, dtype: 'float32', vectors, largestChange: 0 }, files }
}

function setRecord(set: GradientSet): SetRecord {
  const { vectors, ...own } = set
  return { ...own, elements: vectors[0].length, contributions: vectors.length, allEqual: isAllEqual(set) }
}

function rankCountsOf({ ranks }: SpreadStudy, given: readonly GradientSet[] = []): readonly number[] {
  return ranks ?? given.slice(0, 1).map(({ vectors }) => vectors.length)
}

function mostRanks({ ranks = [] }: SpreadStudy): number {
  return Math.max(...ranks)
}

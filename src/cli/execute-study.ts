import { isDeepStrictEqual } from 'node:util'
import { checkStudy } from '../../cluster/coordinator/check-study.ts'
import { type RanTrial, type RunOptions, runStudy } from '../../cluster/coordinator/run-study.ts'
import type { WorkersElsewhere } from '../../cluster/launch/elsewhere.ts'
import type { ExternalWorkers } from '../../cluster/launch/external.ts'
import { enterOwnNetwork } from '../../cluster/launch/netns/enter.ts'
import { openNetwork } from '../../cluster/launch/netns/network.ts'
import { ReducibleError } from '../core/errors.ts'
import { type Comparison, compareArms } from '../evidence/comparison.ts'
import { refuseUndetermined } from '../evidence/deterministic.ts'
import { pacedStamp } from '../evidence/paced.ts'
import { differencesFor, unkeptRate } from '../evidence/performance-verdict.ts'
import { checkReplay } from '../evidence/replay-inputs.ts'
import { refuseBitwiseClaim } from '../evidence/verdict.ts'
import { chooseAdapter } from '../gradient/gpu/adapters.ts'
import { knownProbe } from '../gradient/gpu/probe.ts'
import type { ProbeRecord } from '../gradient/gpu/probe-record.ts'
import { loadStatedCluster, type StatedCluster, statedLinksOf } from '../record/cluster-spec/load.ts'
import type { ClusterSpec } from '../record/cluster-spec/schema.ts'
import type { RunPlan } from '../record/compose-manifest.ts'
import { clusterLine, type LocalCluster } from '../record/host.ts'
import { identityOf } from '../record/inputs.ts'
import type { RunFailure } from '../record/manifest.ts'
import { type FoundNoiseFloor, findNoiseFloor } from '../record/noise-floor.ts'
import { type RecordedRun, readRecordedRun } from '../record/recorded-run.ts'
import { RunFolder, STATED_FILE } from '../record/run-folder.ts'
import { codeDigests } from '../record/source-digest.ts'
import type { StoppedRun } from '../record/stopped-run.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import type { MeasuredLinks } from '../reduce/links.ts'
import { applyOverrides } from '../study/overrides.ts'
import type { Study } from '../study/schema.ts'
import { trainingDigest } from '../study/training-digest.ts'
import { type StatedOutcome, statedOutcome } from './cluster-text.ts'
import type { GatheredWorkers } from './gather-workers.ts'
import { ProgressLine } from './progress.ts'
import { clusterOfRun, type RunCluster, withLinks } from './run-cluster.ts'
import { type ClaimOptions, overridesIn, refuseUnclean, type StudyOptions } from './study-flags.ts'

/** A whole spec: links and nodes are predicted from it. */
export interface ClaimedCluster extends StatedCluster {
  readonly spec: ClusterSpec
}

export interface StudyRequest extends Pick<RunPlan, 'studyFile' | 'claim' | 'claimFile' | 'quick'> {
  readonly study: Study
  /** A recorded run whose orders are forced. */
  readonly replay?: RecordedRun | undefined
  /** The cluster that a claim of speed was made on. */
  readonly claimed?: ClaimedCluster | undefined
  /** A run that was stopped, to be finished in its own folder. */
  readonly resumed?: StoppedRun | undefined
  /** Told of each finished trial. What it throws ends the run. */
  readonly onTrial?: (trial: TrialRecord) => void
  /** Waits for workers that somebody else starts; absent: this machine's are started for each trial. */
  readonly gather?: (() => Promise<GatheredWorkers>) | undefined
  readonly options: ClaimOptions
  readonly signal: AbortSignal
}

/** Waits for the workers of a study. */
export type Gather = (study: Study) => Promise<GatheredWorkers>

/** What flags make of a study, for all that execute one. */
export function studyRequest(
  stated: Study,
  options: StudyOptions,
  signal: AbortSignal,
  gather?: Gather,
): Pick<StudyRequest, 'study' | 'replay' | 'gather' | 'options' | 'signal'> {
  const study = applyOverrides(stated, overridesIn(options))
  const replay = options.replayOrders === undefined ? undefined : readRecordedRun(options.replayOrders)
  return { study, replay, gather: gather && (() => gather(study)), options, signal }
}

/** A study that ran to its end. */
export interface ExecutedStudy extends RunCluster {
  /** What the cluster is held against; null: the study names no spec. */
  readonly stated: StatedOutcome | null
  readonly folder: RunFolder
  readonly trials: readonly RanTrial[]
  readonly comparison: Comparison
}

/**
 * Runs a study into a new run folder, shows progress, and hands the result to `conclude` before the folder is closed.
 * Whatever goes wrong, the folder keeps what was finished and says how it ended.
 */
export async function executeStudy<T>(
  request: StudyRequest,
  conclude: (executed: ExecutedStudy, progress: ProgressLine) => Promise<T>,
): Promise<T> {
  const { study, options, signal } = request
  const { deterministic = false } = options
  refuseUnclean(options)
  checkStudy(study)
  if (request.claim && study.inject) refuseInjectedClaim(request.claimFile)
  if (request.replay) checkReplay(study, codeDigests(), request.replay)
  const gradientSteps = parseSteps(options.recordGradients, study.training.steps)
  refuseLaunch(request)
  const external = await request.gather?.()
  const stated = study.cluster === 'captured' ? null : loadStatedCluster(study.cluster)
  await using elsewhere = external?.workers ?? (await namespacesFor(study, stated))
  const { adapters, probes } = external ? gatheredAdapters(external.workers) : await localAdapters(study, signal)
  if (deterministic) refuseUndetermined(study, probes, request.replay !== undefined)
  if (request.claim?.kind === 'numeric') refuseBitwiseClaim(request.claim, study, probes)
  const { resumed } = request
  const found = await clusterOfRun(study.arms, probes, stated, elsewhere)
  if (resumed) refuseOtherCluster(resumed, found.cluster)
  let on: RunCluster = resumed ?? found
  if (request.claimed && !options.onAnotherCluster) refuseAnotherCluster(request.claimed, study, on.spec)
  const noiseFloor = noiseFloorOf(study, options.out)
  const { operator, out: parent } = options
  const folder = resumed
    ? RunFolder.reopen(resumed)
    : RunFolder.create({
        ...request,
        ...on,
        study: stated === null ? study : { ...study, cluster: STATED_FILE },
        stated,
        operator,
        parent,
        deterministic,
        overrides: overridesIn(options),
        security: external?.security,
      })
  if (external?.jobScript !== undefined) folder.writeJobScript(external.jobScript)
  const progress = new ProgressLine()
  const unfit = new AbortController()
  const trials: RanTrial[] = (resumed?.trials ?? []).map((record) => ({ record, trajectory: new Map() }))
  let at: Pick<RunFailure, 'trial' | 'step'> = { trial: null, step: null }
  const compare = (): Comparison => {
    const run = { id: folder.manifest.runId, commit: folder.manifest.code.commit, cluster: on.cluster }
    const records = trials.map(({ record }) => record)
    return compareArms(
      study,
      records,
      run,
      request.claim?.kind === 'numeric' ? request.claim.reported : null,
      noiseFloor,
    )
  }
  try {
    const joinTimeoutMs = parseSeconds(options.joinTimeout)
    const onProgress: ProgressLine['show'] = (now) => {
      at = { trial: now.trial.id, step: now.step }
      progress.show(now)
    }
    const onLinks = (links: MeasuredLinks): void => {
      on = withLinks(on, links)
      folder.writeCluster(on)
      const unkept = request.claimed && study.launch === 'netns' ? unkeptRate(on.spec) : undefined
      if (unkept !== undefined) unfit.abort(new ReducibleError('links-off', unkept))
    }
    const { replay } = request
    const running = {
      study,
      adapters,
      elsewhere,
      folder,
      joinTimeoutMs,
      gradientSteps,
      deterministic,
      replay,
      ...('measured' in on.cluster.interconnect ? {} : { onLinks }),
      onProgress,
      signal: AbortSignal.any([signal, unfit.signal]),
      finished: new Set(trials.map(({ record }) => record.trial)),
    }
    await runStudy(running, (trial) => {
      trials.push(trial)
      folder.writeJson('comparison.json', compare())
      request.onTrial?.(trial.record)
    })
    const result = await conclude(
      {
        folder,
        cluster: on.cluster,
        spec: on.spec,
        stated: statedOutcome(stated, on.spec),
        trials,
        comparison: compare(),
      },
      progress,
    )
    progress.clear()
    folder.close('done', null)
    return result
  } catch (thrown) {
    progress.clear()
    const error = ReducibleError.from(thrown)
    const { code, message } = error
    folder.close(code === 'interrupted' ? 'interrupted' : 'failed', { code, message, ...at })
    throw failedIn(folder, error)
  }
}

/** @throws {ReducibleError} replay-mismatch: a run is to be finished on another cluster than it was begun on. */
function refuseOtherCluster({ path, cluster }: StoppedRun, here: LocalCluster): void {
  if (isDeepStrictEqual(identityOf(cluster), identityOf(here))) return
  const text = `${path} was begun on another cluster: ${clusterLine(cluster)}`
  throw new ReducibleError('replay-mismatch', text, { remedy: 'finish it where it was begun, or run the study again' })
}

function refuseInjectedClaim(file: string | null): never {
  throw new ReducibleError('invalid-study', `${file ?? 'the claim'} is of a study that disturbs itself (inject)`, {
    remedy: 'run the study without a claim: `reducible run STUDY`',
  })
}

/** @throws {ReducibleError} usage: the study wants workers that this command does not wait for. */
function refuseLaunch({ study, gather }: StudyRequest): void {
  if (study.launch !== 'external' || gather) return
  throw new ReducibleError('usage', 'launch: external means workers that somebody starts', {
    remedy: 'run the study with `reducible coordinator`, or with --launch local',
  })
}

interface AdaptersOfNodes {
  /** Dealt to the nodes in turn; none for a CPU engine. */
  readonly adapters: RunOptions['adapters']
  readonly probes: readonly ProbeRecord[]
}

async function localAdapters({ engine, adapter }: Study, signal: AbortSignal): Promise<AdaptersOfNodes> {
  const adapters = engine === 'gpu' ? await Promise.all([adapter].flat().map(chooseAdapter)) : []
  return { adapters, probes: await Promise.all(adapters.map((chosen) => knownProbe(chosen, signal))) }
}

/** Each chose its own, and knows what its driver needs. */
export function gatheredAdapters({ probes }: ExternalWorkers): AdaptersOfNodes {
  return { adapters: probes.map(({ adapter }) => ({ adapter, environment: {} })), probes }
}

/** @throws {ReducibleError} another-cluster. */
function refuseAnotherCluster({ file, spec }: ClaimedCluster, study: Study, found: ClusterSpec): void {
  const differences = differencesFor(study, spec, found)
  if (differences.length === 0) return
  const paths = differences.map(({ path, a, b }) => `${path} (${a} → ${b})`).join(', ')
  throw new ReducibleError('another-cluster', `the claim was made on another cluster, ${file}: ${paths}`)
}

/** The network that a study wants between nodes of this machine. @throws {ReducibleError} usage, no-network. */
async function namespacesFor(
  { launch, arms }: Study,
  stated: StatedCluster | null,
): Promise<WorkersElsewhere | undefined> {
  if (launch !== 'netns') return undefined
  const links = stated === null ? {} : statedLinksOf(stated.spec)
  enterOwnNetwork(links)
  return openNetwork(Math.max(...arms.map(({ nodes }) => nodes)), links)
}

/** The measured floor of arms that add in one arithmetic. */
function noiseFloorOf(study: Study, out: string): FoundNoiseFloor | null {
  const [first, ...others] = new Set(study.arms.map(({ arithmetic }) => arithmetic))
  return others.length > 0 ? null : findNoiseFloor(out, trainingDigest(study, first))
}

/** The error with the folder that keeps what was finished. */
export function failedIn({ path }: RunFolder, error: ReducibleError): ReducibleError {
  const { code, message, cause, rank, node, step } = error
  const where = {
    ...(rank !== undefined && { rank }),
    ...(node !== undefined && { node }),
    ...(step !== undefined && { step }),
  }
  const remedy = `${error.remedy} (run folder: ${path})`
  return new ReducibleError(code, message, { remedy, cause, details: { run: path }, ...where })
}

/** The study as it ran, for error messages and tables: `linear, 200 steps`. */
export function studyLine(study: Study): string {
  const { workload, training, engine, inject = [] } = study
  const batch = training.batch === 'full' ? 'full batch' : `batch ${training.batch}`
  const pace = pacedStamp(study)
  const stamp =
    (engine === 'cpu' ? ', engine: CPU twin, no GPU' : '') + (pace ? `; ${pace}` : '') + injectedText(inject)
  return `${workload.name}, ${training.steps} steps, ${batch}, learning rate ${training.learningRate}${stamp}`
}

function injectedText(inject: NonNullable<Study['inject']>): string {
  return inject.length === 0 ? '' : `; DISTURBED by the study itself: ${inject.map(({ source }) => source).join(', ')}`
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0))
    throw new ReducibleError('usage', `--join-timeout must be a number of seconds above 0 (got ${text})`)
  return seconds * 1000
}

/** `1-5,20` as steps. @throws {ReducibleError} usage: none, or past the last step. */
function parseSteps(text: string | undefined, last: number): number[] {
  if (text === undefined) return []
  return text.split(',').flatMap((item) => {
    const range = /^(\d+)(?:-(\d+))?$/.exec(item.trim())
    const [first, end] = range ? [Number(range[1]), Number(range[2] ?? range[1])] : [0, 0]
    if (first < 1 || end < first || end > last) {
      throw new ReducibleError('usage', `--record-gradients wants steps from 1 to ${last}, like 1-5,20 (got '${item}')`)
    }
    return Array.from({ length: end - first + 1 }, (_, i) => first + i)
  })
}

import { readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { namespaceFabric } from '../../cluster/launch/netns/plan.ts'
import { sha256OfJson } from '../core/canonical-json.ts'
import { ReducibleError } from '../core/errors.ts'
import { clusterDifferences, type InputDifference, type RecordedInputs } from '../evidence/input-differences.ts'
import { openReplayTree, type ReplayTree, runInTree } from '../evidence/replay.ts'
import { type Level, reaches } from '../evidence/replay-level.ts'
import { chooseAdapter } from '../gradient/gpu/adapters.ts'
import { knownProbe } from '../gradient/gpu/probe.ts'
import type { ProbeRecord } from '../gradient/gpu/probe-record.ts'
import { checkChecksums } from '../record/checksums.ts'
import { loadStatedCluster, type StatedCluster, statedLinksOf } from '../record/cluster-spec/load.ts'
import type { ClusterSpec } from '../record/cluster-spec/schema.ts'
import type { EnvironmentRecord } from '../record/environment.ts'
import { prettyJson, readJson } from '../record/files.ts'
import type { LocalCluster } from '../record/host.ts'
import { readManifest } from '../record/manifest.ts'
import { addToEndedRun, STATED_FILE } from '../record/run-folder.ts'
import { check } from '../study/load.ts'
import { type Claim, claimSchema, type Study } from '../study/schema.ts'
import type { CommonOptions } from './command.ts'
import { type FinishedRun, readFinishedRun } from './finished-run.ts'
import { ProgressLine } from './progress.ts'
import { clusterOfRun, localCluster } from './run-cluster.ts'

export interface ReplayOptions extends CommonOptions {
  readonly explain?: boolean
  readonly level?: string
  readonly operator?: string
  readonly fresh?: boolean
  readonly perturb?: string
  readonly swap?: string
  readonly from?: string
  /** A curve is measured again on a cluster that is not its own. */
  readonly onAnotherCluster?: boolean
  readonly out: string
}

/** One step of the recipe as it was taken. */
export interface ReplayStep {
  readonly step: string
  readonly why: string
  readonly evidence: string
}

/** A recorded run that may be replayed. */
export interface ReplayableRun extends FinishedRun, RecordedInputs {
  readonly run: string
  readonly claim: Claim | null
  /** Of a dirty tree. */
  readonly diff: string | null
}

/** What is to be run in the tree. */
interface RunAgain {
  readonly study: Study
  readonly name: string
  readonly forceOrders: boolean
  /** Without a claim: what measures it (default: run). */
  readonly command?: 'run' | 'scale'
}

/** The recipe as it goes: what was checked and done so far. */
export class ReplaySession {
  readonly options: ReplayOptions
  readonly signal: AbortSignal
  readonly steps: ReplayStep[] = []
  /** Folders of the runs it made. */
  readonly runs: string[] = []
  readonly #progress = new ProgressLine()

  constructor(options: ReplayOptions, signal: AbortSignal) {
    this.options = options
    this.signal = signal
  }

  /**
   * Reads a run and refuses one that cannot be replayed.
   * @throws {ReducibleError} invalid-run: edited, unfinished, foreign or newer; not-clean: recorded dirty or unknown.
   */
  open(run: string): ReplayableRun {
    const { status, failure } = readManifest(run)
    if (status !== 'done') {
      const text = status === 'running' ? `${run} is still running` : `${run} ${status}: ${failure?.message}`
      const remedy = status === 'running' ? 'wait for it to end' : 'name a run that ended'
      throw new ReducibleError('invalid-run', text, { remedy })
    }
    const files = checkChecksums(run)
    const finished = readFinishedRun(run)
    this.#did('record', `${files} files of ${finished.manifest.runId} are as SHA256SUMS has them`)
    const environment = readJson(join(run, 'environment.json')) as EnvironmentRecord
    if (finished.manifest.kind === 'performance') {
      throw new ReducibleError('usage', `${run} judges a speed, and a replay compares answers`, {
        remedy: 'judge its claim again with `reducible reproduce`',
      })
    }
    const claim = finished.manifest.claim === null ? null : readClaim(join(run, 'claim.yaml'))
    const { code } = finished.manifest
    const diff = code.diffSha256 === null ? null : readFileSync(join(run, 'diff.patch'), 'utf8')
    const recorded: ReplayableRun = { ...finished, run, environment, claim, diff }
    this.#checkCode(recorded)
    this.#checkConfiguration(recorded)
    return recorded
  }

  /** The tree that the run was made from. */
  async openTree({ manifest, diff }: ReplayableRun): Promise<ReplayTree> {
    const { fresh = false } = this.options
    const tree = await openReplayTree(manifest, { diff, fresh }, (text) => this.#progress.note(text), this.signal)
    const same = tree.sourceDigest === manifest.code.sourceDigest
    const found = same ? 'the source digest is the recorded one' : 'the source digest is NOT the recorded one'
    this.#did('tree', `${tree.evidence}; ${found}`)
    return tree
  }

  /** How this machine differs from the stated cluster. */
  async compareCluster(recorded: ReplayableRun): Promise<{ now: LocalCluster; differences: InputDifference[] }> {
    const now = await this.#clusterHere(recorded)
    const differences = clusterDifferences(recorded.cluster, now)
    const paths = differences.map(({ path }) => path).join(', ')
    this.#did('cluster', paths === '' ? 'this is the stated cluster' : `not the stated cluster: ${paths}`)
    return { now, differences }
  }

  /** A network that the study makes for itself is made here too. */
  async #clusterHere(recorded: ReplayableRun): Promise<LocalCluster> {
    const { arms, launch } = recorded.study
    const stated = statedOf(recorded)
    const nodeCount = Math.max(...arms.map(({ nodes }) => nodes))
    const fabric = launch === 'netns' && namespaceFabric(nodeCount, stated === null ? {} : statedLinksOf(stated.spec))
    return localCluster(arms, await this.#probesHere(recorded.study), fabric ? { fabric } : undefined)
  }

  /** Every node that the study would have on this machine. */
  async specHere(recorded: ReplayableRun): Promise<ClusterSpec> {
    const { study } = recorded
    return (await clusterOfRun(study.arms, await this.#probesHere(study), statedOf(recorded))).spec
  }

  /** Runs a study as the recorded run was run. @param study the recorded one, or another. */
  async run(
    tree: ReplayTree,
    { manifest, claim, run }: ReplayableRun,
    { study, name, forceOrders, command = 'run' }: RunAgain,
  ): Promise<ReplayableRun> {
    const { operator, out } = this.options
    const ordersOf = forceOrders ? run : null
    const { deterministic } = manifest.determinism
    const stated = study.cluster === 'captured' ? study : { ...study, cluster: resolve(run, STATED_FILE) }
    const request = {
      command,
      name,
      study: stated,
      claim,
      quick: manifest.quick,
      deterministic,
      ordersOf,
      operator,
      out,
    }
    this.#progress.note(`running ${name} in ${tree.made === 'current' ? 'the current tree' : 'the worktree'}`)
    const folder = await runInTree(tree, request, this.signal)
    this.runs.push(folder)
    const finished = readFinishedRun(folder)
    const environment = readJson(join(folder, 'environment.json')) as EnvironmentRecord
    const trials = finished.comparison.arms.flatMap((arm) => arm.trials).length
    const forced = forceOrders ? ', in the recorded orders' : ''
    this.#did('run', `${trials} trials${forced}: ${finished.manifest.runId}`)
    return { ...finished, run: folder, environment, claim, diff: null }
  }

  /** Writes what was found into every run that was made for it. The recorded runs stay as they are. */
  keep(verdict: object): void {
    for (const folder of this.runs) addToEndedRun(folder, 'replay-verdict.json', prettyJson(verdict))
  }

  /** Puts a figure into every run that was made for it. */
  draw(svg: string): void {
    for (const folder of this.runs) addToEndedRun(folder, 'figures/replay.svg', svg)
  }

  /** Notes a step whose work was done elsewhere. */
  noted(step: StepName, evidence: string): void {
    this.#did(step, evidence)
  }

  async #probesHere({ engine, adapter }: Study): Promise<ProbeRecord[]> {
    const adapters = engine === 'gpu' ? await Promise.all([adapter].flat().map(chooseAdapter)) : []
    return await Promise.all(adapters.map((chosen) => knownProbe(chosen, this.signal)))
  }

  #checkCode({ run, manifest: { code } }: ReplayableRun): void {
    const { level } = this.options
    if (code.state !== 'clean' && (level === undefined || level === 'numerical')) {
      const why = code.reason === null ? '' : ` (${code.reason})`
      throw new ReducibleError(
        'not-clean',
        `the tree of ${run} was recorded ${code.state}${why}: nobody can have its code`,
        {
          remedy: 'run the study again from a clean clone, or lower the claim with --level statistical',
        },
      )
    }
    const commit = code.commit?.slice(0, 7) ?? 'no commit'
    this.#did(
      'code',
      `recorded ${code.state} at ${commit}${code.state === 'clean' ? '' : '; the level is lowered instead'}`,
    )
  }

  #checkConfiguration({ run, manifest, study, claim, cluster }: ReplayableRun): void {
    const files: readonly (readonly [string, object | null, string | undefined])[] = [
      ['study.yaml', study, manifest.study.sha256],
      ['claim.yaml', claim, manifest.claim?.sha256],
      ['cluster.yaml', cluster, manifest.cluster.sha256],
    ]
    const known = files.filter(([, value]) => value !== null)
    for (const [file, value, want] of known) {
      if (value !== null && sha256OfJson(value) === want) continue
      throw new ReducibleError('invalid-run', `${join(run, file)} is not what the digest in manifest.json is of`, {
        remedy: 'restore the folder from the original run',
      })
    }
    this.#did('configuration', `${known.map(([file]) => file).join(', ')} have the digests of manifest.json`)
  }

  #did(step: StepName, evidence: string): void {
    this.steps.push({ step, why: WHY[step], evidence })
  }
}

type StepName = keyof typeof WHY

const WHY = {
  record: 'a folder that was edited is evidence of nothing',
  code: 'a dirty tree is no commit: what was in it is gone',
  configuration: 'what runs again is the study as it was resolved, with every default, override and quick block in it',
  tree: 'the same sources and packages, in a place where nothing else is',
  cluster: 'equal machines are expected to give equal bits, others only where the bits are specified',
  run: "the tree's own code runs the recorded study, under its own Node",
  speed: 'a speed is one of its cluster: on another one it is another question',
  inputs: 'what the new run depended on, held against the record field by field',
  compare: 'weights by digest, then the metric by its prediction interval, then the conclusion',
  curve: 'each point by the speedups of its trials, adjusted for how many points there are; answers apart from speed',
} as const

/** The name under which a run's study was run. */
export function studyNameOf({ manifest }: Pick<FinishedRun, 'manifest'>): string {
  return basename(dirname(manifest.runId))
}

/**
 * The level that is asked for.
 * @throws {ReducibleError} usage: no such level, or one above the claimed one.
 */
export function claimedLevel({ level }: ReplayOptions, { manifest, run }: ReplayableRun): Level | null {
  if (level === undefined) return manifest.level
  const levels = claimSchema.shape.level.options
  const asked = levels.find((one) => one === level)
  if (asked === undefined)
    throw new ReducibleError('usage', `--level must be one of ${levels.join(', ')} (got ${level})`)
  if (manifest.level !== null && !reaches(manifest.level, asked)) {
    throw new ReducibleError('usage', `${run} claims the level ${manifest.level}, and --level ${asked} is above it`)
  }
  return asked
}

function statedOf({ run, study }: Pick<ReplayableRun, 'run' | 'study'>): StatedCluster | null {
  return study.cluster === 'captured' ? null : loadStatedCluster(join(run, STATED_FILE))
}

function readClaim(file: string): Claim {
  return check(parse(readFileSync(file, 'utf8')), claimSchema, () => file)
}

import { createHash, type Hash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { stringify } from 'yaml'
import { messageOf, ReducibleError } from '../core/errors.ts'
import type { Arm, Study } from '../study/schema.ts'
import { addChecksum, checksums } from './checksums.ts'
import type { ClusterSpec } from './cluster-spec/schema.ts'
import { specText } from './cluster-spec/text.ts'
import { type CodeState, codeState } from './code-state.ts'
import { closingManifest, openingManifest, type RunPlan } from './compose-manifest.ts'
import { captureEnvironment } from './environment.ts'
import { makeFolders, prettyJson, writeAtomically } from './files.ts'
import type { LocalCluster } from './host.ts'
import { type RunFailure, thisOwner, writeManifest } from './manifest.ts'
import type { Manifest } from './manifest-schema.ts'
import { writeNpy } from './npy.ts'
import { runReadme } from './run-readme.ts'
import { samplesOf } from './sample.ts'
import type { StoppedRun } from './stopped-run.ts'
import type { StepRecord, TrialRecord } from './trial-record.ts'

/** Every node as it was found. */
export const SPEC_FILE = 'cluster-spec.yaml'
/** The spec that a study named, as its run keeps it: what study.yaml names there. */
export const STATED_FILE = 'cluster-stated.yaml'
/** The spec of the cluster that a claim of speed was made on. */
export const CLAIMED_FILE = 'cluster-claimed.yaml'

/**
 * The folder of one run, written as the run goes: a step is appended when every rank has reported it, and what is
 * rewritten is replaced atomically. Two runs never share a folder.
 */
export class RunFolder {
  readonly path: string
  readonly #runs: string
  readonly #trials: TrialRecord[] = []
  /** Of the order certificates of a trial, in turn. */
  readonly #orders = new Map<string, Hash>()
  #cluster: LocalCluster
  #spec: ClusterSpec
  #manifest: Manifest

  /** @throws {ReducibleError} unwritable. */
  static create(plan: RunPlan): RunFolder {
    const { study, claim, cluster, stated } = plan
    const runs = join(resolve(plan.parent), 'runs')
    const code = codeState()
    const path = makeUniqueFolder(join(runs, studyName(plan.studyFile)), code)
    const manifest = openingManifest(plan, relative(runs, path), code)
    const folder = new RunFolder(path, runs, manifest, plan)
    for (const inside of ['workers', 'weights', 'orders']) mkdirSync(join(path, inside))
    writeManifest(path, manifest)
    writeFileSync(join(path, 'study.yaml'), stringify(study))
    if (claim) writeFileSync(join(path, 'claim.yaml'), stringify(claim))
    if (code.diff !== null) writeFileSync(join(path, 'diff.patch'), code.diff)
    const environment = captureEnvironment({
      commit: code.commit,
      worldSize: worldSizeOf(study),
      gpu: cluster.accelerator,
      lockfileSha256: manifest.environment.lockfile.sha256,
      container: manifest.environment.container,
    })
    writeFileSync(join(path, 'environment.json'), prettyJson(environment))
    folder.writeCluster(plan)
    if (stated) writeFileSync(join(path, STATED_FILE), stated.text)
    if (plan.claimed) writeFileSync(join(path, CLAIMED_FILE), plan.claimed.text)
    writeFileSync(join(path, 'steps.jsonl'), '')
    writeFileSync(join(path, 'samples.jsonl'), '')
    return folder
  }

  /** Opens the folder of a run that was stopped, for the trials that it has not finished; what there is of others goes. */
  static reopen({ path, manifest, cluster, spec, trials, steps }: StoppedRun): RunFolder {
    const { failure: _, endedAt: __, wallSeconds: ___, resumedAt = [], ...rest } = manifest
    const again = [...resumedAt, new Date().toISOString()]
    const running = {
      ...rest,
      status: 'running',
      owner: thisOwner(),
      endedAt: null,
      wallSeconds: null,
      failure: null,
    } as const
    const folder = new RunFolder(path, dirname(dirname(path)), { ...running, resumedAt: again }, { cluster, spec })
    const finished = new Set(trials.map(({ trial }) => trial))
    for (const name of ['steps.jsonl', 'samples.jsonl']) keepLinesOf(join(path, name), finished)
    for (const record of trials) {
      for (const { orderCertificates } of steps.get(record.trial) ?? [])
        folder.#noteOrders(record.trial, orderCertificates)
      folder.#noteTrial(record)
    }
    writeManifest(path, folder.manifest)
    return folder
  }

  private constructor(path: string, runs: string, manifest: Manifest, on: Pick<RunPlan, 'cluster' | 'spec'>) {
    this.path = path
    this.#runs = runs
    this.#manifest = manifest
    this.#cluster = on.cluster
    this.#spec = on.spec
  }

  get manifest(): Manifest {
    return this.#manifest
  }

  /** Says what the run is made on: before its first trial, and again when it has measured its links. */
  writeCluster({ cluster, spec }: Pick<RunPlan, 'cluster' | 'spec'>): void {
    this.#cluster = cluster
    this.#spec = spec
    writeAtomically(join(this.path, 'cluster.yaml'), stringify(cluster))
    writeAtomically(join(this.path, SPEC_FILE), specText(spec))
    this.#writeReadme()
  }

  workerLog(rank: number): string {
    return join(this.path, 'workers', `node-${rank}.log`)
  }

  /** Keeps the script by which a scheduler started the run. */
  writeJobScript(script: string): void {
    writeFileSync(join(this.path, 'job.sh'), script)
  }

  appendStep(step: StepRecord): void {
    appendFileSync(join(this.path, 'steps.jsonl'), `${JSON.stringify(step)}\n`)
    this.#noteOrders(step.trial, step.orderCertificates)
  }

  /** Keeps what a trial came to: a line of samples.jsonl a number, and what the manifest says of its data and orders. */
  addTrial(study: Study, arm: Arm, trial: TrialRecord): void {
    this.#noteTrial(trial)
    const lines = samplesOf(study, arm, trial).map((sample) => `${JSON.stringify(sample)}\n`)
    appendFileSync(join(this.path, 'samples.jsonl'), lines.join(''))
  }

  /** Keeps an order under its certificate; the same order is written once. */
  writeOrder(certificate: string, order: string): void {
    writeFileSync(join(this.path, 'orders', `${certificate}.txt`), `${order}\n`)
  }

  /** Keeps when the contributions of a step were added, by bucket; their order is the order recorded for it. */
  appendArrivals(line: { trial: string; step: number; addedNs: readonly (readonly number[])[] }): void {
    appendFileSync(join(this.path, 'orders', 'arrivals.jsonl'), `${JSON.stringify(line)}\n`)
  }

  /** Keeps the weights a step made: f32 little-endian. */
  writeWeights(trial: string, step: number, weights: Float32Array): void {
    const folder = join(this.path, 'weights', trial)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `step-${String(step).padStart(6, '0')}.f32`), new Uint8Array(weights.slice().buffer))
  }

  /** Keeps a gradient of a step: of `rank-R`, its leaves one after the other, or the `reduced` one. */
  writeGradient(trial: string, step: number, name: string, values: Float32Array): void {
    const folder = gradientFolder(this.path, trial, step)
    mkdirSync(folder, { recursive: true })
    writeNpy(join(folder, `${name}.npy`), values)
  }

  /** Keeps a contribution that was made or read outside the run. @returns its file. */
  writeInput(set: string, rank: number, values: Float32Array): string {
    const folder = join(this.path, 'inputs', set.replace(/[^\w.-]+/g, '-'))
    mkdirSync(folder, { recursive: true })
    const file = join(folder, `rank-${rank}.npy`)
    writeNpy(file, values)
    return file
  }

  /** Keeps one all-reduce of a study of spread. */
  appendReduction(line: object): void {
    appendFileSync(join(this.path, 'reductions.jsonl'), `${JSON.stringify(line)}\n`)
  }

  /** @returns its file. */
  writeFigure(name: string, svg: string): string {
    mkdirSync(join(this.path, 'figures'), { recursive: true })
    const file = join(this.path, 'figures', `${name}.svg`)
    writeFileSync(file, svg)
    return file
  }

  writeText(name: 'scaling.csv', text: string): void {
    writeAtomically(join(this.path, name), text)
  }

  writeJson(name: JsonFile, value: unknown): void {
    writeAtomically(join(this.path, name), prettyJson(value))
  }

  /** Ends the run: status, checksums of every file, and `runs/latest` where the run was not cut short. */
  close(status: 'done' | 'failed' | 'interrupted', failure: RunFailure | null): void {
    const ended = new Date()
    const wallSeconds = (ended.getTime() - Date.parse(this.#manifest.startedAt)) / 1000
    const orders = [...this.#orders].map(([trial, hash]) => ({ trial, sha256: hash.digest('hex') }))
    const whole =
      status === 'done'
        ? closingManifest(this.#manifest, this.#cluster, this.#spec, this.#trials, orders)
        : this.#manifest
    this.#manifest = { ...whole, status, endedAt: ended.toISOString(), wallSeconds, failure }
    writeManifest(this.path, this.#manifest)
    this.#writeReadme()
    writeAtomically(join(this.path, 'SHA256SUMS'), checksums(this.path))
    if (status === 'done') this.#pointLatestHere()
  }

  #noteTrial(trial: TrialRecord): void {
    this.#trials.push(trial)
    this.#noteOrders(trial.trial, trial.evaluationOrder === null ? [] : [trial.evaluationOrder])
  }

  #noteOrders(trial: string, certificates: readonly string[]): void {
    const hash = this.#orders.get(trial) ?? createHash('sha256')
    this.#orders.set(trial, hash)
    for (const certificate of certificates) hash.update(`${certificate}\n`)
  }

  #writeReadme(): void {
    writeAtomically(join(this.path, 'README.md'), runReadme(this.#manifest, this.#cluster))
  }

  #pointLatestHere(): void {
    const link = join(this.#runs, 'latest')
    const part = `${link}.${process.pid}`
    rmSync(part, { force: true })
    symlinkSync(relative(this.#runs, this.path), part)
    renameSync(part, link)
  }
}

/** Keeps the lines of these trials. */
function keepLinesOf(file: string, trials: ReadonlySet<string>): void {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  const kept = lines.filter((line) => trials.has((JSON.parse(line) as { trial: string }).trial))
  writeAtomically(file, kept.map((line) => `${line}\n`).join(''))
}

/** Ranks of the largest arm, or of the largest all-reduce. */
export function worldSizeOf(study: RunPlan['study']): number {
  if ('seeds' in study) return Math.max(...study.arms.map(({ nodes, ranksPerNode }) => nodes * ranksPerNode))
  return Math.max(1, study.orders?.nodes ?? 1, ...(study.ranks ?? []))
}

type JsonFile =
  | 'comparison.json'
  | 'verdict.json'
  | 'axes.json'
  | 'envelopes.json'
  | 'noise-floor.json'
  | 'scaling.json'
  | 'trace.json'

/** Adds what was found of a run after it had ended, with its checksum; what stands in the folder stays as it is. */
export function addToEndedRun(run: string, name: 'replay-verdict.json' | 'figures/replay.svg', text: string): void {
  writeAtomically(join(run, name), text)
  addChecksum(run, name)
}

/** Where a run keeps the gradients of a step. */
export function gradientFolder(run: string, trial: string, step: number): string {
  return join(run, 'gradients', trial, `step-${String(step).padStart(6, '0')}`)
}

/** `capstone-41.8` of `configs/capstone-41.8.yaml`. */
function studyName(studyFile: string): string {
  return basename(studyFile).replace(/\.ya?ml$/, '')
}

/** `<parent>/<utc>-<commit7 or nogit>-<n>`, made by this call. @throws {ReducibleError} unwritable. */
export function makeUniqueFolder(parent: string, { commit }: Pick<CodeState, 'commit'>): string {
  try {
    return makeNewFolder(parent, commit)
  } catch (thrown) {
    throw new ReducibleError('unwritable', `cannot make a folder under ${parent}: ${messageOf(thrown)}`, {
      cause: thrown,
    })
  }
}

function makeNewFolder(parent: string, commit: string | null): string {
  makeFolders(parent)
  const utc = new Date().toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z')
  for (let attempt = 1; ; attempt++) {
    const path = join(parent, `${utc}-${commit?.slice(0, 7) ?? 'nogit'}-${attempt}`)
    try {
      mkdirSync(path)
      return path
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    }
  }
}

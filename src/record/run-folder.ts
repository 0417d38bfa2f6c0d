import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { stringify } from 'yaml'
import { sha256 } from '../core/digest.ts'
import { messageOf, ReducibleError } from '../core/errors.ts'
import type { Study } from '../study/schema.ts'
import type { SpreadStudy } from '../study/spread-schema.ts'
import { type CodeState, codeState } from './code-state.ts'
import { makeFolders, prettyJson, writeAtomically } from './files.ts'
import { clusterLine, type LocalCluster, packageVersions } from './host.ts'
import { type Manifest, type RunFailure, thisOwner, writeManifest } from './manifest.ts'
import { writeNpy } from './npy.ts'
import { codeDigests } from './source-digest.ts'
import type { StepRecord } from './trial-record.ts'

/** What is known of a run before its first trial. */
export interface RunPlan {
  readonly study: Study | SpreadStudy
  readonly studyFile: string
  readonly claimFile: string | null
  readonly quick: boolean
  readonly overrides: Readonly<Record<string, string>>
  readonly cluster: LocalCluster
  /** Where `runs/` is made. */
  readonly parent: string
}

/**
 * The folder of one run, written as the run goes: a step is appended when every rank has reported it, and what is
 * rewritten is replaced atomically. Two runs never share a folder.
 */
export class RunFolder {
  readonly path: string
  readonly #runs: string
  #manifest: Manifest

  /** @throws {ReducibleError} unwritable. */
  static create(plan: RunPlan): RunFolder {
    const runs = join(resolve(plan.parent), 'runs')
    const code = codeState()
    return new RunFolder(plan, runs, makeUniqueFolder(join(runs, studyName(plan.studyFile)), code), code)
  }

  private constructor(plan: RunPlan, runs: string, path: string, code: CodeState) {
    const { study, studyFile, claimFile, quick, overrides, cluster } = plan
    this.path = path
    this.#runs = runs
    this.#manifest = {
      schemaVersion: 1,
      runId: relative(runs, path),
      status: 'running',
      owner: thisOwner(),
      startedAt: new Date().toISOString(),
      endedAt: null,
      command: process.argv.slice(2),
      studyFile,
      claimFile,
      quick,
      overrides,
      simulated: false,
      code: { ...code, ...codeDigests() },
      failure: null,
    }
    mkdirSync(join(path, 'workers'))
    mkdirSync(join(path, 'weights'))
    mkdirSync(join(path, 'orders'))
    writeManifest(path, this.#manifest)
    writeFileSync(join(path, 'study.yaml'), stringify(study))
    const versions = { node: process.versions.node, v8: process.versions.v8, ...packageVersions() }
    writeFileSync(join(path, 'environment.json'), prettyJson({ git_commit: code.commit, versions, host: cluster.host }))
    this.writeCluster(cluster)
    writeFileSync(join(path, 'steps.jsonl'), '')
  }

  get manifest(): Manifest {
    return this.#manifest
  }

  /** Says what the run is made on: before its first trial, and again when it has measured its links. */
  writeCluster(cluster: LocalCluster): void {
    writeAtomically(join(this.path, 'cluster.yaml'), stringify(cluster))
    writeAtomically(join(this.path, 'README.md'), readme(this.#manifest, cluster))
  }

  workerLog(rank: number): string {
    return join(this.path, 'workers', `node-${rank}.log`)
  }

  appendStep(step: StepRecord): void {
    appendFileSync(join(this.path, 'steps.jsonl'), `${JSON.stringify(step)}\n`)
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

  writeJson(name: JsonFile, value: unknown): void {
    writeAtomically(join(this.path, name), prettyJson(value))
  }

  /** Ends the run: status, checksums of every file, and `runs/latest` where the run was not cut short. */
  close(status: 'done' | 'failed' | 'interrupted', failure: RunFailure | null): void {
    this.#manifest = { ...this.#manifest, status, endedAt: new Date().toISOString(), failure }
    writeManifest(this.path, this.#manifest)
    writeAtomically(join(this.path, 'SHA256SUMS'), checksums(this.path))
    if (status === 'done') this.#pointLatestHere()
  }

  #pointLatestHere(): void {
    const link = join(this.#runs, 'latest')
    const part = `${link}.${process.pid}`
    rmSync(part, { force: true })
    symlinkSync(relative(this.#runs, this.path), part)
    renameSync(part, link)
  }
}

type JsonFile = 'comparison.json' | 'verdict.json' | 'axes.json' | 'envelopes.json' | 'noise-floor.json'

/** Where a run keeps the gradients of a step. */
export function gradientFolder(run: string, trial: string, step: number): string {
  return join(run, 'gradients', trial, `step-${String(step).padStart(6, '0')}`)
}

/** `capstone-41.8` of `configs/capstone-41.8.yaml`. */
function studyName(studyFile: string): string {
  return basename(studyFile).replace(/\.ya?ml$/, '')
}

/** `<parent>/<utc>-<commit7 or nogit>-<n>`, made by this call. @throws {ReducibleError} unwritable. */
export function makeUniqueFolder(parent: string, { commit }: CodeState): string {
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

function checksums(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS')
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  return files
    .sort()
    .map((file) => `${sha256(readFileSync(join(folder, file)))}  ${file}\n`)
    .join('')
}

function shellQuoted(word: string): string {
  return /^[\w./:=,@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function readme(manifest: Manifest, cluster: LocalCluster): string {
  const { code, command, runId } = manifest
  const tree = code.state === 'clean' ? '' : ` (the tree was ${code.state})`
  return `# Run ${dirname(runId)}, ${basename(runId)}

Made at commit ${code.commit ?? 'unknown'}${tree}. Run it again, in a clone at that commit:

    npm ci && npx --no-install reducible ${command.map(shellQuoted).join(' ')}

Cluster: ${clusterLine(cluster)}

manifest.json says what ran and how it ended; steps.jsonl holds every step of every rank; weights/ the weights along the
trajectory (f32, little-endian); orders/ the orders the sums were made in, by certificate; comparison.json the trials; verdict.json the judgement; of a study of spread, reductions.jsonl every all-reduce,
axes.json, envelopes.json and noise-floor.json what was found; SHA256SUMS checks all of it.
`
}

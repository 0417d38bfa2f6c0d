import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { stringify } from 'yaml'
import { sha256OfJson } from '../core/canonical-json.ts'
import { sha256 } from '../core/digest.ts'
import { ReducibleError } from '../core/errors.ts'
import { checksums } from '../record/checksums.ts'
import type { ClusterSpec, Statements } from '../record/cluster-spec/schema.ts'
import { codeState } from '../record/code-state.ts'
import { prettyJson, writeAtomically } from '../record/files.ts'
import { MANIFEST_VERSION } from '../record/manifest-schema.ts'
import { makeUniqueFolder } from '../record/run-folder.ts'
import { samplesOf } from '../record/sample.ts'
import { codeDigests } from '../record/source-digest.ts'
import type { Arm, Study } from '../study/schema.ts'
import type { Conditions } from './conditions.ts'
import type { SimulatedArm } from './simulate-study.ts'
import type { Compute } from './step-work.ts'
import type { SimulatedTrial } from './training.ts'

/** What was simulated, and where. */
export interface SimulationPlan {
  readonly study: Study
  readonly studyFile: string
  readonly spec: ClusterSpec | Statements
  readonly specFile: string
  readonly conditions: Conditions
  readonly compute: Compute
  /** Where `runs/` is made. */
  readonly parent: string
}

/** A prediction, and the SHA-256 of its file: what a real run is held against, written before it. */
export interface WrittenPredictions {
  readonly file: string
  readonly sha256: string
}

/**
 * The folder of a simulation, `runs/simulated/STUDY/…`: the records of a run in the shapes of a run, with a manifest that says
 * `simulated: true`, so that no reader of runs takes them for measured ones.
 */
export class SimulationFolder {
  readonly path: string
  readonly #plan: SimulationPlan
  readonly #startedAt = new Date().toISOString()

  /** @throws {ReducibleError} unwritable. */
  static create(plan: SimulationPlan): SimulationFolder {
    const study = basename(plan.studyFile).replace(/\.ya?ml$/, '')
    return new SimulationFolder(
      plan,
      makeUniqueFolder(join(resolve(plan.parent), 'runs', 'simulated', study), codeState()),
    )
  }

  private constructor(plan: SimulationPlan, path: string) {
    const { study, spec } = plan
    this.path = path
    this.#plan = plan
    mkdirSync(join(path, 'orders'))
    writeFileSync(join(path, 'study.yaml'), stringify(study))
    writeFileSync(join(path, 'cluster.yaml'), stringify({ ...spec, simulated: true }))
    writeFileSync(join(path, 'steps.jsonl'), '')
    writeFileSync(join(path, 'samples.jsonl'), '')
    this.#writeManifest('running')
  }

  addTrial(arm: Arm, { record, steps, orders }: SimulatedTrial): void {
    const linesOf = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')
    appendFileSync(join(this.path, 'steps.jsonl'), linesOf(steps))
    appendFileSync(
      join(this.path, 'samples.jsonl'),
      linesOf(samplesOf({ ...this.#plan.study, engine: 'cpu' }, arm, record)),
    )
    for (const [certificate, order] of orders) {
      writeFileSync(join(this.path, 'orders', `${certificate}.txt`), `${order}\n`)
    }
  }

  /** Ends the folder. Its documents hold no clock and no path of this machine: one seed makes them again, byte for byte. */
  close(arms: readonly SimulatedArm[]): WrittenPredictions {
    const { study, spec, conditions, compute } = this.#plan
    const inputs = {
      schemaVersion: 1,
      simulated: true,
      inputs: {
        sourceDigest: codeDigests().sourceDigest,
        studySha256: sha256OfJson(study),
        specSha256: sha256OfJson(spec),
        conditions,
        compute,
      },
    }
    const predictions = prettyJson({ ...inputs, arms: arms.map(predictionOf) })
    writeAtomically(join(this.path, 'predictions.json'), predictions)
    writeAtomically(join(this.path, 'simulation.json'), prettyJson({ ...inputs, arms }))
    this.#writeManifest('done')
    writeAtomically(join(this.path, 'SHA256SUMS'), checksums(this.path))
    return { file: 'predictions.json', sha256: sha256(predictions) }
  }

  #writeManifest(status: 'running' | 'done'): void {
    const { studyFile, specFile } = this.#plan
    const { commit, state } = codeState()
    const manifest = {
      schemaVersion: MANIFEST_VERSION,
      simulated: true,
      status,
      startedAt: this.#startedAt,
      command: process.argv.slice(2),
      studyFile,
      specFile,
      code: { commit, state, sourceDigest: codeDigests().sourceDigest },
      node: process.versions.node,
    }
    writeAtomically(join(this.path, 'manifest.json'), prettyJson(manifest))
  }

  /** From the current folder. */
  get shortPath(): string {
    return relative('.', this.path)
  }
}

/** @throws {ReducibleError} invalid-run: the folder holds a simulation, where a run is wanted. */
export function refuseSimulation(folder: string): void {
  if (!existsSync(join(folder, 'simulation.json'))) return
  throw new ReducibleError('invalid-run', `${folder} was simulated: nothing in it was measured`, {
    remedy: 'name the folder of a run; a simulation does not stand beside measured ones',
  })
}

function predictionOf({ name, nodes, algorithm, arithmetic, stepNs, allReduceNs, trials }: SimulatedArm): object {
  return {
    arm: name,
    nodes,
    algorithm,
    arithmetic,
    stepNs,
    allReduceNs,
    trials: trials.map(({ trial, loss, accuracy, weightsSha256, evaluationOrder }) => ({
      trial,
      loss,
      accuracy,
      weightsSha256,
      evaluationOrder,
    })),
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { messageOf, ReducibleError } from '../core/errors.ts'
import { orderCertificate } from '../reduce/order.ts'
import { type Study, studySchema } from '../study/schema.ts'
import { readJson } from './files.ts'
import type { LocalCluster } from './host.ts'
import { readManifest } from './manifest.ts'
import type { Manifest } from './manifest-schema.ts'
import { readNpy } from './npy.ts'
import { gradientFolder } from './run-folder.ts'
import type { StepRecord, TrialRecord } from './trial-record.ts'

/** The packed orders that the sums of one trial were made in. */
export interface TrialOrders {
  /** By step from the first, then bucket. */
  readonly steps: readonly (readonly string[])[]
  readonly evaluation: string
}

/** What a finished run recorded, for those who make it again or hold it against another. */
export interface RecordedRun {
  readonly run: string
  readonly manifest: Manifest
  readonly study: Study
  readonly trials: readonly TrialRecord[]
  /** What computed: null where a CPU did. */
  readonly accelerator: { readonly name: string; readonly driver: string } | null
  stepsOf(trial: string): readonly StepRecord[]
  /** A recorded gradient of a step: of `rank-R`, or the `reduced` one; undefined where it was not recorded. */
  gradientOf(trial: string, step: number, name: string): Float32Array | undefined
  /** @throws {ReducibleError} invalid-run: an order that is missing, or another than its certificate says. */
  ordersOf(trial: { readonly id: string }): TrialOrders
}

/** Reads the folder of a run that ended. @throws {ReducibleError} invalid-run. */
export function readRecordedRun(run: string): RecordedRun {
  const manifest = readManifest(run)
  if (manifest.status !== 'done') {
    throw new ReducibleError('invalid-run', `${run} is ${manifest.status}: its record is not whole`, {
      remedy: 'name a run that ended',
    })
  }
  const trials = readTrials(run)
  const byTrial = readSteps(run)
  const texts = new Map<string, string>()
  const orderOf = (certificate: string): string => {
    const known = texts.get(certificate) ?? readOrder(run, certificate)
    texts.set(certificate, known)
    return known
  }
  return {
    run,
    manifest,
    study: readStudy(run),
    trials,
    accelerator: (parse(readText(join(run, 'cluster.yaml'))) as LocalCluster).accelerator,
    stepsOf: (trial) => byTrial.get(trial) ?? [],
    gradientOf(trial, step, name) {
      const file = join(gradientFolder(run, trial, step), `${name}.npy`)
      return existsSync(file) ? Float32Array.from(readNpy(file).values) : undefined
    },
    ordersOf({ id }) {
      const record = trials.find(({ trial }) => trial === id)
      if (record === undefined || record.evaluationOrder === null) {
        throw new ReducibleError('invalid-run', `${run} has no finished trial ${id}`, {
          remedy: 'replay the study with the arms and seeds of that run',
        })
      }
      const recorded = byTrial.get(id) ?? []
      return {
        steps: recorded.map(({ orderCertificates }) => orderCertificates.map(orderOf)),
        evaluation: orderOf(record.evaluationOrder),
      }
    },
  }
}

function readTrials(run: string): TrialRecord[] {
  const file = join(run, 'comparison.json')
  const { arms } = (readJson(file) ?? {}) as { arms?: { trials: TrialRecord[] }[] }
  if (Array.isArray(arms)) return arms.flatMap((arm) => arm.trials)
  throw new ReducibleError('invalid-run', `${file} has no arms`, { remedy: 'restore the file from the original run' })
}

function readStudy(run: string): Study {
  const file = join(run, 'study.yaml')
  const study = studySchema.safeParse(parse(readText(file)))
  if (study.success) return study.data
  const [{ path, message }] = study.error.issues
  const text = `${file}: ${path.join('.') || 'the file'}: ${message}`
  throw new ReducibleError('invalid-run', text, { remedy: 'restore the file from the original run' })
}

/** The steps that a run recorded, by trial. @throws {ReducibleError} invalid-run. */
export function readSteps(run: string): Map<string, StepRecord[]> {
  const file = join(run, 'steps.jsonl')
  const lines = readText(file).trimEnd().split('\n')
  const stepIn = (line: string, index: number): StepRecord => {
    try {
      return JSON.parse(line) as StepRecord
    } catch (thrown) {
      throw new ReducibleError('invalid-run', `${file}:${index + 1} is no step: ${messageOf(thrown)}`, {
        cause: thrown,
        remedy: 'restore the file from the original run',
      })
    }
  }
  return Map.groupBy(lines.map(stepIn), ({ trial }) => trial)
}

function readOrder(run: string, certificate: string): string {
  const file = join(run, 'orders', `${certificate}.txt`)
  const order = readText(file).trimEnd()
  const found = orderCertificate(order)
  if (found === certificate) return order
  throw new ReducibleError('invalid-run', `${file} was changed: its order has the certificate ${found.slice(0, 12)}`, {
    remedy: 'restore the file from the original run',
  })
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new ReducibleError('invalid-run', `cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown })
  }
}

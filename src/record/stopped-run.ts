import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { ReducibleError } from '../core/errors.ts'
import { type Study, studySchema } from '../study/schema.ts'
import type { ClusterSpec } from './cluster-spec/schema.ts'
import { readJson } from './files.ts'
import type { LocalCluster } from './host.ts'
import { readManifest } from './manifest.ts'
import type { Manifest } from './manifest-schema.ts'
import { SPEC_FILE, STATED_FILE } from './run-folder.ts'
import { codeDigests } from './source-digest.ts'
import type { StepRecord, TrialRecord } from './trial-record.ts'

/** A run that was stopped before its last trial, and what it had finished by then. */
export interface StoppedRun {
  readonly path: string
  readonly manifest: Manifest
  readonly study: Study
  readonly cluster: LocalCluster
  readonly spec: ClusterSpec
  /** Those that ended. */
  readonly trials: readonly TrialRecord[]
  /** Of those. */
  readonly steps: ReadonlyMap<string, readonly StepRecord[]>
}

/**
 * Reads a run that may be picked up again.
 * @throws {ReducibleError} invalid-run: it ended, or still runs; replay-mismatch: it was made by other sources.
 */
export function readStoppedRun(folder: string): StoppedRun {
  const path = resolve(folder)
  const manifest = readManifest(path)
  const { status, code } = manifest
  if (status === 'done' || status === 'running') {
    const text = status === 'done' ? `${folder} ran to its end` : `${folder} is still running`
    throw new ReducibleError('invalid-run', text, { remedy: 'name a run that was stopped' })
  }
  if (code.sourceDigest !== codeDigests().sourceDigest) {
    throw new ReducibleError(
      'replay-mismatch',
      `${folder} was made by other sources: its trials and new ones are not alike`,
      {
        remedy: `resume it in the tree of commit ${code.commit ?? 'unknown'}, or run the study again`,
      },
    )
  }
  const file = join(path, 'comparison.json')
  const { arms } = (existsSync(file) ? readJson(file) : { arms: [] }) as { arms: { trials: TrialRecord[] }[] }
  const trials = arms.flatMap((arm) => arm.trials)
  const finished = new Set(trials.map(({ trial }) => trial))
  const lines = readFileSync(join(path, 'steps.jsonl'), 'utf8').split('\n').slice(0, -1) // the last one may be cut off
  const steps = lines.map((line) => JSON.parse(line) as StepRecord).filter(({ trial }) => finished.has(trial))
  const readYaml = (name: string): unknown => parse(readFileSync(join(path, name), 'utf8'))
  const study = studySchema.parse(readYaml('study.yaml'))
  return {
    path,
    manifest,
    study: study.cluster === 'captured' ? study : { ...study, cluster: join(path, STATED_FILE) },
    cluster: readYaml('cluster.yaml') as LocalCluster,
    spec: readYaml(SPEC_FILE) as ClusterSpec,
    trials,
    steps: Map.groupBy(steps, ({ trial }) => trial),
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { messageOf, ReducibleError } from '../core/errors.ts'
import type { Comparison } from '../evidence/comparison.ts'
import { comparisonSchema } from '../evidence/comparison-schema.ts'
import type { AnyVerdict } from '../evidence/performance-verdict.ts'
import type { Scaling } from '../evidence/scaling/scaling.ts'
import type { SampleLine } from '../evidence/stated-numbers.ts'
import { readJson } from '../record/files.ts'
import type { LocalCluster } from '../record/host.ts'
import { readManifest } from '../record/manifest.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import { sampleSchema } from '../record/sample.ts'
import { check } from '../study/load.ts'
import { type Study, studySchema } from '../study/schema.ts'

/** The files of a run that is over, for those who ask what it found. */
export interface FinishedRun {
  readonly manifest: Manifest
  readonly study: Study
  readonly cluster: LocalCluster
  readonly comparison: Comparison
  /** Null where the run judged no claim. */
  readonly verdict: AnyVerdict | null
  /** Null where the run is no scaling study. */
  readonly scaling: Scaling | null
  readonly samples: readonly SampleLine[]
}

/**
 * Reads a run that is over, whatever became of it.
 * @throws {ReducibleError} invalid-run: still running, no finished trial, not a run of arms, or a file that cannot be read.
 */
export function readFinishedRun(run: string): FinishedRun {
  const manifest = readManifest(run)
  if (manifest.status === 'running') {
    throw new ReducibleError('invalid-run', `${run} is still running`, { remedy: 'wait for it to end' })
  }
  if (!existsSync(join(run, 'comparison.json'))) {
    const text = `${run} has no comparison.json: ${manifest.status === 'done' ? 'it compares no arms' : 'no trial ended'}`
    throw new ReducibleError('invalid-run', text)
  }
  const [verdictFile, scalingFile] = ['verdict.json', 'scaling.json'].map((name) => join(run, name))
  return {
    manifest,
    study: check(readYaml(join(run, 'study.yaml')), studySchema, () => join(run, 'study.yaml')),
    cluster: readYaml(join(run, 'cluster.yaml')) as LocalCluster,
    comparison: readComparison(run),
    verdict: existsSync(verdictFile) ? (readJson(verdictFile) as AnyVerdict) : null,
    scaling: existsSync(scalingFile) ? (readJson(scalingFile) as Scaling) : null,
    samples: readSamples(join(run, 'samples.jsonl')),
  }
}

/** @throws {ReducibleError} invalid-run naming the first field that is not as the schema has it. */
export function readComparison(run: string): Comparison {
  const file = join(run, 'comparison.json')
  const { success, data, error } = comparisonSchema.safeParse(readJson(file))
  if (success) return data
  const [{ path, message }] = error.issues
  throw new ReducibleError('invalid-run', `${file}: ${path.join('.')}: ${message}`, {
    remedy: 'restore the file from the original run; `reducible audit` names all that is wrong with it',
  })
}

function readSamples(file: string): SampleLine[] {
  const lines = readText(file).split('\n')
  return lines.slice(0, -1).map((text, index) => {
    const line = index + 1
    try {
      return { line, ...sampleSchema.parse(JSON.parse(text)) }
    } catch (thrown) {
      throw new ReducibleError('invalid-run', `${file}:${line} is no sample with its context`, { cause: thrown })
    }
  })
}

function readYaml(file: string): unknown {
  return parse(readText(file))
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new ReducibleError('invalid-run', `cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown })
  }
}

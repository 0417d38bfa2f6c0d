import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../core/digest.ts'
import { messageOf, ReducibleError } from '../../core/errors.ts'
import { clusterSchema } from '../../record/cluster-schema.ts'
import type { EnvironmentRecord } from '../../record/environment.ts'
import { environmentSchema } from '../../record/environment-schema.ts'
import type { LocalCluster } from '../../record/host.ts'
import { type Manifest, manifestSchema } from '../../record/manifest-schema.ts'
import { type Sample, sampleSchema } from '../../record/sample.ts'
import { stepSchema } from '../../record/step-schema.ts'
import type { StepRecord, TrialRecord } from '../../record/trial-record.ts'
import { planTrials, type Trial } from '../../study/plan.ts'
import {
  type AnyClaim,
  type Arm,
  type Claim,
  claimSchema,
  performanceClaimSchema,
  type Study,
  studySchema,
} from '../../study/schema.ts'
import { type SpreadStudy, spreadStudySchema } from '../../study/spread-schema.ts'
import type { Comparison } from '../comparison.ts'
import { comparisonSchema } from '../comparison-schema.ts'
import type { AnyVerdict } from '../performance-verdict.ts'
import { performanceVerdictSchema } from '../performance-verdict-schema.ts'
import type { Verdict } from '../verdict.ts'
import { verdictSchema } from '../verdict-schema.ts'
import { type Document, type RecordFormat, readDocument, readLines } from './document.ts'

const studyOfEitherKind = (value: unknown): typeof studySchema | typeof spreadStudySchema =>
  typeof value === 'object' && value !== null && 'seeds' in value ? studySchema : spreadStudySchema

const isOfSpeed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'performance'

const claimOfEitherKind = (value: unknown): typeof claimSchema | typeof performanceClaimSchema =>
  isOfSpeed(value) ? performanceClaimSchema : claimSchema

const verdictOfEitherKind = (value: unknown): typeof verdictSchema | typeof performanceVerdictSchema =>
  isOfSpeed(value) ? performanceVerdictSchema : verdictSchema

/** The records of a run folder that have a schema, by the word their paths begin with. */
const FORMATS = {
  manifest: { file: 'manifest.json', name: 'manifest', schema: () => manifestSchema },
  study: { file: 'study.yaml', name: 'study', schema: studyOfEitherKind },
  claim: { file: 'claim.yaml', name: 'claim', schema: claimOfEitherKind },
  cluster: { file: 'cluster.yaml', name: 'cluster', schema: () => clusterSchema },
  environment: { file: 'environment.json', name: 'environment', schema: () => environmentSchema },
  samples: { file: 'samples.jsonl', name: 'samples', schema: () => sampleSchema },
  steps: { file: 'steps.jsonl', name: 'steps', schema: () => stepSchema },
  comparison: { file: 'comparison.json', name: 'comparison', schema: () => comparisonSchema },
  verdict: { file: 'verdict.json', name: 'verdict', schema: verdictOfEitherKind },
} as const satisfies Record<string, RecordFormat>

export type RecordName = keyof typeof FORMATS

/** The file that holds what a finding's path names. */
export function fileOf(path: string): string {
  const [name] = path.split('.', 1)
  return name in FORMATS ? FORMATS[name as RecordName].file : path
}

/** A record that a rule wanted could not be read. */
export class UnreadRecord extends Error {
  readonly file: string

  constructor(file: string) {
    super(`${file} cannot be read`)
    this.file = file
  }
}

/** A trial as it was planned and as it was recorded, and where. */
export interface AuditedTrial {
  readonly plan: Trial
  readonly arm: Arm
  readonly record: TrialRecord
  /** `comparison.arms.0.trials.1` */
  readonly path: string
}

/**
 * All that a run folder holds, read once and leniently: what breaks its schema is an issue and stands as it is, so that every
 * rule says what it can. A record that is not there throws `UnreadRecord` when a rule asks for it.
 */
export class RunEvidence {
  readonly folder: string
  readonly files: ReadonlyMap<string, Uint8Array>

  /** @throws {ReducibleError} invalid-run: no such folder. */
  static read(folder: string): RunEvidence {
    try {
      const root = realpathSync(folder)
      const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      const names = entries.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1)).sort()
      return new RunEvidence(folder, new Map(names.map((name) => [name, readFileSync(join(folder, name))])))
    } catch (thrown) {
      throw new ReducibleError('invalid-run', `cannot read the folder ${folder}: ${messageOf(thrown)}`, {
        cause: thrown,
        remedy: 'name the folder of a run',
      })
    }
  }

  constructor(folder: string, files: ReadonlyMap<string, Uint8Array>) {
    this.folder = folder
    this.files = files
  }

  get manifest(): Manifest {
    return this.#valueOf('manifest') as Manifest
  }

  get environment(): EnvironmentRecord {
    return this.#valueOf('environment') as EnvironmentRecord
  }

  get cluster(): LocalCluster {
    return this.#valueOf('cluster') as LocalCluster
  }

  get anyStudy(): Study | SpreadStudy {
    return this.#valueOf('study') as Study | SpreadStudy
  }

  get study(): Study {
    return this.#valueOf('study') as Study
  }

  /** Is this a run of arms? A study of spread compares none. */
  get hasArms(): boolean {
    return 'seeds' in this.anyStudy
  }

  /** Null where the folder has none. */
  get claim(): AnyClaim | null {
    return this.files.has(FORMATS.claim.file) ? (this.#valueOf('claim') as AnyClaim) : null
  }

  /** Of numbers, whatever kind it says it is. */
  get numericClaim(): Claim | null {
    const { claim } = this
    return claim !== null && 'level' in claim ? claim : null
  }

  get comparison(): Comparison {
    return this.#valueOf('comparison') as Comparison
  }

  /** Null where the folder has none. */
  get verdict(): AnyVerdict | null {
    return this.files.has(FORMATS.verdict.file) ? (this.#valueOf('verdict') as AnyVerdict) : null
  }

  get numericVerdict(): Verdict | null {
    const { verdict } = this
    return verdict !== null && 'values' in verdict ? verdict : null
  }

  get samples(): readonly Sample[] {
    return this.#valueOf('samples') as readonly Sample[]
  }

  get steps(): readonly StepRecord[] {
    return this.#valueOf('steps') as readonly StepRecord[]
  }

  /** In the order they ran; a trial that was planned and not recorded is left out. */
  get trials(): AuditedTrial[] {
    const recorded = this.comparison.arms.flatMap(({ trials }, arm) =>
      trials.map((record, index) => ({ record, path: `comparison.arms.${arm}.trials.${index}` })),
    )
    return planTrials(this.study).flatMap((plan) => {
      const found = recorded.find(({ record }) => record.trial === plan.id)
      return found ? [{ plan, arm: plan.arm, ...found }] : []
    })
  }

  /** The records that are there, with their issues. */
  get documents(): [RecordName, Document][] {
    const names = Object.keys(FORMATS) as RecordName[]
    return names.flatMap((name) => {
      const document = this.#documentOf(name)
      return document ? [[name, document] as [RecordName, Document]] : []
    })
  }

  textOf(file: string): string {
    return Buffer.from(this.bytesOf(file)).toString()
  }

  /** @throws {UnreadRecord} there is no such file. */
  bytesOf(file: string): Uint8Array {
    const bytes = this.files.get(file)
    if (bytes === undefined) throw new UnreadRecord(file)
    return bytes
  }

  #valueOf(name: RecordName): unknown {
    const value = this.#documentOf(name)?.value ?? null
    if (value === null) throw new UnreadRecord(FORMATS[name].file)
    return value
  }

  #documentOf(name: RecordName): Document | undefined {
    const bytes = this.files.get(FORMATS[name].file)
    return bytes && ofBytes(documents, bytes, () => parseRecord(name, bytes))
  }
}

/** YAML takes ten times as long as JSON to parse, and runs of one study share theirs: by the digest of the text. */
const yamlDocuments = new Map<string, Document>()

function parseRecord(name: RecordName, bytes: Uint8Array): Document {
  const format = FORMATS[name]
  if (format.file.endsWith('.jsonl')) return readLines(format, bytes)
  if (format.file.endsWith('.json')) return readDocument(format, bytes)
  const key = `${name} ${digestOf(bytes)}`
  const document = yamlDocuments.get(key) ?? readDocument(format, bytes)
  yamlDocuments.set(key, document)
  return document
}

const documents = new WeakMap<Uint8Array, Document>()
const digests = new WeakMap<Uint8Array, string>()

/** SHA-256 of a file's bytes, made once. */
export function digestOf(bytes: Uint8Array): string {
  return ofBytes(digests, bytes, () => sha256(bytes))
}

/** What is made of a file's bytes once: audits of folders that share them share it. */
export function ofBytes<T>(made: WeakMap<Uint8Array, T>, bytes: Uint8Array, make: () => T): T {
  const known = made.get(bytes)
  if (known !== undefined) return known
  const value = make()
  made.set(bytes, value)
  return value
}

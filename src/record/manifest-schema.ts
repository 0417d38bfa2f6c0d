import { z } from 'zod'
import type { DeepReadonly } from '../core/deep-readonly.ts'
import { ERROR_CODES, type ErrorCode } from '../core/errors.ts'

/**
 * manifest.json. Its JSON Schema is docs/schemas/manifest.schema.json; `npm run docs:schemas` makes it from this.
 * A change that a reader of older manifests would misread raises the version.
 */
export const MANIFEST_VERSION = 2

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')
const utc = z.iso.datetime()

const code = z.strictObject({
  commit: z.string().nullable(),
  state: z.enum(['clean', 'dirty', 'unknown']).describe('unknown where git could not tell; never clean then'),
  reason: z.string().nullable().describe('why the state is unknown, or why a dirty tree has no diff'),
  shallow: z.boolean().nullable(),
  diffSha256: digest.nullable().describe('of diff.patch; null where there is no difference, or none could be read'),
  untracked: z.array(z.strictObject({ path: z.string(), bytes: z.int().min(0).nullable(), sha256: digest.nullable() })),
  submodules: z.array(
    z.strictObject({ path: z.string(), commit: z.string(), state: z.enum(['clean', 'dirty', 'absent']) }),
  ),
  hidden: z.array(z.string()).describe('files that git was told not to look at'),
  sourceDigest: digest.describe(
    'of every file under src/, cluster/ and kernels/: paths and contents; of a package, of its sources',
  ),
  kernelsDigest: digest,
})

const lockfile = z.strictObject({
  sha256: digest.nullable(),
  withoutIntegrity: z.array(z.string()),
  drift: z.enum(['none', 'drifted', 'unknown']).describe('of node_modules from the lockfile'),
  reason: z.string().nullable().describe('why the drift is unknown'),
  differences: z.array(
    z.strictObject({ package: z.string(), lockfile: z.string().nullable(), installed: z.string().nullable() }),
  ),
  contentsHashed: z.literal(false).describe('names, versions and integrity are compared; installed files are not read'),
})

export const containerSchema = z.strictObject({
  state: z.enum(['none', 'given', 'not-stated']),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .nullable(),
  source: z.string().nullable(),
  reason: z.string().nullable(),
})

const environment = z.strictObject({
  node: z.string(),
  v8: z.string(),
  operatingSystem: z.string(),
  architecture: z.string(),
  libc: z.string(),
  packages: z.record(z.string(), z.string()),
  lockfile,
  container: containerSchema,
})

const security = z.strictObject({
  token: z.boolean().describe('did every call have to carry the run token?'),
  insecure: z.boolean().describe('was a network allowed without one?'),
  listen: z.enum(['loopback', 'network']),
})

const seedStream = z.strictObject({ stream: z.string(), generator: z.string(), version: z.string() })

export const inputsSchema = z.strictObject({
  code: digest.describe('of the source digest and the resolved study'),
  environment: digest,
  data: digest,
  seeds: digest,
  cluster: digest.describe('of what the cluster is: without names of hosts and without measured figures'),
  digest: digest.describe('of the five'),
})

const statedCluster = z.strictObject({ file: z.string(), sha256: digest })

export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(MANIFEST_VERSION),
  runId: z.string().regex(/^[^/]+\/[^/]+$/, 'must be <study>/<utc>-<commit>-<n>'),
  status: z.enum(['running', 'done', 'failed', 'interrupted']),
  owner: z.strictObject({
    pid: z.int().min(1),
    bootId: z.string().nullable(),
    startTicks: z.int().min(0).nullable().describe('clock ticks from boot; null where the system does not tell'),
  }),
  operator: digest.nullable().describe('of the name of who ran it, unsigned; null: unknown'),
  startedAt: utc,
  endedAt: utc.nullable(),
  resumedAt: z.array(utc).exactOptional().describe('when it was picked up again after it had been stopped'),
  wallSeconds: z.number().min(0).nullable(),
  command: z.array(z.string()),
  studyFile: z.string(),
  claimFile: z.string().nullable(),
  quick: z.boolean(),
  overrides: z.record(z.string(), z.string()).describe('keys of the study that the command line replaced'),
  simulated: z.literal(false),
  kind: z.enum(['numeric', 'performance']).nullable().describe('of the claim; null: the run makes none'),
  level: z.enum(['numerical', 'statistical', 'scientific', 'functional']).nullable(),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  code,
  environment,
  study: z.strictObject({ sha256: digest.describe('of study.yaml as canonical JSON') }),
  claim: z.strictObject({ sha256: digest.describe('of claim.yaml as canonical JSON') }).nullable(),
  seeds: z.strictObject({ values: z.array(z.int().min(0)), streams: z.array(seedStream) }),
  data: z
    .array(z.strictObject({ name: z.string(), seed: z.int().min(0).nullable(), sha256: digest }))
    .describe('before any preprocessing; seed null: the same for every seed'),
  rowMaps: z
    .array(z.strictObject({ seed: z.int().min(0), sha256: digest }))
    .describe('which rows the whole batch of every step held'),
  orders: z
    .array(z.strictObject({ trial: z.string(), sha256: digest }))
    .describe('of the order certificates of every step and of the evaluation, in turn'),
  determinism: z.strictObject({
    deterministic: z.boolean().describe('draws without a name, unplanned orders and inexact adapters were refused'),
    synchronization: z.literal('sync'),
    arrivalOrdered: z.array(z.string()).describe('arms whose sums are added as they come, and recorded so'),
    adapters: z
      .array(z.strictObject({ name: z.string(), exact: z.boolean().nullable() }))
      .describe('exact: its probe passed'),
    dawnFlags: z.array(z.string()),
  }),
  cluster: z.strictObject({
    sha256: digest.describe('of cluster.yaml as canonical JSON'),
    spec: digest.describe('of cluster-spec.yaml: every node as it was found'),
    stated: statedCluster.nullable().describe('the spec that the study names, kept as cluster-stated.yaml'),
    claimed: statedCluster.nullable().describe('the one that a claim of speed was made on, as cluster-claimed.yaml'),
  }),
  security: security.exactOptional().describe('of a run whose workers somebody else started; absent: all on loopback'),
  inputs: inputsSchema.nullable().describe('the five inputs; null until the run is done'),
  replay: z.strictObject({ command: z.array(z.string()).min(1) }),
  failure: z
    .strictObject({
      code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
      message: z.string(),
      trial: z.string().nullable().describe('the trial and step in flight, where known'),
      step: z.int().min(0).nullable(),
    })
    .nullable(),
})

/** manifest.json: what was run, by what, on what, and how it ended. */
export type Manifest = DeepReadonly<z.output<typeof manifestSchema>>
export type Inputs = DeepReadonly<z.output<typeof inputsSchema>>

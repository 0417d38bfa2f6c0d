import { isDeepStrictEqual } from 'node:util'
import type { EnvironmentRecord } from '../record/environment.ts'
import type { LocalCluster } from '../record/host.ts'
import { identityOf } from '../record/inputs.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import type { Study } from '../study/schema.ts'

/** What a run's result depends on, as its folder records it. */
export interface RecordedInputs {
  readonly manifest: Manifest
  readonly study: Study
  readonly cluster: LocalCluster
  readonly environment: EnvironmentRecord
}

/** One input that is not as it was: its path under one of the five, and what stands there; null where nothing does. */
export interface InputDifference {
  readonly path: string
  readonly recorded: unknown
  readonly now: unknown
}

/** Every input that differs between two runs. Names of hosts, clocks and measured figures are none. */
export function inputDifferences(recorded: RecordedInputs, now: RecordedInputs): InputDifference[] {
  return differencesIn('', inputTree(recorded), inputTree(now))
}

/** Every field that differs between two clusters, without names of hosts and measured figures. */
export function clusterDifferences(recorded: LocalCluster, now: LocalCluster): InputDifference[] {
  return differencesIn('cluster', identityOf(recorded), identityOf(now))
}

function inputTree({ manifest, study, cluster, environment }: RecordedInputs): object {
  const { commit, sourceDigest, kernelsDigest } = manifest.code
  const { seeds, ...asked } = study
  return {
    code: { commit, sourceDigest, kernelsDigest, study: asked },
    environment: { ...manifest.environment, variables: { ...environment.variables, ...environment.nccl_env } },
    data: Object.fromEntries(
      manifest.data.map(({ name, seed, sha256 }) => [seed === null ? name : `${name} of seed ${seed}`, sha256]),
    ),
    rows: Object.fromEntries(manifest.rowMaps.map(({ seed, sha256 }) => [`seed ${seed}`, sha256])),
    seeds: { values: seeds, streams: manifest.seeds.streams },
    cluster: identityOf(cluster),
  }
}

function differencesIn(path: string, recorded: unknown, now: unknown): InputDifference[] {
  if (isDeepStrictEqual(recorded, now)) return []
  if (!isObject(recorded) || !isObject(now) || hasOtherLength(recorded, now))
    return [{ path, recorded: recorded ?? null, now: now ?? null }]
  const keys = new Set([...Object.keys(recorded), ...Object.keys(now)])
  return [...keys].flatMap((key) => differencesIn(path === '' ? key : `${path}.${key}`, recorded[key], now[key]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Lists of other lengths differ as a whole. */
function hasOtherLength(recorded: object, now: object): boolean {
  return (
    Array.isArray(recorded) !== Array.isArray(now) ||
    (Array.isArray(recorded) && Array.isArray(now) && recorded.length !== now.length)
  )
}

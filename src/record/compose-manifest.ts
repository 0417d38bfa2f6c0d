import { sha256OfJson } from '../core/canonical-json.ts'
import { sha256 } from '../core/digest.ts'
import { DAWN_FLAGS } from '../gradient/gpu/device.ts'
import { scheduleOf } from '../reduce/algorithms.ts'
import { isArrivalOrdered } from '../reduce/schedule.ts'
import type { Arm, Claim, Study } from '../study/schema.ts'
import { type SeedStream, seedStreams } from '../study/seed-streams.ts'
import type { SpreadStudy } from '../study/spread-schema.ts'
import type { StatedCluster } from './cluster-spec/load.ts'
import type { ClusterSpec } from './cluster-spec/schema.ts'
import { specText } from './cluster-spec/text.ts'
import type { CodeState } from './code-state.ts'
import { captureContainer } from './container.ts'
import { type LocalCluster, packageVersions } from './host.ts'
import { inputsOf } from './inputs.ts'
import { captureInstalledPackages } from './installed-packages.ts'
import { libcVersion } from './libc.ts'
import { thisOwner } from './manifest.ts'
import { MANIFEST_VERSION, type Manifest } from './manifest-schema.ts'
import { operatorDigest } from './operator.ts'
import { codeDigests } from './source-digest.ts'
import type { TrialRecord } from './trial-record.ts'

/** What is known of a run before its first trial. */
export interface RunPlan {
  readonly study: Study | SpreadStudy
  readonly studyFile: string
  readonly claim: Claim | null
  readonly claimFile: string | null
  readonly quick: boolean
  readonly overrides: Readonly<Record<string, string>>
  readonly cluster: LocalCluster
  /** Every node of the largest arm, as it was found. */
  readonly spec: ClusterSpec
  /** The spec that the study names. */
  readonly stated: StatedCluster | null
  /** Was it asked for with --deterministic? */
  readonly deterministic?: boolean | undefined
  /** Who runs it; git's user.email where it is not said. */
  readonly operator?: string | undefined
  /** Where workers were started by somebody else. */
  readonly security?: Manifest['security'] | undefined
  /** Where `runs/` is made. */
  readonly parent: string
}

/** The manifest of a run that begins now. @param capture of the tree it runs from, taken before its folder was made. */
export function openingManifest(plan: RunPlan, runId: string, capture: CodeState): Manifest {
  const { study, studyFile, claim, claimFile, quick, overrides, cluster, spec, stated, operator } = plan
  const { deterministic = false } = plan
  const { diff, ...code } = capture
  const { sourceDigest, kernelsDigest } = codeDigests()
  const versions = packageVersions()
  return {
    schemaVersion: MANIFEST_VERSION,
    runId,
    status: 'running',
    owner: thisOwner(),
    operator: operatorDigest(operator),
    startedAt: new Date().toISOString(),
    endedAt: null,
    wallSeconds: null,
    command: process.argv.slice(2),
    studyFile,
    claimFile,
    quick,
    overrides,
    simulated: false,
    kind: claim?.kind ?? null,
    level: claim?.level ?? null,
    tier: claim?.tier ?? null,
    code: { ...code, diffSha256: diff === null ? null : sha256(diff), sourceDigest, kernelsDigest },
    environment: {
      node: process.versions.node,
      v8: process.versions.v8,
      operatingSystem: cluster.host.operatingSystem,
      architecture: cluster.host.architecture,
      libc: libcVersion(),
      packages: versions,
      lockfile: captureInstalledPackages(),
      container: captureContainer(),
    },
    study: { sha256: sha256OfJson(study) },
    claim: claim && { sha256: sha256OfJson(claim) },
    seeds: { values: seedsOf(study), streams: streamsOf(study, versions['numpy-ts']) },
    data: [],
    rowMaps: [],
    orders: [],
    determinism: {
      deterministic,
      synchronization: 'sync',
      arrivalOrdered: armsOf(study)
        .filter(isArmArrivalOrdered)
        .map(({ name }) => name),
      adapters: adaptersOf(cluster),
      dawnFlags: DAWN_FLAGS,
    },
    cluster: clusterDigests(cluster, spec, stated && { file: stated.file, sha256: sha256(stated.text) }),
    ...(plan.security && { security: plan.security }),
    inputs: null,
    replay: { command: ['npx', '--no-install', 'reducible', 'replay', `runs/${runId}`] },
    failure: null,
  }
}

/** What its trials and its measured cluster add to the manifest of a run that is done. */
export function closingManifest(
  manifest: Manifest,
  cluster: LocalCluster,
  spec: ClusterSpec,
  trials: readonly TrialRecord[],
  orders: Manifest['orders'],
): Manifest {
  const described = {
    ...manifest,
    data: dataOf(trials),
    rowMaps: rowMapsOf(trials),
    orders,
    cluster: clusterDigests(cluster, spec, manifest.cluster.stated),
  }
  return { ...described, inputs: inputsOf(described, cluster) }
}

function clusterDigests(
  cluster: LocalCluster,
  spec: ClusterSpec,
  stated: Manifest['cluster']['stated'],
): Manifest['cluster'] {
  return { sha256: sha256OfJson(cluster), spec: sha256(specText(spec)), stated }
}

/** The digests of what the trials loaded; a file that is the same for every seed stands once. */
export function dataOf(trials: readonly TrialRecord[]): Manifest['data'] {
  const names = new Set(trials.flatMap(({ dataDigests }) => Object.keys(dataDigests)))
  return [...names].flatMap((name): Manifest['data'] => {
    const bySeed = distinct(trials.map(({ seed, dataDigests }) => ({ seed, sha256: dataDigests[name] })))
    const [first] = bySeed
    return bySeed.length > 1 && bySeed.every((one) => one.sha256 === first.sha256)
      ? [{ name, seed: null, sha256: first.sha256 }]
      : bySeed.map((one) => ({ name, ...one }))
  })
}

/** Which rows the trials used, by seed. */
export function rowMapsOf(trials: readonly TrialRecord[]): Manifest['rowMaps'] {
  return distinct(trials.map(({ seed, rowMapDigest }) => ({ seed, sha256: rowMapDigest })))
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

function seedsOf(study: Study | SpreadStudy): readonly number[] {
  return 'seeds' in study ? study.seeds : [study.seed]
}

function streamsOf({ workload, training }: Study | SpreadStudy, numpyTsVersion: string): SeedStream[] {
  return workload === undefined ? [] : seedStreams({ workload, ...(training && { training }) }, numpyTsVersion)
}

function armsOf(study: Study | SpreadStudy): readonly Arm[] {
  return 'arms' in study ? study.arms : []
}

/** Does the order of an arm's sums depend on what arrives when? */
export function isArmArrivalOrdered({ algorithm, nodes, ranksPerNode }: Arm): boolean {
  return isArrivalOrdered(scheduleOf(algorithm, nodes * ranksPerNode, ranksPerNode))
}

/** What the adapters of a cluster were found to be. */
export function adaptersOf({ accelerator, accelerators }: LocalCluster): Manifest['determinism']['adapters'] {
  const all = accelerators ?? (accelerator ? [accelerator] : [])
  return all.map(({ name, probe }) => ({ name, exact: probe?.passed ?? null }))
}

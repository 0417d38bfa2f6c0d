import { sha256OfJson } from '../../../core/canonical-json.ts'
import { sharesGpu } from '../../../gradient/gpu/gpu-identity.ts'
import { adaptersOf } from '../../../record/compose-manifest.ts'
import type { LocalCluster } from '../../../record/host.ts'
import { CLAIMED_FILE, SPEC_FILE, STATED_FILE } from '../../../record/run-folder.ts'
import type { TrialRecord } from '../../../record/trial-record.ts'
import type { Arm } from '../../../study/schema.ts'
import { differences, type Finding, missing, unknown, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import { digestOf, type RunEvidence } from '../run-evidence.ts'

const RESTORE = 'restore the file from the original run, or run the study again'

export const CLUSTER_RULES: readonly AuditRule[] = [
  {
    id: 'one-cluster',
    guards: ['cluster', 'manifest.cluster.sha256', 'comparison.cluster'],
    states: 'cluster.yaml has the digest in the manifest, and the comparison is of that cluster',
    consequence: 'a speed or a bit belongs to the machine it was made on; on another it is no evidence',
    fix: RESTORE,
    ofEndedRuns: true,
    check: checkDigest,
  },
  {
    id: 'cluster-in-full',
    guards: ['manifest.cluster.spec', 'manifest.cluster.stated', 'manifest.cluster.claimed'],
    states: 'every node stands in cluster-spec.yaml, and the spec that the study names in cluster-stated.yaml',
    consequence: 'what the nodes were, or were meant to be, cannot be held against another cluster',
    fix: RESTORE,
    check: checkSpecs,
  },
  {
    id: 'cluster-of-this-study',
    guards: [
      'cluster.nodeCounts',
      'cluster.placement.nodes',
      'manifest.determinism.adapters',
      'comparison.arms.*.trials.*.adapterByNode',
      'comparison.arms.*.trials.*.gpuByNode',
      'comparison.arms.*.trials.*.sharedAccelerator',
    ],
    states:
      'node counts are those of the arms, an engine placed as many, and every node opened the adapter dealt to it',
    consequence: 'some of the numbers come from hardware that the cluster does not state',
    fix: RESTORE,
    appliesTo: (run) => run.hasArms,
    check: checkNodes,
  },
  {
    id: 'cluster-for-its-claim',
    guards: ['cluster'],
    states:
      'the cluster says what its kind of claim rests on: instruction sets and a passed probe for bits, links for speed',
    consequence: 'the same code gives other bits on other instruction sets, and another speed over other links',
    fix: 'run where they can be read and measured, or claim less (level statistical; no speed)',
    appliesTo: ({ claim }) => claim !== null,
    check: checkClaimed,
  },
  {
    // Comparing across drivers: the arms would differ in what they computed on, too.
    id: 'one-driver-in-all-arms',
    guards: ['comparison.arms.*.trials.*.adapterByNode'],
    states: 'all arms that are compared ran on the same adapters and drivers',
    consequence: 'a difference between arms may be one between drivers',
    fix: 'run every arm on one adapter (--adapter)',
    appliesTo: (run) => run.hasArms,
    check: checkDrivers,
  },
]

function checkDigest(run: RunEvidence): Finding[] {
  const { cluster } = run
  const { sha256 } = run.manifest.cluster
  const isStated = sha256OfJson(cluster) === sha256
  const compared = run.files.has('comparison.json') ? run.comparison.cluster : cluster
  const differing = differences('comparison.cluster', compared, cluster)
  if (isStated) return differing
  if (differing.length === 0)
    return [wrong('manifest.cluster.sha256', sha256, `${sha256OfJson(cluster)}, of cluster.yaml`)]
  const found = differences('cluster', cluster, compared)
  return sha256OfJson(compared) === sha256 ? found : [...found, ...differing]
}

function checkSpecs(run: RunEvidence): Finding[] {
  const { spec, stated, claimed } = run.manifest.cluster
  const ofFile = (path: string, want: string, file: string): Finding[] => {
    if (!run.files.has(file)) return [missing(file)]
    const digest = digestOf(run.bytesOf(file))
    return digest === want ? [] : [wrong(path, want, `${digest}, of ${file}`)]
  }
  const named = 'cluster' in run.anyStudy && run.anyStudy.cluster !== 'captured'
  return [
    ...ofFile('manifest.cluster.spec', spec, SPEC_FILE),
    ...(stated === null ? [] : ofFile('manifest.cluster.stated.sha256', stated.sha256, STATED_FILE)),
    ...(claimed === null ? [] : ofFile('manifest.cluster.claimed.sha256', claimed.sha256, CLAIMED_FILE)),
    ...(isOfSpeed(run.claim) === (claimed !== null)
      ? []
      : [wrong('manifest.cluster.claimed', claimed, claimed === null ? 'the spec' : 'null: the claim is of no speed')]),
    ...(named === (stated !== null) ? [] : [wrong('manifest.cluster.stated', stated, named ? 'the spec' : 'null')]),
  ]
}

function checkNodes({ cluster, manifest, study, trials }: RunEvidence): Finding[] {
  const nodeCounts = [...new Set(study.arms.map(({ nodes }) => nodes))]
  const dealt = cluster.accelerators ?? (cluster.accelerator ? [cluster.accelerator] : [])
  return [
    ...differences('cluster.nodeCounts', cluster.nodeCounts, nodeCounts),
    ...checkPlacement(cluster, Math.max(...nodeCounts)),
    ...differences('manifest.determinism.adapters', manifest.determinism.adapters, adaptersOf(cluster)),
    ...trials.flatMap(({ path, record, arm }) => {
      const want = Array.from({ length: arm.nodes }, (_, node) => dealt[node % dealt.length]?.name ?? null)
      return [...differences(`${path}.adapterByNode`, record.adapterByNode, want), ...checkGpus(path, record, arm)]
    }),
  ]
}

/** As many names as the largest arm has nodes. */
function checkPlacement({ placement }: LocalCluster, nodeCount: number): Finding[] {
  if (placement === undefined || placement.nodes.length === nodeCount) return []
  return [wrong('cluster.placement.nodes', placement.nodes.length, `${nodeCount}, one a node of the largest arm`)]
}

/** One a node, and whether ranks shared one follows from them. */
function checkGpus(path: string, { gpuByNode, sharedAccelerator }: TrialRecord, arm: Arm): Finding[] {
  const count = gpuByNode?.length ?? 0
  return [
    ...(count === arm.nodes ? [] : [wrong(`${path}.gpuByNode`, count, `${arm.nodes}, one a node`)]),
    ...differences(`${path}.sharedAccelerator`, sharedAccelerator, sharesGpu(gpuByNode ?? [], arm.ranksPerNode)),
  ]
}

function checkClaimed({ claim, cluster }: RunEvidence): Finding[] {
  const { host, interconnect } = cluster
  const found: Finding[] = []
  if (claim !== null && 'level' in claim && claim.level === 'numerical') {
    if (host.cpuFlags === 'unknown') found.push(missing('cluster.host.cpuFlags', 'the instruction sets'))
    found.push(
      ...probesOf(cluster)
        .filter(({ passed }) => passed !== true)
        .map(unprobed),
    )
  }
  if ('notMeasured' in interconnect) {
    const path = 'cluster.interconnect.measured.summary.bandwidthBytesPerSecond'
    found.push(isOfSpeed(claim) ? missing(path, 'measured between nodes') : unknown(path, interconnect.notMeasured))
  }
  return found
}

export function isOfSpeed(claim: { readonly kind: string } | null): boolean {
  return claim?.kind === 'performance'
}

interface Probed {
  readonly path: string
  readonly passed: boolean | undefined
}

function probesOf({ accelerator, accelerators }: LocalCluster): Probed[] {
  return accelerators
    ? accelerators.map(({ probe }, index) => ({ path: `cluster.accelerators.${index}.probe`, passed: probe?.passed }))
    : accelerator
      ? [{ path: 'cluster.accelerator.probe', passed: accelerator.probe?.passed }]
      : []
}

function unprobed({ path, passed }: Probed): Finding {
  return passed === undefined ? missing(path, 'what the adapter computes') : wrong(`${path}.passed`, passed, true)
}

function checkDrivers({ study, trials }: RunEvidence): Finding[] {
  const namesOf = (names: readonly (string | null)[]): string => [...new Set(names)].sort().join(' and ')
  const [first] = study.arms
  const base = trials.find(({ arm }) => arm.name === first.name)?.record.adapterByNode
  if (base === undefined) return []
  return trials.flatMap(({ path, record }) =>
    namesOf(record.adapterByNode) === namesOf(base)
      ? []
      : [wrong(`${path}.adapterByNode`, namesOf(record.adapterByNode), `${namesOf(base)}, as ${first.name}`)],
  )
}

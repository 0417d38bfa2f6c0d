import { worldSizeOf } from '../../../record/run-folder.ts'
import { differences, disagreements, type Finding, missing, unknown, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'

const RESTORE = 'restore the file from the original run, or run the study again'

export const ENVIRONMENT_RULES: readonly AuditRule[] = [
  {
    // A clean tree says nothing of what npm has installed beside it.
    id: 'clean-is-not-reproducible',
    guards: ['manifest.environment.lockfile'],
    states: 'the lockfile has a digest, pins every package, and node_modules is what it pins',
    consequence: 'another installation of the same commit may add, draw or compile otherwise',
    fix: 'run `npm ci` and the study again',
    check: checkLockfile,
  },
  {
    id: 'container-or-none',
    guards: ['manifest.environment.container'],
    states: 'the container image is named by its digest, or there is none and the run says so',
    consequence: 'system libraries and drivers come with an image that nobody can name',
    fix: 'start the container with REDUCIBLE_CONTAINER_DIGEST=sha256:… and run again',
    check: checkContainer,
  },
  {
    id: 'one-environment',
    guards: ['manifest.environment', 'environment'],
    states: 'manifest, environment.json and cluster.yaml name the same versions',
    consequence: 'the number may come from another Node, library or system than the one named',
    fix: RESTORE,
    check: checkVersions,
  },
  {
    id: 'environment-of-this-study',
    guards: ['environment.world_size', 'environment.gpu'],
    states: "environment.json has the study's number of ranks and the cluster's accelerator",
    consequence: 'the file describes another run',
    fix: RESTORE,
    check: ({ environment, anyStudy, cluster }) => [
      ...differences('environment.world_size', environment.world_size, worldSizeOf(anyStudy)),
      ...differences('environment.gpu', environment.gpu, cluster.accelerator),
    ],
  },
]

function checkLockfile({ manifest }: RunEvidence): Finding[] {
  const { sha256, withoutIntegrity, drift, reason, differences: differing } = manifest.environment.lockfile
  const at = 'manifest.environment.lockfile'
  const found: Finding[] = []
  if (sha256 === null) found.push(missing(`${at}.sha256`, 'the digest of package-lock.json'))
  if (withoutIntegrity.length > 0) found.push(wrong(`${at}.withoutIntegrity`, withoutIntegrity, 'none'))
  if (drift === 'unknown') found.push(unknown(`${at}.drift`, reason ?? 'the run does not say why'))
  if (drift === 'drifted') found.push(wrong(`${at}.drift`, drift, 'none'))
  if ((reason === null) === (drift === 'unknown')) {
    found.push(wrong(`${at}.reason`, reason, 'the reason of an unknown drift, and only of one'))
  }
  if (differing.length > 0 !== (drift === 'drifted')) {
    found.push(wrong(`${at}.differences`, differing, drift === 'drifted' ? 'the packages that differ' : 'none'))
  }
  return found
}

function checkContainer({ manifest }: RunEvidence): Finding[] {
  const { state, digest, source, reason } = manifest.environment.container
  const at = 'manifest.environment.container'
  const found: Finding[] = []
  if ((digest === null) === (state === 'given')) {
    found.push(wrong(`${at}.digest`, digest, 'the digest of a given image, and only of one'))
  }
  if ((source === null) !== (state === 'none')) {
    found.push(wrong(`${at}.source`, source, 'what told of the container, where there is one'))
  }
  if (state === 'not-stated') found.push(unknown(`${at}.digest`, reason ?? 'the run does not say why'))
  return found
}

function checkVersions({ manifest, environment, cluster: { host } }: RunEvidence): Finding[] {
  const { node, v8, packages, libc, operatingSystem, architecture, lockfile, container } = manifest.environment
  const at = 'manifest.environment'
  return [
    ...disagreements([
      [`${at}.node`, node],
      ['environment.versions.node', environment.versions.node],
      ['cluster.host.node', host.node.replace(/^v/, '')],
    ]),
    ...ofTwo('v8', v8, environment.versions.v8, 'versions.v8'),
    ...ofTwo('libc', libc, environment.libc, 'libc'),
    ...ofTwo('lockfile.sha256', lockfile.sha256, environment.lockfileSha256, 'lockfileSha256'),
    ...disagreements([
      [`${at}.operatingSystem`, operatingSystem],
      ['cluster.host.operatingSystem', host.operatingSystem],
    ]),
    ...disagreements([
      [`${at}.architecture`, architecture],
      ['cluster.host.architecture', host.architecture],
    ]),
    ...bothWays(`${at}.packages`, packages, 'environment.versions', withoutRuntime(environment.versions)),
    ...bothWays(`${at}.container`, container, 'environment.container', environment.container),
  ]

  function ofTwo(key: string, stated: unknown, recorded: unknown, recordedKey: string): Finding[] {
    return disagreements([
      [`${at}.${key}`, stated],
      [`environment.${recordedKey}`, recorded],
    ])
  }
}

/** Two records of one thing, neither of which is the right one by itself. */
function bothWays(path: string, value: unknown, otherPath: string, other: unknown): Finding[] {
  return [...differences(path, value, other), ...differences(otherPath, other, value)]
}

function withoutRuntime(versions: Readonly<Record<string, string>>): Record<string, string> {
  const { node: _node, v8: _v8, ...packages } = versions
  return packages
}

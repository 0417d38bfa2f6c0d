import { createRequire } from 'node:module'
import { hostname } from 'node:os'
import { captureContainer } from '../container.ts'
import { type Accelerator, captureHost, packageVersions } from '../host.ts'
import { libcVersion } from '../libc.ts'
import { machineId } from '../machine-state.ts'
import { codeDigests } from '../source-digest.ts'
import { recordedVariables } from '../variables.ts'
import { type Devices, readDevices } from './devices.ts'
import { readMemory } from './read-memory.ts'
import { readNetwork } from './read-network.ts'
import { countProcessors, readProcessor } from './read-processor.ts'
import { type SpecDevice, type SpecNode, UNKNOWN } from './schema.ts'

/** A node as its own process sees it. What it is called among others is for the one who asked. */
export interface CapturedNode {
  readonly node: Omit<SpecNode, 'name' | 'host'>
  /** Equal in processes of one machine, containers included, and in no others. */
  readonly machineId: string
}

/**
 * Reads this machine and the process. Nothing that can fail is left out: it is `unknown`.
 * @param address that others reach this process by, without a port.
 * @param adapter what it opened and its probe; null: none.
 */
export async function captureNode(address: string, adapter: Accelerator | null): Promise<CapturedNode> {
  const { cpuModel, operatingSystem, kernel, node } = captureHost()
  const { webgpu, '@grpc/grpc-js': grpc } = packageVersions()
  const { sourceDigest, lockfileDigest } = codeDigests()
  const found = await readDevices()
  return {
    machineId: machineId(),
    node: {
      hostname: hostname(),
      address,
      rack: UNKNOWN,
      zone: UNKNOWN,
      host_processor_model_name: cpuModel,
      ...countProcessors(),
      processor: readProcessor(),
      ...readMemory(),
      ...accelerators(found),
      adapter,
      adapterDevice: deviceOf(adapter, found.devices),
      devices: found.devices,
      network: readNetwork(address),
      operating_system: operatingSystem,
      framework: framework(),
      software: {
        kernel,
        libc: libcVersion(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        node: node.slice(1),
        v8: process.versions.v8,
        webgpu,
        grpc,
        container: captureContainer(),
        sourceSha256: sourceDigest,
        lockfileSha256: lockfileDigest,
      },
      settings: recordedVariables(process.env),
      pricePerHour: UNKNOWN,
    },
  }
}

function framework(): string {
  const { name, version } = createRequire(import.meta.url)('../../../package.json') as { name: string; version: string }
  return `${name} ${version}`
}

type Accelerators = Pick<
  SpecNode,
  | 'accelerators_per_node'
  | 'accelerator_model_name'
  | 'accelerator_memory_capacity'
  | 'accelerator_host_interconnect'
  | 'accelerator_interconnect'
  | 'accelerator_interconnect_topology'
>

/** The devices as MLPerf describes them. */
function accelerators({ devices, links }: Devices): Accelerators {
  const between = [...new Set(links.map(({ link }) => link))].join(', ')
  return {
    accelerators_per_node: devices.length,
    accelerator_model_name: each(devices, ({ model }) => model),
    accelerator_memory_capacity: each(devices, ({ memory }) => memory),
    accelerator_host_interconnect: each(devices, ({ pcie }) => pcie),
    accelerator_interconnect: devices.length < 2 ? 'none' : between || UNKNOWN,
    accelerator_interconnect_topology:
      devices.length < 2 ? 'none' : links.map(({ gpus, link }) => `${gpus.join('-')} ${link}`).join(', ') || UNKNOWN,
  }
}

/** What all devices have in common; `unknown` where they differ, since the spec has each of them. */
function each(devices: readonly SpecDevice[], of: (device: SpecDevice) => string): string {
  if (devices.length === 0) return 'none'
  const answers = new Set(devices.map(of))
  return answers.size === 1 ? [...answers][0] : UNKNOWN
}

/** The device under an adapter, where there is no choice: a name cannot tell twins apart. */
function deviceOf(adapter: Accelerator | null, devices: readonly SpecDevice[]): string {
  if (adapter === null || adapter.software) return 'none'
  const named = devices.filter(({ model }) => model === adapter.name)
  const [only, ...others] = named.length > 0 ? named : devices
  if (only === undefined || others.length > 0) return UNKNOWN
  return only.uuid === UNKNOWN ? only.pciBusId : only.uuid
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type GpuLink, type GpuState, parseNvidiaSmi, parseNvidiaStates, parseNvidiaTopology } from './nvidia-smi.ts'
import { readPciGpus } from './pci-gpus.ts'
import { parseRocmSmi, ROCM_SMI_FLAGS } from './rocm-smi.ts'
import type { SpecDevice } from './schema.ts'

export type { GpuState } from './nvidia-smi.ts'

export interface Devices {
  readonly devices: readonly SpecDevice[]
  /** Between pairs of them; none where no tool tells. */
  readonly links: readonly GpuLink[]
}

const TOOL_TIMEOUT_MS = 10_000

/** The GPUs of this machine: from the vendor's tool where it is on the PATH, and those it does not list from /sys. */
export async function readDevices(): Promise<Devices> {
  const [nvidia, topology, rocm] = await Promise.all([
    outputOf('nvidia-smi', ['-q', '-x']),
    outputOf('nvidia-smi', ['topo', '-m']),
    outputOf('rocm-smi', ROCM_SMI_FLAGS),
  ])
  const told = [...parseNvidiaSmi(nvidia ?? ''), ...(rocm === undefined ? [] : parseRocmSmi(rocm))]
  const seen = new Map(readPciGpus().map((device) => [device.pciBusId, device]))
  const devices = told.map((device) => ({
    ...device,
    revision: seen.get(device.pciBusId)?.revision ?? device.revision,
  }))
  for (const { pciBusId } of told) seen.delete(pciBusId)
  return { devices: [...devices, ...seen.values()], links: parseNvidiaTopology(topology ?? '') }
}

/** What the vendor's tool says of the work of each GPU now. */
export async function readGpuStates(): Promise<GpuState[]> {
  return parseNvidiaStates((await outputOf('nvidia-smi', ['-q', '-x'])) ?? '')
}

/** What a tool prints; undefined where there is none, it fails, or hangs as drivers can. */
async function outputOf(tool: string, flags: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(tool, [...flags], { timeout: TOOL_TIMEOUT_MS })
    return stdout
  } catch {
    return undefined
  }
}

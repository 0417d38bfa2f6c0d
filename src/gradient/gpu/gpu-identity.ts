import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { AdapterRecord } from './adapter-record.ts'

/** PCI vendor by WebGPU's word for it. */
const PCI_VENDORS: Readonly<Record<string, string>> = { nvidia: '0x10de', amd: '0x1002', intel: '0x8086' }

/**
 * Which piece of hardware an adapter is: its UUID, or its host and PCI bus ID. WebGPU tells neither, and twins have one name, so it
 * is known only where the machine (or the container, as NVIDIA's driver sees it) holds a single GPU of that vendor, or this process
 * may open the device of one alone: a control group, like that of a Slurm task, refuses the others and does not hide them.
 * @param root where the file system begins.
 * @returns `unknown` where that cannot be proved; null for a software adapter, which is none.
 */
export function gpuIdentity(
  { vendor, software }: Pick<AdapterRecord, 'vendor' | 'software'>,
  root = '/',
): string | null {
  if (software) return null
  const nvidia = join(root, 'proc/driver/nvidia/gpus')
  const isNvidia = vendor === 'nvidia' && existsSync(nvidia)
  const listed = isNvidia ? readdirSync(nvidia) : displayDevices(PCI_VENDORS[vendor], root)
  const nodesOf = (busId: string): string[] => (isNvidia ? nvidiaNode(join(nvidia, busId)) : renderNodes(busId, root))
  const usable =
    listed.length === 1 ? listed : listed.filter((busId) => nodesOf(busId).some((node) => opens(root, node)))
  const [only, ...others] = usable
  if (only === undefined || others.length > 0) return 'unknown'
  const uuid = isNvidia
    ? /^GPU UUID:\s*(GPU-[0-9a-f-]{36})$/m.exec(textOf(join(nvidia, only, 'information')))?.[1]
    : undefined
  return uuid ?? `${hostname()} ${only}`
}

/**
 * Do two ranks compute on one GPU? True where that is proved, false where the opposite is.
 * @param gpuByNode as gpuIdentity has it; null where a node uses none.
 * @returns null where no GPU is used.
 */
export function sharesGpu(gpuByNode: readonly (string | null)[], ranksPerNode: number): boolean | 'unknown' | null {
  const used = gpuByNode.filter((gpu) => gpu !== null)
  if (used.length === 0) return null
  const known = used.filter((gpu) => gpu !== 'unknown')
  if (ranksPerNode > 1 || new Set(known).size < known.length) return true
  return known.length < used.length && used.length > 1 ? 'unknown' : false
}

/** PCI bus IDs of a vendor's display controllers. */
function displayDevices(vendor: string | undefined, root: string): string[] {
  const folder = join(root, 'sys/bus/pci/devices')
  if (vendor === undefined || !existsSync(folder)) return []
  return readdirSync(folder).filter(
    (device) =>
      textOf(join(folder, device, 'vendor')).trim() === vendor &&
      textOf(join(folder, device, 'class')).startsWith('0x03'),
  )
}

/** In /dev; none where the driver does not say. */
function nvidiaNode(folder: string): string[] {
  const minor = /^Device Minor:\s*(\d+)$/m.exec(textOf(join(folder, 'information')))?.[1]
  return minor === undefined ? [] : [`nvidia${minor}`]
}

/** In /dev, of the kernel's direct rendering. */
function renderNodes(busId: string, root: string): string[] {
  const folder = join(root, 'sys/bus/pci/devices', busId, 'drm')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.filter((name) => name.startsWith('renderD')).map((name) => join('dri', name))
}

/** Permissions of files do not tell: a control group is asked when a device is opened. */
function opens(root: string, node: string): boolean {
  try {
    closeSync(openSync(join(root, 'dev', node), 'r+'))
    return true
  } catch {
    return false
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

import { readdirSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { formatMemory } from '../../core/units.ts'
import { systemFile, systemNumber } from '../system-files.ts'
import { type SpecDevice, UNKNOWN } from './schema.ts'

/** Makers of GPUs that compute; the display chip of a server's management board is another's. */
const VENDORS: Readonly<Record<string, string>> = { '0x10de': 'NVIDIA', '0x1002': 'AMD', '0x8086': 'Intel' }
const DISPLAY_CLASS = /^0x03/

/** The GPUs on the PCI bus, from /sys alone: what is known where no vendor's tool is. @param root where the file system begins. */
export function readPciGpus(root = '/'): SpecDevice[] {
  return busIds(root).flatMap((pciBusId): SpecDevice[] => {
    const folder = `sys/bus/pci/devices/${pciBusId}`
    const vendorId = systemFile(`${folder}/vendor`, root) ?? UNKNOWN
    if (!DISPLAY_CLASS.test(systemFile(`${folder}/class`, root) ?? '') || !(vendorId in VENDORS)) return []
    const deviceId = systemFile(`${folder}/device`, root) ?? UNKNOWN
    const vram = systemNumber(`${folder}/mem_info_vram_total`, root) // amdgpu's own
    return [
      {
        source: 'sysfs',
        model: `${VENDORS[vendorId]} ${deviceId}`,
        vendorId,
        deviceId,
        revision: systemFile(`${folder}/revision`, root) ?? UNKNOWN,
        pciBusId,
        uuid: systemFile(`${folder}/unique_id`, root) ?? UNKNOWN,
        driver: driverOf(folder, root),
        vbios: systemFile(`${folder}/vbios_version`, root) ?? UNKNOWN,
        memory: vram === undefined ? UNKNOWN : formatMemory(vram),
        ecc: UNKNOWN,
        powerLimitWatts: UNKNOWN,
        pcie: pcieText(folder, root),
        partitions: UNKNOWN,
      },
    ]
  })
}

function busIds(root: string): string[] {
  try {
    return readdirSync(join(root, 'sys/bus/pci/devices')).sort()
  } catch {
    return []
  }
}

function driverOf(folder: string, root: string): string {
  try {
    return basename(readlinkSync(join(root, folder, 'driver')))
  } catch {
    return UNKNOWN
  }
}

function pcieText(folder: string, root: string): string {
  const speed = systemFile(`${folder}/current_link_speed`, root)
  const width = systemFile(`${folder}/current_link_width`, root)
  return speed === undefined || width === undefined ? UNKNOWN : `${speed} x${width}`
}

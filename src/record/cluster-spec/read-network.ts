import { readlinkSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { basename, join } from 'node:path'
import { systemNumber } from '../system-files.ts'
import { type SpecNetwork, UNKNOWN } from './schema.ts'

/** The interface that an address of this machine belongs to. @param root where the file system begins. */
export function readNetwork(address: string, root = '/'): SpecNetwork {
  const name = Object.entries(networkInterfaces()).find(([, own]) => own?.some((each) => each.address === address))?.[0]
  if (name === undefined) return { interface: UNKNOWN, driver: UNKNOWN, mtuBytes: UNKNOWN, speedBitsPerSecond: UNKNOWN }
  const folder = `sys/class/net/${name}`
  const megabits = systemNumber(`${folder}/speed`, root) ?? 0 // virtual ones have none, or -1
  return {
    interface: name,
    driver: driverOf(join(root, folder)),
    mtuBytes: systemNumber(`${folder}/mtu`, root) ?? UNKNOWN,
    speedBitsPerSecond: megabits > 0 ? megabits * 1e6 : UNKNOWN,
  }
}

function driverOf(folder: string): string {
  try {
    return basename(readlinkSync(join(folder, 'device/driver')))
  } catch {
    return 'none' // no device: a virtual interface
  }
}

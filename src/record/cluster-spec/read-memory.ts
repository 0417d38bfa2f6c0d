import { readdirSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { formatMemory } from '../../core/units.ts'
import { systemFile } from '../system-files.ts'
import { cgroupMemory } from './cgroup.ts'
import { type SpecMemory, type SpecNode, UNKNOWN } from './schema.ts'

/** The memory of this machine, and where it lies. @param root where the file system begins. */
export function readMemory(root = '/'): Pick<SpecNode, 'host_memory_capacity' | 'memory'> {
  return {
    host_memory_capacity: formatMemory(totalmem()),
    memory: { cgroupLimit: cgroupMemory(root), numaNodes: numaNodes(root) },
  }
}

const NODES = 'sys/devices/system/node'

function numaNodes(root: string): SpecMemory['numaNodes'] {
  try {
    const names = readdirSync(join(root, NODES)).filter((name) => /^node\d+$/.test(name))
    return names
      .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
      .map((name) => ({
        cpus: systemFile(`${NODES}/${name}/cpulist`, root) ?? 'none',
        memory: totalOf(systemFile(`${NODES}/${name}/meminfo`, root) ?? ''),
      }))
  } catch {
    return UNKNOWN
  }
}

function totalOf(meminfo: string): string {
  const kibibytes = /MemTotal:\s+(\d+) kB/.exec(meminfo)?.[1]
  return kibibytes === undefined ? UNKNOWN : formatMemory(Number(kibibytes) * 1024)
}

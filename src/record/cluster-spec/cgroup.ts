import { formatMemory } from '../../core/units.ts'
import { systemFile, systemNumber } from '../system-files.ts'
import { type SpecMemory, type SpecProcessor, UNKNOWN } from './schema.ts'

/**
 * CPU time that the cgroups of this process allow it, in cores: the least over its own group and all above.
 * @param root where the file system begins.
 */
export function cgroupCores(root = '/'): SpecProcessor['cgroupCores'] {
  const quotas = groupsOf('cpu', root).map(({ version, folder }) => {
    if (version === 2) {
      const [quota, period] = systemFile(`${folder}/cpu.max`, root)?.split(' ') ?? []
      return quota === undefined || quota === 'max' ? Number.POSITIVE_INFINITY : Number(quota) / Number(period)
    }
    const quota = systemNumber(`${folder}/cpu.cfs_quota_us`, root) ?? -1
    const period = systemNumber(`${folder}/cpu.cfs_period_us`, root) ?? 100_000
    return quota < 0 ? Number.POSITIVE_INFINITY : quota / period
  })
  if (quotas.length === 0) return UNKNOWN
  const least = Math.min(...quotas)
  return Number.isFinite(least) ? least : 'unlimited'
}

/** Version 1 writes "no limit" as the largest multiple of a page. */
const NO_LIMIT_BYTES = 2 ** 62

/** Memory that they allow it. */
export function cgroupMemory(root = '/'): SpecMemory['cgroupLimit'] {
  const limits = groupsOf('memory', root).map(
    ({ version, folder }) =>
      systemNumber(`${folder}/${version === 2 ? 'memory.max' : 'memory.limit_in_bytes'}`, root) ??
      Number.POSITIVE_INFINITY,
  )
  if (limits.length === 0) return UNKNOWN
  const least = Math.min(...limits)
  return least < NO_LIMIT_BYTES ? formatMemory(least) : 'unlimited'
}

interface Group {
  readonly version: 1 | 2
  readonly folder: string
}

/** The group that controls this for the process, and those above it. */
function groupsOf(controller: 'cpu' | 'memory', root: string): Group[] {
  const lines = (systemFile('proc/self/cgroup', root) ?? '').split('\n').map((line) => line.split(':'))
  const first = lines.find(([, names]) => names?.split(',').includes(controller))
  const [version, path] = first ? [1 as const, first[2]] : [2 as const, lines.find(([id]) => id === '0')?.[2]]
  if (path === undefined) return []
  const mount = version === 1 ? `sys/fs/cgroup/${controller}` : 'sys/fs/cgroup'
  const names = path.split('/').filter((name) => name !== '')
  return [...names.keys(), names.length].map((depth) => ({
    version,
    folder: [mount, ...names.slice(0, depth)].join('/'),
  }))
}

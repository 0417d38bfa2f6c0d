import { readdirSync, readFileSync } from 'node:fs'

const TICK_MS = 10 // Linux reports thread times in USER_HZ ticks, 100 a second on every port Node runs on

/**
 * CPU time of this process in ms by thread name, user and system together, as of now. Where the system does not tell
 * threads apart, all of it stands under `process`.
 */
export function cpuMsByThread(): Record<string, number> {
  const times: Record<string, number> = {}
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      times[name] = (times[name] ?? 0) + (Number(fields[11]) + Number(fields[12])) * TICK_MS
    }
    return times
  } catch {
    const { user, system } = process.cpuUsage()
    return { process: (user + system) / 1000 }
  }
}

/** What was spent since an earlier reading. */
export function cpuMsSince(before: Readonly<Record<string, number>>): Record<string, number> {
  const spent = Object.entries(cpuMsByThread()).map(([name, ms]) => [name, ms - (before[name] ?? 0)] as const)
  return Object.fromEntries(spent.filter(([, ms]) => ms > 0))
}

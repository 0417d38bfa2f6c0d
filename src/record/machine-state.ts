import { readdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { sha256 } from '../core/digest.ts'
import { type GpuState, readGpuStates } from './cluster-spec/devices.ts'
import { UNKNOWN } from './cluster-spec/schema.ts'
import { systemFile, systemNumber } from './system-files.ts'

type Unknown = typeof UNKNOWN

/** What a machine was like over one trial. What it does not tell is `unknown`. */
export interface MachineState {
  /** When its nodes began to train. */
  readonly startedAtUtc: string
  /** Runnable threads over the last minute, at the start and at the end. */
  readonly loadAverage: readonly [number, number] | Unknown
  /** Share of the time in which some thread waited for it. */
  readonly pressure: {
    readonly cpu: number | Unknown
    readonly io: number | Unknown
    readonly memory: number | Unknown
  }
  /** Share of the CPU time that a hypervisor gave to others. */
  readonly stealShare: number | Unknown
  /** Of the slowest and the fastest core, at the end. */
  readonly cpuMhz: readonly [number, number] | Unknown
  /** Of the hottest sensor of the processor, at the end. */
  readonly cpuCelsius: number | Unknown
  /** How often cores were slowed down for their heat. */
  readonly cpuThrottles: number | Unknown
  /** At the end; none where nobody computed on one. */
  readonly gpus: readonly GpuState[] | Unknown
}

/** The same, of which machine. */
export interface ObservedMachine extends MachineState {
  /** Equal in processes of one machine, containers included, and in no others. */
  readonly machineId: string
}

/** Counters that only grow. */
interface Counters {
  readonly utcMs: number
  readonly load: number | undefined
  readonly pressureUs: Readonly<Record<Resource, number | undefined>>
  readonly cpuTicks: { readonly all: number; readonly stolen: number } | undefined
  readonly throttles: number | undefined
}

const RESOURCES = ['cpu', 'io', 'memory'] as const
type Resource = (typeof RESOURCES)[number]

/** Watches this machine: from here to `end`. */
export class MachineWatch {
  readonly #root: string
  readonly #start: Counters

  /** @param root where the file system begins. */
  constructor(root = '/') {
    this.#root = root
    this.#start = countersOf(root)
  }

  /** @param hasGpu was a hardware GPU computed on? Its driver's tool is asked, which takes a while. */
  async end(hasGpu: boolean): Promise<ObservedMachine> {
    const root = this.#root
    const [start, end] = [this.#start, countersOf(root)]
    const shareOf = (resource: Resource): number | Unknown => {
      const [from, to] = [start, end].map(({ pressureUs }) => pressureUs[resource])
      if (from === undefined || to === undefined) return UNKNOWN
      return rounded(Math.min(1, (to - from) / 1000 / Math.max(1, end.utcMs - start.utcMs)))
    }
    return {
      machineId: machineId(),
      startedAtUtc: new Date(start.utcMs).toISOString(),
      loadAverage: start.load === undefined || end.load === undefined ? UNKNOWN : [start.load, end.load],
      pressure: { cpu: shareOf('cpu'), io: shareOf('io'), memory: shareOf('memory') },
      stealShare: stealShare(start.cpuTicks, end.cpuTicks),
      cpuMhz: cpuMhz(root),
      cpuCelsius: cpuCelsius(root),
      cpuThrottles:
        start.throttles === undefined || end.throttles === undefined ? UNKNOWN : end.throttles - start.throttles,
      gpus: hasGpu ? await readGpuStates() : [],
    }
  }
}

/** Of this machine, whatever its processes are called. */
export function machineId(): string {
  return sha256(systemFile('proc/sys/kernel/random/boot_id') ?? hostname())
}

function countersOf(root: string): Counters {
  const load = systemFile('proc/loadavg', root)?.split(' ')[0]
  return {
    utcMs: Date.now(),
    load: load === undefined ? undefined : Number(load),
    pressureUs: {
      cpu: pressureUs('cpu', root),
      io: pressureUs('io', root),
      memory: pressureUs('memory', root),
    },
    cpuTicks: cpuTicks(root),
    throttles: throttles(root),
  }
}

/** @source Linux, Documentation/accounting/psi.rst: the line `some`, `total` in µs. */
function pressureUs(resource: Resource, root: string): number | undefined {
  const total = /^some .*\btotal=(\d+)/m.exec(systemFile(`proc/pressure/${resource}`, root) ?? '')?.[1]
  return total === undefined ? undefined : Number(total)
}

/** @source proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal; guests are in user and nice. */
function cpuTicks(root: string): Counters['cpuTicks'] {
  const [name, ...ticks] = systemFile('proc/stat', root)?.split('\n')[0].split(/\s+/) ?? []
  const eight = ticks.slice(0, 8).map(Number)
  if (name !== 'cpu' || eight.length < 8) return undefined
  return { all: eight.reduce((sum, some) => sum + some, 0), stolen: eight[7] }
}

function stealShare(start: Counters['cpuTicks'], end: Counters['cpuTicks']): number | Unknown {
  if (start === undefined || end === undefined) return UNKNOWN
  return rounded((end.stolen - start.stolen) / Math.max(1, end.all - start.all))
}

const CPUS = 'sys/devices/system/cpu'

function cpuNames(root: string): string[] {
  return namesIn(CPUS, root).filter((name) => /^cpu\d+$/.test(name))
}

function throttles(root: string): number | undefined {
  const counts = cpuNames(root).map((cpu) => systemNumber(`${CPUS}/${cpu}/thermal_throttle/core_throttle_count`, root))
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0)
}

/** As the driver of the clock says, else as the kernel measured it. */
function cpuMhz(root: string): MachineState['cpuMhz'] {
  const kilohertz = cpuNames(root).map((cpu) => systemNumber(`${CPUS}/${cpu}/cpufreq/scaling_cur_freq`, root))
  const driven = kilohertz.filter((value) => value !== undefined).map((value) => value / 1000)
  const lines = systemFile('proc/cpuinfo', root)?.matchAll(/^cpu MHz\s*: ([\d.]+)$/gm) ?? []
  const all = driven.length > 0 ? driven : [...lines].map(([, megahertz]) => Number(megahertz))
  return all.length === 0 ? UNKNOWN : [Math.round(Math.min(...all)), Math.round(Math.max(...all))]
}

/** Sensors that are a processor's. */
const PROCESSOR_SENSORS = /^(coretemp|k10temp|zenpower|cpu_thermal)$/

function cpuCelsius(root: string): number | Unknown {
  const folders = namesIn('sys/class/hwmon', root).map((name) => `sys/class/hwmon/${name}`)
  const ofProcessors = folders.filter((folder) => PROCESSOR_SENSORS.test(systemFile(`${folder}/name`, root) ?? ''))
  const thousandths = ofProcessors.flatMap((folder) =>
    namesIn(folder, root)
      .filter((name) => /^temp\d+_input$/.test(name))
      .flatMap((name) => systemNumber(`${folder}/${name}`, root) ?? []),
  )
  return thousandths.length === 0 ? UNKNOWN : Math.max(...thousandths) / 1000
}

function namesIn(folder: string, root: string): string[] {
  try {
    return readdirSync(join(root, folder))
  } catch {
    return []
  }
}

function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4
}

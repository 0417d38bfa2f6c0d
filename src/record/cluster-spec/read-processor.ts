import { readdirSync } from 'node:fs'
import { arch, availableParallelism } from 'node:os'
import { join } from 'node:path'
import { captureProcessor } from '../processor.ts'
import { systemFile, systemNumber } from '../system-files.ts'
import { cgroupCores } from './cgroup.ts'
import { type SpecNode, type SpecProcessor, UNKNOWN } from './schema.ts'

const CPUS = 'sys/devices/system/cpu'

/** What decides how fast a processor is and how it adds; nothing is measured. @param root where the file system begins. */
export function readProcessor(root = '/'): SpecProcessor {
  const { cpuFlags, cpuStepping, microcode } = captureProcessor(root)
  return {
    architecture: arch(),
    stepping: cpuStepping,
    microcode,
    flags: cpuFlags,
    governor: distinct(CPUS, 'cpufreq/scaling_governor', root),
    turbo: turboOf(root),
    smt: smtOf(root),
    usableCores: availableParallelism(),
    cgroupCores: cgroupCores(root),
    addBytesPerSecond: UNKNOWN,
  }
}

type ProcessorCounts = Pick<
  SpecNode,
  | 'host_processors_per_node'
  | 'host_processor_core_count'
  | 'host_processor_vcpu_count'
  | 'host_processor_frequency'
  | 'host_processor_caches'
>

/** The same processors as MLPerf counts them: packages, cores of one package, threads of all. */
export function countProcessors(root = '/'): ProcessorCounts {
  const cpus = cpuFolders(root).map((cpu) => ({
    package: systemNumber(`${CPUS}/${cpu}/topology/physical_package_id`, root),
    core: systemFile(`${CPUS}/${cpu}/topology/thread_siblings_list`, root),
  }))
  const packages = new Set(cpus.map((cpu) => cpu.package))
  const cores = new Set(cpus.map((cpu) => cpu.core))
  const isKnown = cpus.length > 0 && !packages.has(undefined) && !cores.has(undefined)
  return {
    host_processors_per_node: isKnown ? packages.size : UNKNOWN,
    host_processor_core_count: isKnown ? cores.size / packages.size : UNKNOWN,
    host_processor_vcpu_count: cpus.length > 0 ? cpus.length : UNKNOWN,
    host_processor_frequency: frequencyText(root),
    host_processor_caches: cachesText(root),
  }
}

function cpuFolders(root: string): string[] {
  try {
    return readdirSync(join(root, CPUS)).filter((name) => /^cpu\d+$/.test(name))
  } catch {
    return []
  }
}

/** What every CPU says, each answer once. */
function distinct(folder: string, file: string, root: string): string {
  const answers = cpuFolders(root).map((cpu) => systemFile(`${folder}/${cpu}/${file}`, root) ?? UNKNOWN)
  return answers.length === 0 ? UNKNOWN : [...new Set(answers)].sort().join(', ')
}

/** intel_pstate says whether turbo is off, the other drivers whether boost is on. */
function turboOf(root: string): SpecProcessor['turbo'] {
  const noTurbo = systemFile(`${CPUS}/intel_pstate/no_turbo`, root)
  const boost = systemFile(`${CPUS}/cpufreq/boost`, root)
  if (noTurbo !== undefined) return noTurbo === '0' ? 'enabled' : 'disabled'
  if (boost !== undefined) return boost === '1' ? 'enabled' : 'disabled'
  return UNKNOWN
}

function smtOf(root: string): SpecProcessor['smt'] {
  const active = systemFile(`${CPUS}/smt/active`, root)
  if (active === undefined) return UNKNOWN
  return active === '1' ? 'enabled' : 'disabled'
}

function frequencyText(root: string): string {
  const [min, max] = ['min', 'max'].map((end) => systemNumber(`${CPUS}/cpu0/cpufreq/cpuinfo_${end}_freq`, root))
  return min === undefined || max === undefined ? UNKNOWN : `${min / 1000} to ${max / 1000} MHz`
}

function cachesText(root: string): string {
  const folder = `${CPUS}/cpu0/cache`
  const caches = [0, 1, 2, 3].flatMap((index) => {
    const [level, type, size] = ['level', 'type', 'size'].map((file) =>
      systemFile(`${folder}/index${index}/${file}`, root),
    )
    if (level === undefined || size === undefined) return []
    return [`L${level}${type === 'Data' ? 'd' : type === 'Instruction' ? 'i' : ''} ${size.replace(/K$/, ' KiB')}`]
  })
  return caches.length === 0 ? UNKNOWN : caches.join(', ')
}

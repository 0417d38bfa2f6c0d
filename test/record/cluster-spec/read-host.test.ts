// Goal: processors, quotas and memory are read from /proc and /sys as they stand there, in both versions of cgroups, and are
// unknown where nothing stands. Left out: GPUs (devices.test.ts) and this machine's own figures.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cgroupCores, cgroupMemory } from '../../../src/record/cluster-spec/cgroup.ts'
import { readMemory } from '../../../src/record/cluster-spec/read-memory.ts'
import { readNetwork } from '../../../src/record/cluster-spec/read-network.ts'
import { countProcessors, readProcessor } from '../../../src/record/cluster-spec/read-processor.ts'
import { Scratch } from '../../end-to-end/reducible.ts'

/** A file system with these files. */
function planted(files: Readonly<Record<string, string>>): Scratch {
  const scratch = new Scratch()
  for (const [name, text] of Object.entries(files)) {
    const file = join(scratch.path, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${text}\n`)
  }
  return scratch
}

/** Two packages of two cores of two threads. */
function twoSockets(): Record<string, string> {
  const cpus = Array.from({ length: 8 }, (_, cpu) => {
    const folder = `sys/devices/system/cpu/cpu${cpu}`
    return [
      [`${folder}/topology/physical_package_id`, String(Math.floor(cpu / 4))],
      [`${folder}/topology/thread_siblings_list`, `${cpu - (cpu % 2)}-${cpu - (cpu % 2) + 1}`],
      [`${folder}/cpufreq/scaling_governor`, cpu === 7 ? 'powersave' : 'performance'],
    ]
  })
  return Object.fromEntries(cpus.flat())
}

describe('processors', () => {
  it('are counted in packages, cores of a package and threads', () => {
    using scratch = planted({
      ...twoSockets(),
      'sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_min_freq': '1500000',
      'sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq': '3700000',
      'sys/devices/system/cpu/cpu0/cache/index0/level': '1',
      'sys/devices/system/cpu/cpu0/cache/index0/type': 'Data',
      'sys/devices/system/cpu/cpu0/cache/index0/size': '32K',
      'sys/devices/system/cpu/cpu0/cache/index1/level': '2',
      'sys/devices/system/cpu/cpu0/cache/index1/type': 'Unified',
      'sys/devices/system/cpu/cpu0/cache/index1/size': '1024K',
    })
    expect(countProcessors(scratch.path)).toEqual({
      host_processors_per_node: 2,
      host_processor_core_count: 2,
      host_processor_vcpu_count: 8,
      host_processor_frequency: '1500 to 3700 MHz',
      host_processor_caches: 'L1d 32 KiB, L2 1024 KiB',
    })
  })

  it.each([
    [{ 'sys/devices/system/cpu/intel_pstate/no_turbo': '1' }, 'disabled'],
    [{ 'sys/devices/system/cpu/intel_pstate/no_turbo': '0' }, 'enabled'],
    [{ 'sys/devices/system/cpu/cpufreq/boost': '1' }, 'enabled'],
    [{ 'sys/devices/system/cpu/cpufreq/boost': '0' }, 'disabled'],
    [{}, 'unknown'],
  ])('whose kernel has %j have turbo %s', (files, turbo) => {
    using scratch = planted(files as Record<string, string>)
    expect(readProcessor(scratch.path).turbo).toBe(turbo)
  })

  it('say every governor in force, and whether their threads share cores', () => {
    using scratch = planted({ ...twoSockets(), 'sys/devices/system/cpu/smt/active': '1' })
    expect(readProcessor(scratch.path)).toMatchObject({ governor: 'performance, powersave', smt: 'enabled' })
  })

  it('are unknown where the system tells nothing', () => {
    using scratch = planted({})
    expect(Object.values(countProcessors(scratch.path))).toEqual(Array(5).fill('unknown'))
    expect(readProcessor(scratch.path)).toMatchObject({
      stepping: 'unknown',
      microcode: 'unknown',
      flags: 'unknown',
      governor: 'unknown',
      smt: 'unknown',
      cgroupCores: 'unknown',
    })
  })
})

describe('the cgroup', () => {
  it('of version 2 allows what the tightest group on the way up does', () => {
    using scratch = planted({
      'proc/self/cgroup': '0::/pod/box',
      'sys/fs/cgroup/pod/cpu.max': '150000 100000',
      'sys/fs/cgroup/pod/box/cpu.max': 'max 100000',
      'sys/fs/cgroup/pod/memory.max': 'max',
      'sys/fs/cgroup/pod/box/memory.max': '2147483648',
    })
    expect([cgroupCores(scratch.path), cgroupMemory(scratch.path)]).toEqual([1.5, '2.0 GiB'])
  })

  it('of version 1 stands under its controller, and without a limit is unlimited', () => {
    const lines = '4:memory:/box\n1:cpu,cpuacct:/box\n0::/'
    using limited = planted({
      'proc/self/cgroup': lines,
      'sys/fs/cgroup/cpu/box/cpu.cfs_quota_us': '50000',
      'sys/fs/cgroup/cpu/box/cpu.cfs_period_us': '100000',
      'sys/fs/cgroup/memory/box/memory.limit_in_bytes': '1073741824',
    })
    expect([cgroupCores(limited.path), cgroupMemory(limited.path)]).toEqual([0.5, '1.0 GiB'])
    using unlimited = planted({
      'proc/self/cgroup': lines,
      'sys/fs/cgroup/cpu/box/cpu.cfs_quota_us': '-1',
      'sys/fs/cgroup/memory/box/memory.limit_in_bytes': '9223372036854771712',
    })
    expect([cgroupCores(unlimited.path), cgroupMemory(unlimited.path)]).toEqual(['unlimited', 'unlimited'])
  })
})

it('memory says what lies where', () => {
  using scratch = planted({
    'sys/devices/system/node/node0/cpulist': '0-3',
    'sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal:       8388608 kB',
    'sys/devices/system/node/node1/cpulist': '4-7',
    'sys/devices/system/node/node1/meminfo': 'nothing',
  })
  expect(readMemory(scratch.path).memory.numaNodes).toEqual([
    { cpus: '0-3', memory: '8.0 GiB' },
    { cpus: '4-7', memory: 'unknown' },
  ])
  using bare = planted({})
  expect(readMemory(bare.path).memory).toEqual({ cgroupLimit: 'unknown', numaNodes: 'unknown' })
})

it('the interface of an address has its packets and speed, and one of no interface has nothing', () => {
  using scratch = planted({ 'sys/class/net/lo/mtu': '65536', 'sys/class/net/lo/speed': '-1' })
  const loopback = readNetwork('127.0.0.1', scratch.path)
  expect(loopback).toEqual({ interface: 'lo', driver: 'none', mtuBytes: 65536, speedBitsPerSecond: 'unknown' })
  using fast = planted({ 'sys/class/net/lo/mtu': '9000', 'sys/class/net/lo/speed': '25000' })
  expect(readNetwork('127.0.0.1', fast.path)).toMatchObject({ mtuBytes: 9000, speedBitsPerSecond: 25e9 })
  expect(new Set(Object.values(readNetwork('192.0.2.1')))).toEqual(new Set(['unknown']))
})

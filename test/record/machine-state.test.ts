// Goal: what a machine was like over a trial follows from its counters at both ends, and what it does not tell is unknown.
// Left out: real sensors (a machine has the ones it has).
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { MachineWatch } from '../../src/record/machine-state.ts'
import { Scratch } from '../end-to-end/reducible.ts'

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

const pressure = (us: number): string => `some avg10=0.00 avg60=0.00 avg300=0.00 total=${us}\nfull avg10=0.00 total=7\n`

it('shares, sensors and counts come from what the kernel tells', async () => {
  using scratch = new Scratch()
  write(scratch.path, {
    'proc/loadavg': '1.50 1.00 0.50 1/100 42\n',
    'proc/stat': 'cpu  100 0 50 800 20 0 10 20 5 5\ncpu0 1 2 3\n',
    'proc/pressure/cpu': pressure(1_000),
    'proc/pressure/memory': pressure(0),
    'sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq': '1200000\n',
    'sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq': '3400000\n',
    'sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count': '5\n',
    'sys/class/hwmon/hwmon0/name': 'acpitz\n',
    'sys/class/hwmon/hwmon0/temp1_input': '99000\n',
    'sys/class/hwmon/hwmon1/name': 'k10temp\n',
    'sys/class/hwmon/hwmon1/temp1_input': '61500\n',
  })
  const watch = new MachineWatch(scratch.path)
  write(scratch.path, {
    'proc/loadavg': '2.25 1.00 0.50 1/100 42\n',
    'proc/stat': 'cpu  150 0 50 820 20 0 10 50 5 5\ncpu0 1 2 3\n',
    'proc/pressure/cpu': pressure(1_000 + 3_600_000_000), // an hour, in whatever time passed here
    'sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count': '8\n',
  })
  const state = await watch.end(false)
  expect(state).toMatchObject({
    loadAverage: [1.5, 2.25],
    pressure: { cpu: 1, io: 'unknown', memory: 0 },
    stealShare: 0.3, // 30 of 100 ticks
    cpuMhz: [1200, 3400],
    cpuCelsius: 61.5,
    cpuThrottles: 3,
    gpus: [],
  })
  expect(new Date(state.startedAtUtc).toISOString()).toBe(state.startedAtUtc)
})

it('a machine that tells nothing is unknown throughout', async () => {
  using scratch = new Scratch()
  expect(await new MachineWatch(scratch.path).end(false)).toMatchObject({
    loadAverage: 'unknown',
    pressure: { cpu: 'unknown', io: 'unknown', memory: 'unknown' },
    stealShare: 'unknown',
    cpuMhz: 'unknown',
    cpuCelsius: 'unknown',
    cpuThrottles: 'unknown',
  })
})

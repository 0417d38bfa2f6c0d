// Goal: what vendors' tools and /sys say of GPUs comes into a spec whole, and what they do not say as unknown. Left out: that
// the tools exist, and real GPUs.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../../src/core/paths.ts'
import { parseNvidiaSmi, parseNvidiaStates, parseNvidiaTopology } from '../../../src/record/cluster-spec/nvidia-smi.ts'
import { readPciGpus } from '../../../src/record/cluster-spec/pci-gpus.ts'
import { parseRocmSmi } from '../../../src/record/cluster-spec/rocm-smi.ts'
import { Scratch } from '../../end-to-end/reducible.ts'

const fixture = (name: string): string => readFileSync(join(projectRoot, 'test/fixtures/cluster', name), 'utf8')

describe('nvidia-smi', () => {
  const [h100, t4, ...more] = parseNvidiaSmi(fixture('nvidia-smi-two.xml'))

  it('lists every GPU with its identity, memory, power limit in force and instances', () => {
    expect(more).toEqual([])
    expect(h100).toEqual({
      source: 'nvidia-smi',
      model: 'NVIDIA H100 80GB HBM3',
      vendorId: '0x10de',
      deviceId: '0x2330',
      revision: 'unknown',
      pciBusId: '0000:1a:00.0',
      uuid: 'GPU-00000000-0000-0000-0000-00000000000a',
      driver: '550.54.15',
      vbios: '96.00.74.00.01',
      memory: '79.6 GiB',
      ecc: 'enabled',
      powerLimitWatts: 650,
      pcie: 'PCIe Gen5 x16',
      partitions: 'MIG, 2 instances',
    })
  })

  it('of an older GPU finds the limit under its old name, and unknown for N/A and for what is not there', () => {
    expect(t4).toMatchObject({
      model: 'Tesla T4',
      powerLimitWatts: 70,
      uuid: 'GPU-00000000-0000-0000-0000-00000000000b',
    })
    const { deviceId, vbios, memory, ecc, pcie, partitions } = t4
    expect([deviceId, vbios, memory, ecc, pcie, partitions]).toEqual(Array(6).fill('unknown'))
  })

  it('says of a GPU at work its clock, heat and power, and what holds it back', () => {
    const listing = (reasons: string): string => `<gpu id="0"><uuid>GPU-a</uuid>${reasons}
      <temperature><gpu_temp>64 C</gpu_temp></temperature>
      <gpu_power_readings><instant_power_draw>312.45 W</instant_power_draw></gpu_power_readings>
      <clocks><graphics_clock>1755 MHz</graphics_clock></clocks></gpu>`
    const active = (name: string): string => `<${name}>Active</${name}>`
    const now = `<clocks_event_reasons>${active('clocks_event_reason_sw_power_cap')}${active('clocks_event_reason_gpu_idle')}
      <clocks_event_reason_hw_slowdown>Not Active</clocks_event_reason_hw_slowdown></clocks_event_reasons>`
    const before = `<clocks_throttle_reasons>${active('clocks_throttle_reason_hw_thermal_slowdown')}</clocks_throttle_reasons>`
    const atWork = { uuid: 'GPU-a', clockMhz: 1755, celsius: 64, watts: 312.45 }
    expect(parseNvidiaStates(listing(now))).toEqual([{ ...atWork, throttledBy: ['sw_power_cap'] }])
    expect(parseNvidiaStates(listing(before))).toEqual([{ ...atWork, throttledBy: ['hw_thermal_slowdown'] }])
    expect(parseNvidiaStates('<gpu id="0"><uuid>GPU-a</uuid></gpu>')).toEqual([
      { uuid: 'GPU-a', clockMhz: 'unknown', celsius: 'unknown', watts: 'unknown', throttledBy: 'unknown' },
    ])
  })

  it('that prints nothing lists nothing', () => {
    expect(parseNvidiaSmi('')).toEqual([])
    expect(parseNvidiaStates('')).toEqual([])
  })

  it('says what joins each pair of GPUs, and leaves out network cards', () => {
    expect(parseNvidiaTopology(fixture('nvidia-topology.txt'))).toEqual([
      { gpus: [0, 1], link: 'NV18' },
      { gpus: [0, 2], link: 'SYS' },
      { gpus: [1, 2], link: 'PHB' },
    ])
    expect(parseNvidiaTopology('nothing like it')).toEqual([])
  })
})

it('rocm-smi lists every card, whichever way it spells its keys', () => {
  const [first, second] = parseRocmSmi(fixture('rocm-smi.json'))
  expect(first).toMatchObject({
    model: 'Instinct MI250X',
    vendorId: '0x1002',
    deviceId: '0x740c',
    revision: 'unknown',
    pciBusId: '0000:c1:00.0',
    driver: '6.3.6',
    memory: '64.0 GiB',
    powerLimitWatts: 560,
  })
  expect(second).toMatchObject({ model: 'Instinct MI250X', revision: '0x01', uuid: 'unknown', memory: 'unknown' })
})

describe('/sys', () => {
  function plant(root: string, device: string, files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = join(root, 'sys/bus/pci/devices', device, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${text}\n`)
    }
  }

  it('knows GPUs by their class and maker, and not the chips of management boards', () => {
    using scratch = new Scratch()
    const gpu = { vendor: '0x1002', device: '0x740c', class: '0x038000', revision: '0x01' }
    const link = { current_link_speed: '16.0 GT/s PCIe', current_link_width: '16', mem_info_vram_total: '68702699520' }
    plant(scratch.path, '0000:c1:00.0', { ...gpu, ...link })
    symlinkSync('../../../bus/pci/drivers/amdgpu', join(scratch.path, 'sys/bus/pci/devices/0000:c1:00.0/driver'))
    plant(scratch.path, '0000:02:00.0', { vendor: '0x1a03', device: '0x2000', class: '0x030000' }) // a management board
    plant(scratch.path, '0000:03:00.0', { vendor: '0x10de', device: '0x1aef', class: '0x040300' }) // a GPU's sound
    expect(readPciGpus(scratch.path)).toEqual([
      expect.objectContaining({
        model: 'AMD 0x740c',
        revision: '0x01',
        driver: 'amdgpu',
        memory: '64.0 GiB',
        pcie: '16.0 GT/s PCIe x16',
        uuid: 'unknown',
      }),
    ])
  })

  it('without a PCI bus has no GPU', () => {
    using scratch = new Scratch()
    expect(readPciGpus(scratch.path)).toEqual([])
  })
})

// Goal: a GPU is named only where it can be no other, and ranks that share one are told apart from ranks of which nobody knows.
// Left out: real hardware, which no test machine has; the files are as NVIDIA's driver and Linux write them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gpuIdentity, sharesGpu } from '../../src/gradient/gpu/gpu-identity.ts'

const UUID = 'GPU-01234567-89ab-cdef-0123-456789abcdef'
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reducible-gpus-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function put(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function pciDevice(busId: string, vendor: string, pciClass: string): void {
  put(`sys/bus/pci/devices/${busId}/vendor`, `${vendor}\n`)
  put(`sys/bus/pci/devices/${busId}/class`, `${pciClass}\n`)
}

function nvidiaGpu(busId: string, uuid: string): void {
  pciDevice(busId, '0x10de', '0x030200')
  put(`proc/driver/nvidia/gpus/${busId}/information`, `Model: \t\t A GPU\nGPU UUID: \t ${uuid}\nBus Type: \t PCIe\n`)
}

describe('the GPU behind an adapter', () => {
  const nvidia = { vendor: 'nvidia', software: false }

  it('is the only one that its driver sees, by its UUID', () => {
    nvidiaGpu('0000:65:00.0', UUID)
    pciDevice('0000:b1:00.0', '0x10de', '0x030200') // of the host, and not of this container
    expect(gpuIdentity(nvidia, root)).toBe(UUID)
  })

  it('is its bus ID on this host, where the driver keeps the UUID to itself or has none', () => {
    nvidiaGpu('0000:65:00.0', 'GPU-????????-????-????-????-????????????')
    pciDevice('0000:03:00.0', '0x1002', '0x038000')
    pciDevice('0000:03:00.1', '0x1002', '0x040300') // its sound
    expect(gpuIdentity(nvidia, root)).toBe(`${hostname()} 0000:65:00.0`)
    expect(gpuIdentity({ vendor: 'amd', software: false }, root)).toBe(`${hostname()} 0000:03:00.0`)
  })

  it('is the one of several whose device this process may open', () => {
    const other = UUID.replace('0', '1')
    nvidiaGpu('0000:65:00.0', `${UUID}\nDevice Minor: \t 0`)
    nvidiaGpu('0000:b1:00.0', `${other}\nDevice Minor: \t 1`)
    put('dev/nvidia0/refused', '') // a folder: nobody can open it to write
    put('dev/nvidia1', '')
    expect(gpuIdentity(nvidia, root)).toBe(other)
    for (const busId of ['0000:03:00.0', '0000:83:00.0']) pciDevice(busId, '0x1002', '0x038000')
    put('sys/bus/pci/devices/0000:03:00.0/drm/renderD128/dev', '226:128')
    put('sys/bus/pci/devices/0000:83:00.0/drm/renderD129/dev', '226:129')
    put('dev/dri/renderD129', '')
    expect(gpuIdentity({ vendor: 'amd', software: false }, root)).toBe(`${hostname()} 0000:83:00.0`)
    put('dev/dri/renderD128', '')
    expect(gpuIdentity({ vendor: 'amd', software: false }, root)).toBe('unknown')
  })

  it('is unknown among twins, of a vendor nobody knows, and where there is nothing to read', () => {
    nvidiaGpu('0000:65:00.0', UUID)
    nvidiaGpu('0000:b1:00.0', UUID.replace('0', '1'))
    expect(gpuIdentity(nvidia, root)).toBe('unknown')
    expect(gpuIdentity({ vendor: 'voodoo', software: false }, root)).toBe('unknown')
    expect(gpuIdentity({ vendor: 'intel', software: false }, root)).toBe('unknown')
  })

  it('is none for a software adapter', () => {
    nvidiaGpu('0000:65:00.0', UUID)
    expect(gpuIdentity({ vendor: 'nvidia', software: true }, root)).toBeNull()
  })
})

it.each([
  [[null, null], 1, null],
  [['a'], 1, false],
  [['unknown'], 1, false],
  [['a'], 2, true],
  [['a', 'b'], 1, false],
  [['a', 'b', 'a'], 1, true],
  [['a', 'unknown'], 1, 'unknown'],
  [['unknown', 'unknown'], 1, 'unknown'],
  [['a', 'a', 'unknown'], 1, true],
  [['a', null], 1, false],
] as const)('nodes on %j with %i ranks each share: %j', (gpuByNode, ranksPerNode, shared) => {
  expect(sharesGpu(gpuByNode, ranksPerNode)).toBe(shared)
})

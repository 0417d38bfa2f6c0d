import { stripVTControlCharacters } from 'node:util'
import { formatMemory } from '../../core/units.ts'
import { type SpecDevice, UNKNOWN } from './schema.ts'

/**
 * The GPUs that `nvidia-smi -q -x` lists. What it calls N/A, or an older driver does not say, is `unknown`.
 * @source the tags of NVIDIA's nvsmi_device DTDs, versions 9 to 12.
 */
export function parseNvidiaSmi(xml: string): SpecDevice[] {
  const driver = tagIn(xml, 'driver_version')
  return [...xml.matchAll(/<gpu id="[^"]*">(.*?)<\/gpu>/gs)].map(([, gpu]): SpecDevice => {
    const deviceId = tagIn(gpu, 'pci_device_id') // device and vendor, four hex digits each
    const known = /^[0-9a-f]{8}$/i.test(deviceId)
    return {
      source: 'nvidia-smi',
      model: tagIn(gpu, 'product_name'),
      vendorId: known ? `0x${deviceId.slice(4).toLowerCase()}` : UNKNOWN,
      deviceId: known ? `0x${deviceId.slice(0, 4).toLowerCase()}` : UNKNOWN,
      revision: UNKNOWN, // nvidia-smi does not print it
      pciBusId: shortBusId(tagIn(gpu, 'pci_bus_id')),
      uuid: tagIn(gpu, 'uuid'),
      driver,
      vbios: tagIn(gpu, 'vbios_version'),
      memory: memoryText(tagIn(sectionIn(gpu, 'fb_memory_usage'), 'total')),
      ecc: tagIn(gpu, 'current_ecc').toLowerCase(),
      powerLimitWatts: watts(gpu),
      pcie: pcieText(gpu),
      partitions: partitionsText(gpu),
    }
  })
}

/** A GPU at work. */
export interface GpuState {
  readonly uuid: string
  readonly clockMhz: number | typeof UNKNOWN
  readonly celsius: number | typeof UNKNOWN
  readonly watts: number | typeof UNKNOWN
  /** Why its clock is not higher, in the tool's words; none: nothing holds it back, or it is idle. */
  readonly throttledBy: readonly string[] | typeof UNKNOWN
}

/** The same listing, for what changes: clocks, heat, power. @source as `parseNvidiaSmi`. */
export function parseNvidiaStates(xml: string): GpuState[] {
  return [...xml.matchAll(/<gpu id="[^"]*">(.*?)<\/gpu>/gs)].map(([, gpu]) => ({
    uuid: tagIn(gpu, 'uuid'),
    clockMhz: numberIn(sectionIn(gpu, 'clocks'), 'graphics_clock'),
    celsius: numberIn(sectionIn(gpu, 'temperature'), 'gpu_temp'),
    watts:
      [numberIn(gpu, 'instant_power_draw'), numberIn(gpu, 'power_draw')].find((each) => each !== UNKNOWN) ?? UNKNOWN,
    throttledBy: throttledBy(gpu),
  }))
}

/** Driver 530 and later say `event`, those before `throttle`. An idle GPU is held back by nothing. */
function throttledBy(gpu: string): GpuState['throttledBy'] {
  const reasons = sectionIn(gpu, 'clocks_event_reasons') || sectionIn(gpu, 'clocks_throttle_reasons')
  if (reasons === '') return UNKNOWN
  const active = [...reasons.matchAll(/<clocks_(?:event|throttle)_reason_(\w+)>Active</g)].map(([, reason]) => reason)
  return active.filter((reason) => reason !== 'gpu_idle' && reason !== 'applications_clocks_setting')
}

/** A pair of GPUs, by their place in `nvidia-smi`, and what joins them: `NV18`, `PIX`, `PHB`, `SYS`, … */
export interface GpuLink {
  readonly gpus: readonly [number, number]
  readonly link: string
}

/** The matrix that `nvidia-smi topo -m` prints; none where there is no other GPU. */
export function parseNvidiaTopology(text: string): GpuLink[] {
  // Its header is underlined by terminal codes even in a pipe.
  const lines = stripVTControlCharacters(text).split('\n')
  const rows = lines.map((line) => line.split(/\t+/).map((word) => word.trim()))
  const header = rows.find((row) => row.includes('GPU0') && !row[0].startsWith('GPU'))
  if (header === undefined) return []
  return rows.flatMap((row): GpuLink[] => {
    const from = /^GPU(\d+)$/.exec(row[0])?.[1]
    if (from === undefined || row === header) return []
    return row.flatMap((link, column): GpuLink[] => {
      const to = /^GPU(\d+)$/.exec(header[column] ?? '')?.[1]
      return column === 0 || to === undefined || Number(to) <= Number(from)
        ? []
        : [{ gpus: [Number(from), Number(to)], link }]
    })
  })
}

function sectionIn(xml: string, name: string): string {
  return new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? ''
}

function tagIn(xml: string, name: string): string {
  const value = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1].trim()
  return value === undefined || value === '' || /^(N\/A|\[N\/A\]|Unknown Error)$/i.test(value) ? UNKNOWN : value
}

function numberIn(xml: string, name: string): number | typeof UNKNOWN {
  const value = Number.parseFloat(tagIn(xml, name))
  return Number.isFinite(value) ? value : UNKNOWN
}

/** `00000000:1A:00.0` as /sys writes it: `0000:1a:00.0`. */
function shortBusId(busId: string): string {
  return busId.toLowerCase().replace(/^0{4}([0-9a-f]{4}:)/, '$1')
}

function memoryText(mebibytes: string): string {
  const value = /^(\d+) MiB$/.exec(mebibytes)?.[1]
  return value === undefined ? UNKNOWN : formatMemory(Number(value) * 2 ** 20)
}

/** The limit in force: `current_power_limit` from driver 530 on, `power_limit` before. */
function watts(gpu: string): number | typeof UNKNOWN {
  const text = [tagIn(gpu, 'current_power_limit'), tagIn(gpu, 'power_limit')].find((each) => each !== UNKNOWN)
  const value = Number.parseFloat(text ?? '')
  return value > 0 ? value : UNKNOWN
}

function pcieText(gpu: string): string {
  const [generation, width] = [tagIn(gpu, 'max_link_gen'), tagIn(gpu, 'max_link_width')]
  return generation === UNKNOWN || width === UNKNOWN
    ? UNKNOWN
    : `PCIe Gen${generation} ${width.replace(/^(\d+)x$/, 'x$1')}`
}

function partitionsText(gpu: string): string {
  const mode = tagIn(gpu, 'current_mig')
  if (mode === UNKNOWN) return UNKNOWN
  if (mode !== 'Enabled') return 'none'
  const count = [...gpu.matchAll(/<mig_device>/g)].length
  return `MIG, ${count} instances`
}

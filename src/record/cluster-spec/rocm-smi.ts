import { formatMemory } from '../../core/units.ts'
import { type SpecDevice, UNKNOWN } from './schema.ts'

/** What `parseRocmSmi` reads is asked for by these. */
export const ROCM_SMI_FLAGS = [
  '--showproductname',
  '--showid',
  '--showuniqueid',
  '--showvbios',
  '--showbus',
  '--showdriverversion',
  '--showmeminfo',
  'vram',
  '--showmaxpower',
  '--json',
]

/** The GPUs that `rocm-smi … --json` lists. The same key is spelled in several ways over its versions: case is ignored. */
export function parseRocmSmi(json: string): SpecDevice[] {
  const cards = JSON.parse(json) as Record<string, Record<string, string>>
  const driver = said(cards.system ?? {}, 'driver version')
  return Object.entries(cards)
    .filter(([name]) => /^card\d+$/.test(name))
    .map(([, card]): SpecDevice => {
      const bytes = Number(said(card, 'vram total memory (b)'))
      const limit = Number(said(card, 'max graphics package power (w)'))
      return {
        source: 'rocm-smi',
        model: said(card, 'card series', 'device name', 'card model'),
        vendorId: '0x1002',
        deviceId: said(card, 'device id', 'gpu id', 'card model'),
        revision: said(card, 'device rev'),
        pciBusId: said(card, 'pci bus').toLowerCase(),
        uuid: said(card, 'unique id'),
        driver,
        vbios: said(card, 'vbios version'),
        memory: bytes > 0 ? formatMemory(bytes) : UNKNOWN,
        ecc: UNKNOWN,
        powerLimitWatts: limit > 0 ? limit : UNKNOWN,
        pcie: UNKNOWN,
        partitions: UNKNOWN,
      }
    })
}

/** Under the first of these keys that it has. */
function said(card: Readonly<Record<string, string>>, ...keys: readonly string[]): string {
  const values = keys.map((key) =>
    Object.entries(card)
      .find(([name]) => name.toLowerCase() === key)?.[1]
      .trim(),
  )
  return values.find((value) => value !== undefined && value !== '' && value !== 'N/A') ?? UNKNOWN
}

import { systemFile } from './system-files.ts'

/** What Linux tells of a processor beyond its name. */
export interface ProcessorDetails {
  /**
   * The instruction sets it has, among those that decide how numbers are added: vectors change the order of a sum, fused
   * multiply-add and narrow floats its rounding.
   */
  readonly cpuFlags: readonly string[] | 'unknown'
  /** Of an ARM processor its revision. */
  readonly cpuStepping: string
  readonly microcode: string
}

const X86 = /^(sse2|sse4_[12]|avx|avx2|avx_vnni\w*|avx512\w*|avx10\w*|fma|fma4|f16c|amx_\w+)$/
const ARM = /^(neon|asimd\w*|fphp|sve\w*|sme\w*|bf16|ebf16|i8mm)$/

/** Of the first processor of this machine. @param root where the file system begins. */
export function captureProcessor(root = '/'): ProcessorDetails {
  return parseProcessor(systemFile('proc/cpuinfo', root) ?? '')
}

/** Reads the first processor of a /proc/cpuinfo; what does not stand there is `unknown`. */
export function parseProcessor(cpuinfo: string): ProcessorDetails {
  const [first] = cpuinfo.split('\n\n')
  const fields = new Map(first.split('\n').map((line) => [nameIn(line), line.slice(line.indexOf(':') + 1).trim()]))
  const flags = namesIn(fields.get('flags'), X86) ?? namesIn(fields.get('Features'), ARM)
  return {
    cpuFlags: flags ?? 'unknown',
    cpuStepping: fields.get('stepping') ?? fields.get('CPU revision') ?? 'unknown',
    microcode: fields.get('microcode') ?? 'unknown',
  }
}

function nameIn(line: string): string {
  return line.slice(0, line.indexOf(':')).trim()
}

function namesIn(names: string | undefined, deciding: RegExp): string[] | undefined {
  return names
    ?.split(' ')
    .filter((name) => deciding.test(name))
    .sort()
}

// Goal: of a processor the record says what decides arithmetic, and unknown where the system does not tell. Left out: the
// rest of the host.
import { describe, expect, it } from 'vitest'
import { captureHost } from '../../src/record/host.ts'
import { parseProcessor } from '../../src/record/processor.ts'

const X86 = `processor	: 0
model name	: A processor
stepping	: 1
microcode	: 0xa101148
flags		: fpu sse sse2 ssse3 fma sse4_1 sse4_2 aes avx f16c avx2 avx512f avx512_bf16 smep
bogomips	: 5192.27

processor	: 1
stepping	: 2
flags		: sse2
`
const ARM = `processor	: 0
BogoMIPS	: 50.00
Features	: fp asimd evtstrm aes fphp asimdhp sve svebf16 bf16
CPU implementer	: 0x41
CPU variant	: 0x1
CPU revision	: 3
`

describe('a processor', () => {
  it('of the x86 kind has its vectors, fused operations, stepping and microcode; the first one counts', () => {
    expect(parseProcessor(X86)).toEqual({
      cpuFlags: ['avx', 'avx2', 'avx512_bf16', 'avx512f', 'f16c', 'fma', 'sse2', 'sse4_1', 'sse4_2'],
      cpuStepping: '1',
      microcode: '0xa101148',
    })
  })

  it('of the ARM kind has its vectors and its revision', () => {
    expect(parseProcessor(ARM)).toEqual({
      cpuFlags: ['asimd', 'asimdhp', 'bf16', 'fphp', 'sve', 'svebf16'],
      cpuStepping: '3',
      microcode: 'unknown',
    })
  })

  it('that the system says nothing of is unknown', () => {
    expect(parseProcessor('')).toEqual({ cpuFlags: 'unknown', cpuStepping: 'unknown', microcode: 'unknown' })
  })

  it.runIf(process.platform === 'linux')('of this machine has vectors', () => {
    expect(captureHost().cpuFlags).toEqual(expect.arrayContaining([expect.stringMatching(/^(sse2|asimd|neon)$/)]))
  })
})

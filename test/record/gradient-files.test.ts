// Goal: gradients that somebody dumped are read as they are, from f16, f32 and f64 of either byte order; what is missing, unlike or
// not finite is refused in a sentence that names the file. Left out: PyTorch (test/record/dump-gradients.test.ts).
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReducibleError } from '../../src/core/errors.ts'
import { readGradientFiles } from '../../src/record/gradient-files.ts'
import { writeNpy } from '../../src/record/npy.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gradients-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

function dump(name: string, values: readonly number[], shape?: readonly number[]): void {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeNpy(file, Float32Array.from(values), shape)
}

/** As numpy.save writes it, version 1.0. */
function dumpBytes(name: string, descr: string, count: number, bytes: Uint8Array): void {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${count},), }`
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length & 255, padded.length >> 8])
  writeFileSync(join(folder, name), Buffer.concat([head, Buffer.from(padded), bytes]))
}

function refusalOf(pattern = 'step*/rank*.npy'): string {
  try {
    readGradientFiles(pattern, folder)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ReducibleError)
    return (thrown as ReducibleError).sentence
  }
  return expect.unreachable()
}

describe('a gradient dump', () => {
  it('is a set a step, in the order of the steps, a vector a rank in the order of the ranks', () => {
    for (const step of [2, 10]) for (let rank = 0; rank < 11; rank++) dump(`step${step}/rank${rank}.npy`, [step, rank])
    const sets = readGradientFiles('step*/rank*.npy', folder)
    expect(sets.map(({ name }) => name)).toEqual(['step2', 'step10'])
    expect(sets[1].vectors.map((vector) => [...vector])).toEqual(Array.from({ length: 11 }, (_, rank) => [10, rank]))
    expect(sets[0]).toMatchObject({ dtype: 'float32', largestChange: 0 })
  })

  it('is read from either byte order, and f64 is rounded to f32, with the largest relative change', () => {
    const big = Buffer.alloc(16)
    big.writeDoubleBE(1.5, 0)
    big.writeDoubleBE(1 + 2 ** -30, 8)
    dumpBytes('rank0.npy', '>f8', 2, big)
    dumpBytes('rank1.npy', '<f8', 2, new Uint8Array(Float64Array.of(2, 3).buffer))
    const [set] = readGradientFiles('rank*.npy', folder)
    expect(set.vectors.map((vector) => [...vector])).toEqual([
      [1.5, 1],
      [2, 3],
    ])
    expect(set.dtype).toBe('float64')
    expect(set.largestChange).toBeCloseTo(2 ** -30, 15)
  })

  it('holds f16 exactly', () => {
    for (const rank of [0, 1]) dumpBytes(`rank${rank}.npy`, '<f2', 2, Uint8Array.of(0, 0x3c, 1, 0))
    const [set] = readGradientFiles('rank*.npy', folder)
    expect([...set.vectors[0]]).toEqual([1, 2 ** -24])
    expect(set).toMatchObject({ dtype: 'float16', largestChange: 0 })
  })

  it('is refused with the rank that is missing, or is there twice', () => {
    for (const rank of [0, 2]) dump(`step1/rank${rank}.npy`, [1])
    expect(refusalOf()).toMatch(
      /^\[invalid-run\] .*step1 has no file of rank 1\. Dump the step again, a file a rank\.$/,
    )
    dump('step1/rank1.npy', [1])
    expect(readGradientFiles('step*/rank*.npy', folder)).toHaveLength(1)
    dump('step1/rank-1.npy', [1])
    expect(refusalOf()).toContain('two files of rank 1')
  })

  it('is refused where it is of one rank, which adds nothing', () => {
    dump('step1/rank0.npy', [1])
    expect(refusalOf()).toContain('step1 has one rank')
  })

  it('is refused where steps have other ranks', () => {
    for (const rank of [0, 1]) dump(`step1/rank${rank}.npy`, [1])
    dump('step2/rank0.npy', [1])
    expect(refusalOf()).toContain('step2 has 1 ranks, another step has 2')
  })

  it('is refused where shapes or dtypes differ, with both', () => {
    dump('step1/rank0.npy', [1, 2, 3, 4], [2, 2])
    dump('step1/rank1.npy', [1, 2, 3, 4])
    expect(refusalOf()).toMatch(/rank1\.npy has shape \(4\), .*rank0\.npy has \(2, 2\)/)
    dumpBytes('rank0.npy', '<f4', 1, new Uint8Array(4))
    dumpBytes('rank1.npy', '<f8', 1, new Uint8Array(8))
    expect(refusalOf('rank*.npy')).toMatch(/rank1\.npy is float64, .*rank0\.npy is float32/)
  })

  it('is refused where an element is no finite f32', () => {
    dump('step1/rank0.npy', [1, 2])
    dump('step1/rank1.npy', [1, Number.NaN])
    expect(refusalOf()).toMatch(/element 1 of .*rank1\.npy is NaN/)
    for (const rank of [0, 1]) {
      dumpBytes(`rank${rank}.npy`, '<f8', 1, new Uint8Array(Float64Array.of(1e300).buffer))
    }
    expect(refusalOf('rank*.npy')).toContain('is 1e+300, which f32 cannot hold')
  })

  it('is refused where it is empty, unreadable, nameless or not there', () => {
    expect(refusalOf()).toContain("no file matches 'step*/rank*.npy'")
    dump('step1/rank0.npy', [])
    expect(refusalOf()).toContain('is empty')
    dump('step1/mine.npy', [1])
    expect(refusalOf('step1/mine.npy')).toContain('does not say its rank')
    writeFileSync(join(folder, 'rank0.npy'), 'not numpy')
    expect(refusalOf('rank0.npy')).toContain('cannot read')
  })
})

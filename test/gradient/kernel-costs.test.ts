// Goal: what `gpu bench` counts per dispatch is what the kernel reads, writes, adds and multiplies: formulas against
// counts made by hand on small shapes, and the constants of arithmetic.wgsl against its text. Left out: speed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { againstRoofline } from '../../src/gradient/gpu/gpu-bench.ts'
import { kernelCost } from '../../src/gradient/gpu/kernel-costs.ts'
import { type KernelName, kernelsFolder } from '../../src/gradient/gpu/kernels.ts'

const f32 = 4

/** A kernel, the words of its Params, and bytes and flops written out element by element. */
const BY_HAND: readonly [kernel: KernelName, params: number[], bytes: number, flops: number][] = [
  // 2 rows of 3: row ids, targets in and out, six features in and out
  ['gather-rows-f32', [2, 3, 0, 1], 2 * f32 + 2 * f32 + 2 * f32 + 6 * f32 + 6 * f32, 0],
  // 2 rows of 4: row ids, labels in and out, eight bytes in, eight floats out; eight scalings
  ['gather-rows-u8', [2, 4, 0, 1], 2 * f32 + 2 * f32 + 2 * f32 + 8 + 8 * f32, 8],
  // 3 images of 2 × 2
  ['gather-shifted-u8', [3, 2, 0, 1, 1], 3 * f32 + 3 * f32 + 3 * f32 + 12 + 12 * f32, 12],
  // 1 row of 2: x, w, y in, residual, loss, hit out; x0·w0 + x1·w1 − y is 2 products and 2 sums, the square 1
  ['least-squares', [1, 2], 2 * f32 + 2 * f32 + f32 + 3 * f32, 5],
  // 1 row of 4 columns, 2 outputs: x, 5 × 2 weights, 2 outputs; 2 × (4 products, 4 sums, the bias)
  ['dense-forward', [1, 4, 2, 0, 1], 4 * f32 + 10 * f32 + 2 * f32, 18],
  ['relu-dropout', [2, 4, 0, 0, 9, 1, 1], 8 * f32 + 8 * f32, 8],
  // 1 row of 2: logits and label in, 2 deltas, loss, hit out;
  // 2 differences, 2 exponentials, 1 sum, the inverse, 2 products, 2 sums, the logarithm, 2 sums
  ['softmax-cross-entropy', [1, 2], 2 * f32 + f32 + 2 * f32 + 2 * f32, 2 + 2 * 19 + 1 + 16 + 2 + 2 + 25 + 2],
  // 1 row of 3 columns, 2 outputs: delta, 3 × 2 weights, 3 units in, 3 deltas out; 3 × (2 products, 2 sums, the scale)
  ['dense-backward', [1, 3, 2, 0, 1, 1], 2 * f32 + 6 * f32 + 3 * f32 + 3 * f32, 15],
  // 65 rows are two blocks; 2 columns, 1 output, a bias and the loss: x, delta, loss in, 2 × 4 sums out
  ['dense-gradient', [65, 2, 1, 1, 0, 4], 130 * f32 + 65 * f32 + 65 * f32 + 8 * f32, 65 * 2 * 2 + 63 + 63],
  // the same as a layer that another follows: the loss is not its own
  ['dense-gradient', [65, 2, 1, 1, 0, 9], 130 * f32 + 65 * f32 + 6 * f32, 65 * 2 * 2 + 63],
  ['sum-blocks', [3, 5, 0, 1], 15 * f32 + 5 * f32, 10],
  ['sum-blocks', [3, 5, 1, 1], 15 * f32 + 5 * f32 + 5 * f32, 15],
  // 10 rows: losses and hits in, two sums out; 10 + 63 additions twice
  // three blocks in, ten words and the flags out; no f32 is added
  ['sum-blocks-exact', [3, 5, 0, 1], 15 * f32 + 55 * 4, 0],
  ['sum-blocks-exact', [3, 5, 1, 1], 15 * f32 + 110 * 4, 0],
  ['mean-loss', [10, 0, 10], 10 * f32 + 10 * f32 + 2 * f32, 146],
  // the same in groups of 4: three times two sums out, and two times three trees
  ['mean-loss', [10, 0, 4], 10 * f32 + 10 * f32 + 6 * f32, 2 * (10 + 3 * 63)],
  ['sgd-update', [7, 0, 0, 1], 7 * 3 * f32, 21],
  ['momentum-update', [7, 0, 0, 0, 1], 7 * 5 * f32, 35],
  ['weights-hash', [7, 7], 7 * f32 + 2 * 4 * f32, 0],
]

describe('the cost of a dispatch', () => {
  it.each(BY_HAND)('of %s over %j is what a hand counts', (kernel, params, bytes, flops) => {
    expect(kernelCost(kernel, params)).toMatchObject({ bytes, flops })
  })

  it('is known of every kernel in kernels/', () => {
    const files = readdirSync(kernelsFolder).filter((file) => file.endsWith('.wgsl'))
    const entered = files.filter((file) => readFileSync(join(kernelsFolder, file), 'utf8').includes('@compute'))
    expect(new Set(BY_HAND.map(([kernel]) => `${kernel}.wgsl`))).toEqual(new Set(entered))
  })

  // In each function a call of add or mul stands for one operation, but in reciprocal's loop for four.
  it.each([
    ['exponential', 19, 1],
    ['logarithm', 25, 1],
    ['reciprocal', 16, 4],
  ])('counts %s as the %i operations of its text', (name, flops, times) => {
    const text = readFileSync(join(kernelsFolder, 'arithmetic.wgsl'), 'utf8')
    const body = text.split(`fn ${name}(`)[1].split('\n}')[0]
    expect((body.match(/\b(add|mul)\(/g)?.length ?? 0) * times).toBe(flops)
  })
})

describe('the roofline', () => {
  const roofline = {
    copyBandwidthBytesPerSecond: 10e9,
    multiplyAddFlopsPerSecond: 20e9,
    upload: { latencyNs: 1, bandwidthBytesPerSecond: 1 },
    readback: { latencyNs: 1, bandwidthBytesPerSecond: 1 },
    launchNs: 1,
  }

  it('is bandwidth · intensity where a kernel has little to compute', () => {
    // half a flop a byte: at most 10 GB/s · 0.5 = 5 GFLOP/s; 1 GFLOP in 0.4 s is 2.5
    const { bound, rooflineShare, flopsPerSecond } = againstRoofline(
      roofline,
      { shape: [], bytes: 2e9, flops: 1e9 },
      4e8,
    )
    expect({ bound, flopsPerSecond }).toEqual({ bound: 'bandwidth', flopsPerSecond: 2.5e9 })
    expect(rooflineShare).toBeCloseTo(0.5, 12)
  })

  it('is the multiply-add rate where it has much', () => {
    const { bound, rooflineShare } = againstRoofline(roofline, { shape: [], bytes: 1e9, flops: 10e9 }, 1e9)
    expect(bound).toBe('multiply-add')
    expect(rooflineShare).toBeCloseTo(0.5, 12)
  })
})

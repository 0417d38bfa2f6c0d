// Goal: `gpu bench` measures every kernel that training dispatches, and the ceilings it holds them against. Left out: how
// fast anything is; a benchmark prints that.
import { expect, it } from 'vitest'
import type { GpuBench } from '../../src/gradient/gpu/gpu-bench.ts'
import { documentOf, reducible } from './reducible.ts'

const KERNELS = {
  'capstone-41.8': ['sgd-update', 'weights-hash', 'gather-rows-f32', 'least-squares', 'dense-gradient', 'sum-blocks'],
  'mnist-softmax': ['gather-rows-u8', 'dense-forward', 'softmax-cross-entropy', 'dense-gradient', 'mean-loss'],
  'mnist-mlp': ['momentum-update', 'gather-shifted-u8', 'relu-dropout', 'dense-backward', 'dense-gradient'],
}

it('gives every kernel of the training paths a time, a rate and a share of the roofline', async () => {
  const finished = await reducible(['gpu', 'bench', '--adapter', 'swiftshader', '--json'])
  expect(finished.status, finished.stderr).toBe(0)
  const { adapter, roofline, kernels } = documentOf(finished) as unknown as GpuBench
  expect(adapter.software).toBe(true)
  const { upload, readback, ...others } = roofline
  for (const value of Object.values({ ...upload, ...others })) expect(value).toBeGreaterThan(0)
  for (const value of Object.values(readback)) expect(value).toBeGreaterThan(0)
  for (const [workload, wanted] of Object.entries(KERNELS)) {
    const measured = kernels.filter((one) => one.workload === workload)
    expect(measured.map(({ kernel }) => kernel)).toEqual(expect.arrayContaining(wanted))
  }
  for (const { kernel, durationNs, bytesPerSecond, rooflineShare, flops, flopsPerSecond } of kernels) {
    expect(Math.min(durationNs, bytesPerSecond, rooflineShare), kernel).toBeGreaterThan(0)
    expect(flopsPerSecond > 0, kernel).toBe(flops > 0)
  }
})

it('refuses an adapter that does not exist', async () => {
  const { status, stderr } = await reducible(['gpu', 'bench', '--adapter', 'voodoo'])
  expect(status).toBe(64)
  expect(stderr).toContain("no adapter matches 'voodoo'")
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ReducibleError } from '../../core/errors.ts'
import { quantile } from '../../stats/quantiles.ts'
import type { OpenDevice } from './device.ts'
import { type Encodable, encodeDispatch } from './dispatch.ts'
import { kernelsFolder } from './kernels.ts'

/** A way between host and device. */
export interface TransferSpeed {
  /** p50 of moving four bytes, call to completion. */
  readonly latencyNs: number
  /** Of 64 MiB, at the p50 of its duration. */
  readonly bandwidthBytesPerSecond: number
}

/** What an adapter can do, measured. */
export interface Roofline {
  /** Bytes read plus bytes written by kernels/roofline/copy.wgsl over 64 MiB, GPU time. */
  readonly copyBandwidthBytesPerSecond: number
  /** f32 operations of kernels/roofline/multiply-add.wgsl, two per multiply-add, GPU time. */
  readonly multiplyAddFlopsPerSecond: number
  /** writeBuffer until the queue is done. */
  readonly upload: TransferSpeed
  /** Copy to a mappable buffer, map, copy out. */
  readonly readback: TransferSpeed
  /** p50 of one smallest dispatch, submit until the queue is done. */
  readonly launchNs: number
}

const COPY_BYTES = 64 * 1024 ** 2
const LATENCY_BYTES = 4
const MULTIPLY_ADD_THREADS = 65536
/** Of sixteen multiply-adds: about a tenth of a second on two cores, and milliseconds on a GPU. */
const MULTIPLY_ADD_ROUNDS = { software: 256, hardware: 32768 }

/** How often things are measured; the p50 is taken. The first of each is discarded. */
export interface Repeats {
  readonly timed: number
  readonly launches: number
}

/** Measures what the adapter can do. @throws {ReducibleError} gpu-failed: the adapter has no timestamps. */
export async function measureRoofline(gpu: OpenDevice, repeats: Repeats): Promise<Roofline> {
  return {
    copyBandwidthBytesPerSecond: await copyBandwidth(gpu, repeats),
    multiplyAddFlopsPerSecond: await multiplyAddRate(gpu, repeats),
    upload: await transferSpeed(gpu, repeats, uploader),
    readback: await transferSpeed(gpu, repeats, reader),
    launchNs: await launchCost(gpu, repeats),
  }
}

async function copyBandwidth(gpu: OpenDevice, { timed }: Repeats): Promise<number> {
  using source = temporaryBuffer(gpu, COPY_BYTES, GPUBufferUsage.STORAGE)
  using copied = temporaryBuffer(gpu, COPY_BYTES, GPUBufferUsage.STORAGE)
  const groups = COPY_BYTES / 16 / 64
  const wide = Math.min(groups, 32768)
  const copy = await probe(gpu, 'copy', [source.buffer, copied.buffer], [wide, groups / wide])
  const [durationNs] = await timeDispatches(gpu, [copy], timed)
  return (2 * COPY_BYTES) / (durationNs / 1e9)
}

async function multiplyAddRate(gpu: OpenDevice, { timed }: Repeats): Promise<number> {
  using params = temporaryBuffer(gpu, 16, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST)
  using result = temporaryBuffer(gpu, MULTIPLY_ADD_THREADS * 4, GPUBufferUsage.STORAGE)
  const rounds = MULTIPLY_ADD_ROUNDS[gpu.adapter.software ? 'software' : 'hardware']
  gpu.device.queue.writeBuffer(params.buffer, 0, Uint32Array.of(rounds))
  gpu.device.queue.writeBuffer(params.buffer, 4, Float32Array.of(0.75, 0.5))
  const groups = MULTIPLY_ADD_THREADS / 64
  const multiplyAdd = await probe(gpu, 'multiply-add', [params.buffer, result.buffer], [groups, 1])
  const [durationNs] = await timeDispatches(gpu, [multiplyAdd], timed)
  return (32 * rounds * MULTIPLY_ADD_THREADS) / (durationNs / 1e9)
}

/** Makes what moves `bytes` once. */
type TransferMaker = (gpu: OpenDevice, bytes: number) => { readonly move: () => Promise<void> } & Disposable

async function transferSpeed(
  gpu: OpenDevice,
  { timed, launches }: Repeats,
  make: TransferMaker,
): Promise<TransferSpeed> {
  using little = make(gpu, LATENCY_BYTES)
  using much = make(gpu, COPY_BYTES)
  const latencyNs = await p50Ns(launches, little.move)
  const bulkNs = await p50Ns(timed, much.move)
  return { latencyNs, bandwidthBytesPerSecond: COPY_BYTES / (bulkNs / 1e9) }
}

const uploader: TransferMaker = (gpu, bytes) => {
  const target = temporaryBuffer(gpu, bytes, GPUBufferUsage.COPY_DST)
  const values = new Uint8Array(bytes).fill(1)
  return {
    async move() {
      gpu.device.queue.writeBuffer(target.buffer, 0, values)
      await gpu.wait(gpu.device.queue.onSubmittedWorkDone())
    },
    [Symbol.dispose]: () => target[Symbol.dispose](),
  }
}

const reader: TransferMaker = (gpu, bytes) => {
  const source = temporaryBuffer(gpu, bytes, GPUBufferUsage.COPY_SRC)
  const readback = temporaryBuffer(gpu, bytes, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ)
  const values = new Uint8Array(bytes)
  return {
    async move() {
      const encoder = gpu.device.createCommandEncoder()
      encoder.copyBufferToBuffer(source.buffer, 0, readback.buffer, 0, bytes)
      gpu.device.queue.submit([encoder.finish()])
      await gpu.wait(readback.buffer.mapAsync(GPUMapMode.READ))
      values.set(new Uint8Array(readback.buffer.getMappedRange()))
      readback.buffer.unmap()
    },
    [Symbol.dispose]() {
      source[Symbol.dispose]()
      readback[Symbol.dispose]()
    },
  }
}

async function launchCost(gpu: OpenDevice, { launches }: Repeats): Promise<number> {
  using result = temporaryBuffer(gpu, 4, GPUBufferUsage.STORAGE)
  const least = await probe(gpu, 'launch', [result.buffer], [1, 1])
  return await p50Ns(launches, async () => {
    const encoder = gpu.device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    encodeDispatch(pass, least)
    pass.end()
    gpu.device.queue.submit([encoder.finish()])
    await gpu.wait(gpu.device.queue.onSubmittedWorkDone())
  })
}

/**
 * The p50 of each dispatch's GPU time in ns: all of them in order, a compute pass each with a timestamp at either end,
 * `repeats` times after one that is discarded.
 * @throws {ReducibleError} gpu-failed: the adapter has no timestamps.
 */
export async function timeDispatches(
  gpu: OpenDevice,
  dispatches: readonly Encodable[],
  repeats: number,
): Promise<number[]> {
  const { device, adapter } = gpu
  if (!device.features.has('timestamp-query')) {
    throw new ReducibleError('gpu-failed', `adapter ${adapter.name} has no timestamps to measure with`, {
      remedy: 'choose another --adapter',
    })
  }
  const count = dispatches.length * 2
  const querySet = device.createQuerySet({ type: 'timestamp', count })
  using resolved = temporaryBuffer(gpu, count * 8, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC)
  using readback = temporaryBuffer(gpu, count * 8, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ)
  const durationsNs: number[][] = dispatches.map(() => [])
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const encoder = device.createCommandEncoder()
    for (const [index, dispatch] of dispatches.entries()) {
      const timestampWrites = { querySet, beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 }
      const pass = encoder.beginComputePass({ timestampWrites })
      encodeDispatch(pass, dispatch)
      pass.end()
    }
    encoder.resolveQuerySet(querySet, 0, count, resolved.buffer, 0)
    encoder.copyBufferToBuffer(resolved.buffer, 0, readback.buffer, 0, count * 8)
    device.queue.submit([encoder.finish()])
    await gpu.wait(readback.buffer.mapAsync(GPUMapMode.READ))
    const times = new BigUint64Array(readback.buffer.getMappedRange())
    if (repeat > 0) {
      for (const [index, list] of durationsNs.entries()) list.push(Number(times[2 * index + 1] - times[2 * index]))
    }
    readback.buffer.unmap()
  }
  querySet.destroy()
  return durationsNs.map(p50)
}

/** The p50 of the wall time of `move` in ns, over `repeats` calls after one that is discarded. */
async function p50Ns(repeats: number, move: () => Promise<void>): Promise<number> {
  const durationsNs: number[] = []
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now()
    await move()
    if (repeat > 0) durationsNs.push((performance.now() - start) * 1e6)
  }
  return p50(durationsNs)
}

function p50(samples: readonly number[]): number {
  return quantile(
    [...samples].sort((a, b) => a - b),
    0.5,
  ).value
}

/** A kernel of kernels/roofline/ over its buffers in binding order. */
async function probe(
  gpu: OpenDevice,
  name: 'copy' | 'multiply-add' | 'launch',
  buffers: readonly GPUBuffer[],
  groups: readonly [number, number],
): Promise<Encodable> {
  const { device } = gpu
  const code = readFileSync(join(kernelsFolder, 'roofline', `${name}.wgsl`), 'utf8')
  const compute = { module: device.createShaderModule({ label: name, code }), entryPoint: 'main' }
  const pipeline = await gpu.wait(device.createComputePipelineAsync({ label: name, layout: 'auto', compute }))
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }))
  const bound = device.createBindGroup({ label: name, layout: pipeline.getBindGroupLayout(0), entries })
  return { kernel: { pipeline, runtimeZero: undefined }, buffers: bound, groups }
}

function temporaryBuffer(gpu: OpenDevice, size: number, usage: number): { readonly buffer: GPUBuffer } & Disposable {
  const buffer = gpu.device.createBuffer({ size, usage })
  return { buffer, [Symbol.dispose]: () => buffer.destroy() }
}

import assert from 'node:assert'
import type { OpenDevice } from './device.ts'
import type { Kernel, KernelName } from './kernels.ts'

/** One dispatch, everything bound. */
export interface Dispatch {
  readonly kernel: Kernel
  readonly buffers: GPUBindGroup
  readonly groups: readonly [number, number]
  /** The words of the uniform at binding 0: what the kernel is told of its shape. */
  readonly params: readonly number[]
}

/** What of a dispatch a pass needs. */
export interface Encodable extends Pick<Dispatch, 'buffers' | 'groups'> {
  readonly kernel: Pick<Kernel, 'pipeline' | 'runtimeZero'>
}

/** Adds a dispatch to a pass. */
export function encodeDispatch(pass: GPUComputePassEncoder, { kernel, buffers, groups }: Encodable): void {
  pass.setPipeline(kernel.pipeline)
  pass.setBindGroup(0, buffers)
  if (kernel.runtimeZero) pass.setBindGroup(1, kernel.runtimeZero)
  pass.dispatchWorkgroups(...groups)
}

/** A dispatch wider than 65,535 groups is folded into rows of this many groups. */
const GROUPS_PER_ROW = 32768

/** Threads of a whole row of a folded dispatch: the `stride` of kernels that count threads in both directions. */
export const THREADS_PER_GROUP_ROW = GROUPS_PER_ROW * 64

/** The buffers of one device, and the dispatches of its kernels over them. */
export class DispatchBuilder {
  readonly #gpu: OpenDevice
  readonly #kernels: ReadonlyMap<KernelName, Kernel>
  readonly #wordsOfParams = new WeakMap<GPUBuffer, readonly number[]>()

  constructor(gpu: OpenDevice, kernels: ReadonlyMap<KernelName, Kernel>) {
    this.#gpu = gpu
    this.#kernels = kernels
  }

  buffer(label: string, bytes: number, usage: number): GPUBuffer {
    return this.#gpu.device.createBuffer({ label, size: Math.max(padTo(bytes, 8), 16), usage })
  }

  /** writeBuffer, whose length must be a multiple of four bytes. */
  write(buffer: GPUBuffer, values: Float32Array | Uint32Array | Uint8Array): void {
    this.#gpu.device.queue.writeBuffer(buffer, 0, values as Float32Array<ArrayBuffer>)
  }

  /** A uniform buffer of up to eight 32-bit words: numbers as u32, a Float32Array as the bits of its values. */
  params(...words: (number | Float32Array)[]): GPUBuffer {
    const buffer = this.buffer('params', 32, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST)
    const bits = words.map((word) => (typeof word === 'number' ? word : bitsOfFloat(word)))
    this.write(buffer, Uint32Array.from(bits))
    this.#wordsOfParams.set(buffer, bits)
    return buffer
  }

  /**
   * A kernel over its buffers in binding order, with at least `threads` threads in groups of 64: side by side and, past
   * the widest row, folded; or `rows` such rows where the kernel takes its second coordinate from them.
   */
  dispatch(name: KernelName, buffers: readonly GPUBuffer[], threads: number, rows = 1): Dispatch {
    const kernel = this.#kernels.get(name)
    const params = this.#wordsOfParams.get(buffers[0])
    assert(kernel !== undefined && params !== undefined)
    const bound = this.#gpu.device.createBindGroup({
      label: name,
      layout: kernel.pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    })
    const groups = Math.ceil(threads / 64)
    const wide = Math.min(groups, GROUPS_PER_ROW)
    return { kernel, buffers: bound, groups: rows > 1 ? [groups, rows] : [wide, Math.ceil(groups / wide)], params }
  }
}

/** A number of bytes made a multiple. */
export function padTo(bytes: number, multiple: number): number {
  return Math.ceil(bytes / multiple) * multiple
}

function bitsOfFloat(value: Float32Array): number {
  return new Uint32Array(value.buffer)[0]
}

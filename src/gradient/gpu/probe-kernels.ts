import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenDevice } from './device.ts'
import { compileKernels, kernelsFolder } from './kernels.ts'

/** The kernels of kernels/probe/, and whether arithmetic.wgsl is put in front. */
const PROBES = { operations: true, compounds: true, lanes: true, loop: true, subgroup: false } as const
export type ProbeName = keyof typeof PROBES

/** Expressions as WGSL has them, or as the kernels write them. */
export type EntryPoint = 'plain' | 'guarded'

/** What runs the probes: an adapter, or in tests a model of one. */
export interface ProbeRunner {
  /**
   * A kernel of kernels/probe/ over operands of one length, 64 elements a group.
   * @returns f32[resultLength], its bits untouched.
   */
  run(
    probe: ProbeName,
    entryPoint: EntryPoint,
    operands: readonly Float32Array[],
    resultLength: number,
  ): Promise<Float32Array>
  /** The loss sums of mean-loss.wgsl over 64 rows each. */
  meanLoss(rowLosses: readonly Float32Array[]): Promise<Float32Array>
  readonly hasSubgroups: boolean
}

/** The probes on a device. @param folder for tests that change arithmetic.wgsl. */
export function probeRunner(gpu: OpenDevice, folder: string = kernelsFolder): ProbeRunner {
  return {
    run: (...probe) => runProbe(gpu, folder, ...probe),
    meanLoss: (rowLosses) => runMeanLoss(gpu, folder, rowLosses),
    hasSubgroups: gpu.device.features.has('subgroups'),
  }
}

const ROWS = 64
const ROW_BYTES = ROWS * 4
const ZERO_BYTES = 16

async function runProbe(
  gpu: OpenDevice,
  folder: string,
  probe: ProbeName,
  entryPoint: EntryPoint,
  operands: readonly Float32Array[],
  resultLength: number,
): Promise<Float32Array> {
  const { device } = gpu
  const { COMPUTE } = GPUShaderStage
  const files = [...(PROBES[probe] ? ['arithmetic'] : []), `probe/${probe}`]
  const code = files.map((file) => readFileSync(join(folder, `${file}.wgsl`), 'utf8')).join('')
  const types = [...operands.map(() => 'read-only-storage' as const), 'storage' as const]
  const layouts = [
    types.map((type, binding) => ({ binding, visibility: COMPUTE, buffer: { type } })),
    [{ binding: 0, visibility: COMPUTE, buffer: { type: 'uniform' as const } }],
  ].map((entries) => device.createBindGroupLayout({ entries }))
  const pipeline = await gpu.wait(
    device.createComputePipelineAsync({
      label: `${probe}, ${entryPoint}`,
      layout: device.createPipelineLayout({ bindGroupLayouts: layouts }),
      compute: { module: device.createShaderModule({ label: probe, code }), entryPoint },
    }),
  )
  using buffers = new ProbeBuffers(gpu)
  const inputs = operands.map((operand) => buffers.upload(operand, GPUBufferUsage.STORAGE))
  const result = buffers.make(resultLength * 4, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC)
  const groups = [[...inputs, result], [buffers.make(ZERO_BYTES, GPUBufferUsage.UNIFORM)]].map((bound, group) =>
    device.createBindGroup({
      layout: layouts[group],
      entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
    }),
  )
  return await buffers.read(result, (pass) => {
    pass.setPipeline(pipeline)
    groups.forEach((group, index) => {
      pass.setBindGroup(index, group)
    })
    pass.dispatchWorkgroups(Math.ceil(operands[0].length / ROWS))
  })
}

/** The training kernel itself, a dispatch a vector. */
async function runMeanLoss(gpu: OpenDevice, folder: string, rowLosses: readonly Float32Array[]): Promise<Float32Array> {
  const { device } = gpu
  const kernel = (await compileKernels(gpu, ['mean-loss'], folder)).get('mean-loss')
  if (kernel === undefined) throw new Error('compileKernels gives every kernel asked for')
  using buffers = new ProbeBuffers(gpu)
  const count = rowLosses.length
  const losses = new Float32Array(count * ROWS)
  const params = new Uint32Array(count * ROWS) // a uniform binding begins at a multiple of 256 bytes, as a row does
  rowLosses.forEach((rows, tile) => {
    losses.set(rows, tile * ROWS)
    params.set([ROWS, tile, ROWS], tile * ROWS)
  })
  const lossBuffer = buffers.upload(losses, GPUBufferUsage.STORAGE)
  const paramBuffer = buffers.upload(params, GPUBufferUsage.UNIFORM)
  const hits = buffers.make(ROW_BYTES, GPUBufferUsage.STORAGE)
  const partial = buffers.make(count * 8, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC)
  const layout = kernel.pipeline.getBindGroupLayout(0)
  const sums = await buffers.read(partial, (pass) => {
    pass.setPipeline(kernel.pipeline)
    if (kernel.runtimeZero) pass.setBindGroup(1, kernel.runtimeZero)
    for (let tile = 0; tile < count; tile++) {
      const resources = [
        { buffer: paramBuffer, offset: tile * ROW_BYTES, size: 12 },
        { buffer: lossBuffer, offset: tile * ROW_BYTES, size: ROW_BYTES },
        { buffer: hits },
        { buffer: partial },
      ]
      const entries = resources.map((resource, binding) => ({ binding, resource }))
      pass.setBindGroup(0, device.createBindGroup({ layout, entries }))
      pass.dispatchWorkgroups(1)
    }
  })
  return sums.filter((_, i) => i % 2 === 0)
}

/** Buffers of one run, released with it. */
class ProbeBuffers implements Disposable {
  readonly #gpu: OpenDevice
  readonly #made: GPUBuffer[] = []

  constructor(gpu: OpenDevice) {
    this.#gpu = gpu
  }

  make(size: number, usage: number): GPUBuffer {
    const buffer = this.#gpu.device.createBuffer({ size, usage })
    this.#made.push(buffer)
    return buffer
  }

  upload(values: Float32Array | Uint32Array, usage: number): GPUBuffer {
    const buffer = this.make(values.byteLength, usage | GPUBufferUsage.COPY_DST)
    this.#gpu.device.queue.writeBuffer(buffer, 0, values as Float32Array<ArrayBuffer>)
    return buffer
  }

  /** What `dispatch` leaves in a buffer. */
  async read(result: GPUBuffer, dispatch: (pass: GPUComputePassEncoder) => void): Promise<Float32Array> {
    const { device } = this.#gpu
    const readback = this.make(result.size, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ)
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    dispatch(pass)
    pass.end()
    encoder.copyBufferToBuffer(result, 0, readback, 0, result.size)
    device.queue.submit([encoder.finish()])
    await this.#gpu.wait(readback.mapAsync(GPUMapMode.READ))
    return new Float32Array(readback.getMappedRange().slice(0))
  }

  [Symbol.dispose](): void {
    for (const buffer of this.#made) buffer.destroy()
  }
}

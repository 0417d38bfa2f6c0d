import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OpenDevice, openDevice } from '../../src/gradient/gpu/device.ts'
import { kernelsFolder } from '../../src/gradient/gpu/kernels.ts'
import { bitsWithOneNaN } from './random.ts'

/** kernels/arithmetic.wgsl. */
export const arithmeticText: string = readFileSync(join(kernelsFolder, 'arithmetic.wgsl'), 'utf8')

/** One adapter on which WGSL expressions over arithmetic.wgsl are evaluated. */
export interface ArithmeticHarness extends Disposable {
  /**
   * Bits of `expression` for every element, every NaN as 0x7fc00000.
   *
   * @param expression WGSL of type f32 over the f32 names a, b, c, as many as there are operands: `add(load(a), load(b))`.
   * @param operands f32 arrays of one length; their bits reach the GPU untouched.
   */
  evaluate(expression: string, ...operands: readonly Float32Array[]): Promise<Uint32Array>
}

/**
 * Opens an adapter of this process's environment by name.
 * @param arithmetic in place of kernels/arithmetic.wgsl, for tests that change it.
 */
export async function openArithmetic(
  adapterName: string,
  arithmetic: string = arithmeticText,
): Promise<ArithmeticHarness> {
  const gpu = await openDevice(adapterName)
  const runtimeZero = gpu.device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM })
  return {
    evaluate: (expression, ...operands) => evaluate(gpu, runtimeZero, entryPoint(arithmetic, expression), operands),
    [Symbol.dispose]: () => gpu[Symbol.dispose](),
  }
}

async function evaluate(
  gpu: OpenDevice,
  runtimeZero: GPUBuffer,
  code: (operandCount: number) => string,
  operands: readonly Float32Array[],
): Promise<Uint32Array> {
  const { device } = gpu
  const count = operands[0].length
  const module = device.createShaderModule({ code: code(operands.length) })
  const pipeline = await gpu.wait(
    device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } }),
  )
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage
  const size = count * 4
  const inputs = operands.map((operand) => {
    const buffer = device.createBuffer({ size, usage: STORAGE | COPY_DST })
    device.queue.writeBuffer(buffer, 0, operand as Float32Array<ArrayBuffer>)
    return buffer
  })
  const result = device.createBuffer({ size, usage: STORAGE | COPY_SRC })
  const readback = device.createBuffer({ size, usage: COPY_DST | MAP_READ })
  try {
    const bind = (group: number, buffers: readonly GPUBuffer[]): GPUBindGroup =>
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(group),
        entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
      })
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, bind(0, [result, ...inputs]))
    pass.setBindGroup(1, bind(1, [runtimeZero]))
    pass.dispatchWorkgroups(THREADS / 64)
    pass.end()
    encoder.copyBufferToBuffer(result, 0, readback, 0, size)
    device.queue.submit([encoder.finish()])
    await gpu.wait(readback.mapAsync(GPUMapMode.READ))
    return bitsWithOneNaN(new Float32Array(readback.getMappedRange().slice(0)))
  } finally {
    for (const buffer of [...inputs, result, readback]) buffer.destroy()
  }
}

const THREADS = 64 * 256
const OPERAND_NAMES = ['a', 'b', 'c']

/** Operands come from f32 buffers and the result goes to one, as in the kernels. */
function entryPoint(arithmetic: string, expression: string): (operandCount: number) => string {
  return (operandCount) => {
    const names = OPERAND_NAMES.slice(0, operandCount)
    return `${arithmetic}
@group(0) @binding(0) var<storage, read_write> result: array<f32>;
${names.map((name, i) => `@group(0) @binding(${i + 1}) var<storage, read> ${name}Values: array<f32>;`).join('\n')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  _ = runtimeZero; // in the layout whether the expression needs it or not
  for (var i = id.x; i < arrayLength(&result); i += ${THREADS}u) {
    ${names.map((name) => `let ${name} = ${name}Values[i];`).join('\n    ')}
    result[i] = ${expression};
  }
}`
  }
}

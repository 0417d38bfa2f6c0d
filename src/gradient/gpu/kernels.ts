import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../core/digest.ts'
import { ReducibleError } from '../../core/errors.ts'
import { projectRoot } from '../../core/paths.ts'
import type { OpenDevice } from './device.ts'

/** The kernels of kernels/, by file name. Those that round have arithmetic.wgsl put in front. */
const KERNEL_NAMES = [
  'gather-rows-f32',
  'gather-rows-u8',
  'least-squares',
  'dense-forward',
  'softmax-cross-entropy',
  'dense-gradient',
  'sum-blocks',
  'mean-loss',
  'sgd-update',
  'weights-hash',
] as const
export type KernelName = (typeof KERNEL_NAMES)[number]

const INTEGER_ONLY: ReadonlySet<KernelName> = new Set(['weights-hash'])

export const kernelsFolder = join(projectRoot, 'kernels')

/** A compiled kernel and what it needs bound beside its own buffers. */
export interface Kernel {
  readonly name: KernelName
  readonly pipeline: GPUComputePipeline
  /** Group 1 of arithmetic.wgsl; undefined for kernels on integers only. */
  readonly runtimeZero: GPUBindGroup | undefined
}

/** SHA-256 over the names and texts of every .wgsl file of a folder, in name order. */
export function kernelsDigest(folder: string = kernelsFolder): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.wgsl'))
  return sha256(...files.sort().flatMap((file) => [`${file}\0`, readFileSync(join(folder, file)), '\0']))
}

/** Compiles kernels by name. @throws {ReducibleError} gpu-failed with the compiler's line and column. */
export async function compileKernels(
  gpu: OpenDevice,
  names: readonly KernelName[],
  folder: string = kernelsFolder,
): Promise<ReadonlyMap<KernelName, Kernel>> {
  const { device } = gpu
  const arithmetic = readFileSync(join(folder, 'arithmetic.wgsl'), 'utf8')
  const zero = device.createBuffer({ label: 'runtime zero', size: 16, usage: GPUBufferUsage.UNIFORM })
  const compile = async (name: KernelName): Promise<[KernelName, Kernel]> => {
    const text = readFileSync(join(folder, `${name}.wgsl`), 'utf8')
    const pipeline = await createPipeline(gpu, name, INTEGER_ONLY.has(name) ? '' : arithmetic, text)
    const runtimeZero = INTEGER_ONLY.has(name)
      ? undefined
      : device.createBindGroup({
          layout: pipeline.getBindGroupLayout(1),
          entries: [{ binding: 0, resource: { buffer: zero } }],
        })
    return [name, { name, pipeline, runtimeZero }]
  }
  return new Map(await Promise.all(names.map(compile)))
}

async function createPipeline(
  gpu: OpenDevice,
  name: string,
  arithmetic: string,
  text: string,
): Promise<GPUComputePipeline> {
  const { device } = gpu
  // The scope keeps a kernel's error from counting as the device's, which every other wait would then report.
  device.pushErrorScope('validation')
  const module = device.createShaderModule({ label: name, code: arithmetic + text })
  const invalid = device.popErrorScope()
  const { messages } = await gpu.wait(module.getCompilationInfo())
  await gpu.wait(invalid)
  const error = messages.find((message) => message.type === 'error')
  if (error) {
    const linesInFront = arithmetic.split('\n').length - 1
    const [file, line] =
      error.lineNum > linesInFront ? [name, error.lineNum - linesInFront] : ['arithmetic', error.lineNum]
    const where = `kernels/${file}.wgsl:${line}:${error.linePos}`
    throw new ReducibleError('gpu-failed', `${where} does not compile: ${error.message}`, {
      remedy: 'correct the kernel',
    })
  }
  const compute = { module, entryPoint: 'main' }
  return gpu.wait(device.createComputePipelineAsync({ label: name, layout: 'auto', compute }))
}

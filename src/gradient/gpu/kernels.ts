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
    const code = INTEGER_ONLY.has(name) ? text : `${arithmetic}\n${text}`
    const pipeline = await createPipeline(gpu, name, code)
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

async function createPipeline(gpu: OpenDevice, name: string, code: string): Promise<GPUComputePipeline> {
  const { device } = gpu
  const module = device.createShaderModule({ label: name, code })
  try {
    const compute = { module, entryPoint: 'main' }
    return await gpu.wait(device.createComputePipelineAsync({ label: name, layout: 'auto', compute }))
  } catch (thrown) {
    const { messages } = await module.getCompilationInfo()
    const first = messages.find((message) => message.type === 'error')
    const where = first ? `line ${first.lineNum}:${first.linePos} ${first.message}` : String(thrown)
    throw new ReducibleError('gpu-failed', `kernels/${name}.wgsl does not compile: ${where}`, {
      cause: thrown,
      remedy: 'correct the kernel',
    })
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../core/digest.ts'
import { ReducibleError } from '../../core/errors.ts'
import { projectRoot } from '../../core/paths.ts'
import type { OpenDevice } from './device.ts'

/** The kernels of kernels/ by file name, and the files of shared functions that are put in front of each. */
const KERNELS = {
  'gather-rows-f32': ['arithmetic'],
  'gather-rows-u8': ['arithmetic'],
  'gather-shifted-u8': ['arithmetic', 'streams'],
  'least-squares': ['arithmetic'],
  'dense-forward': ['arithmetic', 'four-sums'],
  'relu-dropout': ['arithmetic', 'streams'],
  'softmax-cross-entropy': ['arithmetic'],
  'dense-backward': ['arithmetic', 'four-sums'],
  'dense-gradient': ['arithmetic', 'four-sums'],
  'sum-blocks': ['arithmetic'],
  'sum-blocks-exact': [],
  'mean-loss': ['arithmetic'],
  'sgd-update': ['arithmetic'],
  'momentum-update': ['arithmetic'],
  'weights-hash': [],
} as const satisfies Record<string, readonly string[]>
export type KernelName = keyof typeof KERNELS

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
  const zero = device.createBuffer({ label: 'runtime zero', size: 16, usage: GPUBufferUsage.UNIFORM })
  const compile = async (name: KernelName): Promise<[KernelName, Kernel]> => {
    const shared: readonly string[] = KERNELS[name]
    const parts = [...shared, name].map((file) => ({ file, text: readFileSync(join(folder, `${file}.wgsl`), 'utf8') }))
    const pipeline = await createPipeline(gpu, name, parts)
    const runtimeZero = shared.includes('arithmetic')
      ? device.createBindGroup({
          layout: pipeline.getBindGroupLayout(1),
          entries: [{ binding: 0, resource: { buffer: zero } }],
        })
      : undefined
    return [name, { name, pipeline, runtimeZero }]
  }
  return new Map(await Promise.all(names.map(compile)))
}

/** A file of kernels/ as it stands in a shader. */
interface Part {
  readonly file: string
  readonly text: string
}

async function createPipeline(gpu: OpenDevice, name: string, parts: readonly Part[]): Promise<GPUComputePipeline> {
  const { device } = gpu
  // The scope keeps a kernel's error from counting as the device's, which every other wait would then report.
  device.pushErrorScope('validation')
  const module = device.createShaderModule({ label: name, code: parts.map(({ text }) => text).join('') })
  const invalid = device.popErrorScope()
  const { messages } = await gpu.wait(module.getCompilationInfo())
  await gpu.wait(invalid)
  const error = messages.find((message) => message.type === 'error')
  if (error) {
    const where = `kernels/${placeOf(error.lineNum, parts)}:${error.linePos}`
    throw new ReducibleError('gpu-failed', `${where} does not compile: ${error.message}`, {
      remedy: 'correct the kernel',
    })
  }
  const compute = { module, entryPoint: 'main' }
  return gpu.wait(device.createComputePipelineAsync({ label: name, layout: 'auto', compute }))
}

/** `file.wgsl:line` of a line of the joined parts. */
function placeOf(line: number, [part, ...others]: readonly Part[]): string {
  const lines = part.text.split('\n').length - 1
  return line > lines && others.length > 0 ? placeOf(line - lines, others) : `${part.file}.wgsl:${line}`
}

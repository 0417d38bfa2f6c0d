import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ReducibleError } from '../core/errors.ts'
import { MOST_GRADIENT_ELEMENTS } from '../study/spread-schema.ts'
import { type NpyArray, readNpy } from './npy.ts'

/** The contributions to one all-reduce. */
export interface GradientSet {
  /** The step's folder, or what they were made from. */
  readonly name: string
  /** What the files hold; f32 is computed with. */
  readonly dtype: NpyArray['dtype']
  /** One a rank, of one length, all finite. */
  readonly vectors: readonly Float32Array[]
  /** max |f32(x) − x| / |x| over the numbers of an f64 file; 0 for others, which f32 holds exactly. */
  readonly largestChange: number
}

/**
 * Reads gradients that somebody dumped: `rank0.npy`, `rank1.npy`, …, a folder a step. f64 is rounded to f32.
 * @param pattern from `folder` on, with `*`.
 * @throws {ReducibleError} invalid-run: no files, missing ranks, unlike shapes or dtypes, what is no finite number.
 */
export function readGradientFiles(pattern: string, folder: string): GradientSet[] {
  const files = globSync(pattern, { cwd: folder }).map((file) => join(folder, file))
  if (files.length === 0) throw refusal(`no file matches '${pattern}' under ${folder}`, 'correct gradients.files')
  const steps = [...Map.groupBy(files, (file) => dirname(file))]
    .map(([step, ofStep]) => readStep(step, ofStep))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const most = Math.max(...steps.map(({ vectors }) => vectors.length))
  if (most < 2) throw refusal(`${steps[0].name} has one rank, whose gradients are added to nothing`)
  const odd = steps.find(({ vectors }) => vectors.length < most)
  if (odd) throw refusal(`${odd.name} has ${odd.vectors.length} ranks, another step has ${most}`)
  return steps
}

function readStep(folder: string, files: readonly string[]): GradientSet {
  const byRank = filesByRank(folder, files)
  const arrays = byRank.map((file) => ({ file, ...readNpy(file) }))
  const [first] = arrays
  for (const { file, dtype, shape, values } of arrays) {
    const [got, want] = [shape, first.shape].map((sizes) => `(${sizes.join(', ')})`)
    if (got !== want) throw refusal(`${file} has shape ${got}, ${first.file} has ${want}`)
    if (dtype !== first.dtype) throw refusal(`${file} is ${dtype}, ${first.file} is ${first.dtype}`)
    if (values.length === 0) throw refusal(`${file} is empty`, 'dump arrays that hold numbers')
    if (values.length > MOST_GRADIENT_ELEMENTS) {
      const text = `${file} has ${values.length} elements, at most ${MOST_GRADIENT_ELEMENTS} are taken`
      throw refusal(text, 'dump a part of the gradient, such as a layer')
    }
  }
  const vectors = arrays.map(({ file, values }) => finiteFloats(file, values))
  const changes = arrays.map(({ values }, rank) => largestChange(values, vectors[rank]))
  return { name: basename(folder), dtype: first.dtype, vectors, largestChange: Math.max(...changes) }
}

/** By the number in `rank-3.npy`. */
function filesByRank(folder: string, files: readonly string[]): string[] {
  const numbered = files.map((file) => {
    const rank = /rank[-_]?(\d+)/.exec(basename(file))?.[1]
    if (rank === undefined) throw refusal(`${file} does not say its rank`, 'call the files rank0.npy, rank1.npy, …')
    return { file, rank: Number(rank) }
  })
  numbered.sort((a, b) => a.rank - b.rank)
  const missing = numbered.findIndex(({ rank }, place) => rank !== place)
  if (missing < 0) return numbered.map(({ file }) => file)
  const twice = numbered[missing].rank < missing
  throw refusal(`${folder} has ${twice ? `two files of rank ${missing - 1}` : `no file of rank ${missing}`}`)
}

function finiteFloats(file: string, values: Float32Array | Float64Array): Float32Array {
  const floats = Float32Array.from(values)
  const odd = floats.findIndex((value) => !Number.isFinite(value))
  if (odd < 0) return floats
  const what = Number.isFinite(values[odd]) ? `${values[odd]}, which f32 cannot hold` : String(values[odd])
  throw refusal(`element ${odd} of ${file} is ${what}`, 'dump a step whose gradients are finite')
}

function largestChange(values: Float32Array | Float64Array, floats: Float32Array): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== floats[i]) largest = Math.max(largest, Math.abs((floats[i] - values[i]) / values[i]))
  }
  return largest
}

function refusal(text: string, remedy = 'dump the step again, a file a rank'): ReducibleError {
  return new ReducibleError('invalid-run', text, { remedy })
}

import { readFileSync, writeFileSync } from 'node:fs'
import * as np from 'numpy-ts'
import { messageOf, ReducibleError } from '../core/errors.ts'

/** Numbers of a .npy file, row by row. */
export interface NpyArray {
  readonly dtype: 'float16' | 'float32' | 'float64'
  readonly shape: readonly number[]
  /** Exactly the file's values. */
  readonly values: Float32Array | Float64Array
}

/** Writes f32 values as a .npy file. */
export function writeNpy(file: string, values: Float32Array, shape: readonly number[] = [values.length]): void {
  writeFileSync(file, np.serializeNpy(np.array(values).reshape(...shape)))
}

/** Reads f16, f32 or f64 of either byte order. @throws {ReducibleError} invalid-run: no such file, or other contents. */
export function readNpy(file: string): NpyArray {
  const refuse = (why: string, cause?: unknown): never => {
    throw new ReducibleError('invalid-run', `cannot read ${file}: ${why}`, {
      cause,
      remedy: 'write it with numpy.save, as f16, f32 or f64',
    })
  }
  try {
    const { dtype, shape, data } = np.parseNpy(new Uint8Array(readFileSync(file)))
    switch (dtype) {
      case 'float16':
        return { dtype, shape, values: Float32Array.from(data as unknown as Iterable<number>) }
      case 'float32':
        return { dtype, shape, values: data as Float32Array }
      case 'float64':
        return { dtype, shape, values: data as Float64Array }
      default:
        return refuse(`its dtype is ${dtype}`)
    }
  } catch (thrown) {
    if (thrown instanceof ReducibleError) throw thrown
    return refuse(messageOf(thrown), thrown)
  }
}

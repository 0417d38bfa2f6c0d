import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { messageOf } from '../core/errors.ts'
import { projectRoot } from '../core/paths.ts'

const HARNESS = join(projectRoot, 'src/evidence/book/harness.py')
const TIMEOUT_MS = 120_000

/** What harness.py prints: section 41.8's harness in NumPy. */
export interface NumpyHarness {
  readonly numpy: string
  /** The kernels that NumPy's BLAS chose for this CPU; null where it is neither OpenBLAS nor the reference BLAS. */
  readonly kernels: string | null
  readonly blas: string | null
  readonly architecture: string
  readonly cpuFeatures: readonly string[]
  readonly runs: readonly {
    readonly seed: number
    /** As Python's `repr` prints it. */
    readonly loss: string
    readonly digest: string
    readonly trajectory: string
  }[]
}

/** @returns a string, the reason, where this Python cannot run it. @param coreType the kernels that OpenBLAS is told to take. */
export async function runNumpyHarness(
  python: string,
  seeds: readonly number[],
  coreType?: string,
): Promise<NumpyHarness | string> {
  const env = coreType === undefined ? process.env : { ...process.env, OPENBLAS_CORETYPE: coreType }
  try {
    const { stdout } = await promisify(execFile)(python, [HARNESS, ...seeds.map(String)], { env, timeout: TIMEOUT_MS })
    return JSON.parse(stdout) as NumpyHarness
  } catch (thrown) {
    const missing = /ENOENT|No module named 'numpy'/.test(messageOf(thrown))
    return missing ? 'NumPy is not installed' : `NumPy failed: ${messageOf(thrown).trim().split('\n').at(-1)}`
  }
}

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { messageOf, ReducibleError } from '../../core/errors.ts'
import type { AdapterRecord } from './adapter-record.ts'
import type { AvailableAdapter } from './adapters.ts'
import type { KernelCost } from './kernel-costs.ts'
import type { KernelName } from './kernels.ts'
import type { Roofline } from './roofline.ts'

/** One dispatch of a training path against the roofline. */
export interface KernelMeasurement extends KernelCost {
  readonly workload: string
  readonly kernel: KernelName
  /** GPU time, p50. */
  readonly durationNs: number
  readonly bytesPerSecond: number
  readonly flopsPerSecond: number
  /** Which of the two roofs is the lower one at this kernel's flops per byte. */
  readonly bound: 'bandwidth' | 'multiply-add'
  /** The shortest time the roofline allows ÷ the time taken. Above 1 where caches hold what the copy had to move. */
  readonly rooflineShare: number
}

/** What `reducible gpu bench` measures of one adapter. */
export interface GpuBench {
  readonly adapter: AdapterRecord
  readonly roofline: Roofline
  readonly kernels: readonly KernelMeasurement[]
}

/** Holds a measured dispatch against the roofline min(copy bandwidth · flops ÷ bytes, multiply-add rate). */
export function againstRoofline(
  { copyBandwidthBytesPerSecond, multiplyAddFlopsPerSecond }: Roofline,
  { bytes, flops }: KernelCost,
  durationNs: number,
): Pick<KernelMeasurement, 'bytesPerSecond' | 'flopsPerSecond' | 'bound' | 'rooflineShare'> {
  const seconds = durationNs / 1e9
  const bytesSeconds = bytes / copyBandwidthBytesPerSecond
  const flopsSeconds = flops / multiplyAddFlopsPerSecond
  return {
    bytesPerSecond: bytes / seconds,
    flopsPerSecond: flops / seconds,
    bound: bytesSeconds >= flopsSeconds ? 'bandwidth' : 'multiply-add',
    rooflineShare: Math.max(bytesSeconds, flopsSeconds) / seconds,
  }
}

const BENCH_ADAPTER = fileURLToPath(new URL('bench-adapter.ts', import.meta.url))
const BENCH_TIMEOUT_MS = 120_000

/**
 * Measures an adapter in a process of its own, started with the adapter's environment.
 * @throws {ReducibleError} gpu-failed: that process failed or took longer than two minutes.
 */
export async function benchAdapter(
  { adapter, environment }: AvailableAdapter,
  signal?: AbortSignal,
): Promise<GpuBench> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [BENCH_ADAPTER, adapter.name], {
      env: { ...process.env, ...environment },
      timeout: BENCH_TIMEOUT_MS,
      signal,
    })
    return JSON.parse(stdout) as GpuBench
  } catch (thrown) {
    signal?.throwIfAborted()
    const said = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trim() : ''
    const why = said === '' ? messageOf(thrown) : said
    throw new ReducibleError('gpu-failed', `measuring adapter ${adapter.name} failed: ${why}`, {
      cause: thrown,
      remedy: 'choose another --adapter',
    })
  }
}

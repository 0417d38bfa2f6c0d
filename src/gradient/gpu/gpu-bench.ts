import { moduleBeside } from '../../core/paths.ts'
import type { AdapterRecord } from './adapter-record.ts'
import type { AvailableAdapter } from './adapters.ts'
import type { KernelCost } from './kernel-costs.ts'
import type { KernelName } from './kernels.ts'
import { inOwnProcess } from './own-process.ts'
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

const BENCH_ADAPTER = moduleBeside(import.meta.url, 'bench-adapter')
const BENCH_TIMEOUT_MS = 120_000

/**
 * Measures an adapter in a process of its own, started with the adapter's environment.
 * @throws {ReducibleError} gpu-failed: that process failed or took longer than two minutes.
 */
export async function benchAdapter(available: AvailableAdapter, signal?: AbortSignal): Promise<GpuBench> {
  return inOwnProcess<GpuBench>(BENCH_ADAPTER, 'measuring', available, BENCH_TIMEOUT_MS, signal)
}

/**
 * Run as a process of its own, with the adapter's settings in its environment: `node bench-adapter.ts NAME` measures the
 * adapter and every kernel of the training paths on it, and prints a GpuBench as JSON.
 */
import { messageOf } from '../../core/errors.ts'
import type { EngineSettings } from '../engine.ts'
import { ROWS_PER_TILE } from '../engine.ts'
import type { ByteRows, DenseRows, Problem } from '../problem.ts'
import { openDevice } from './device.ts'
import type { Dispatch } from './dispatch.ts'
import { againstRoofline, type GpuBench, type KernelMeasurement } from './gpu-bench.ts'
import { GpuEngine } from './gpu-engine.ts'
import { kernelCost } from './kernel-costs.ts'
import { measureRoofline, type Roofline, timeDispatches } from './roofline.ts'

/** A training path: the study of that name in configs/, with data that is made up. */
interface Workload {
  readonly name: string
  readonly problem: (rowCount: number) => Problem
  /** Rows of the study's batch. */
  readonly batchRows: number
  readonly momentum?: number
}

const WORKLOADS: readonly Workload[] = [
  {
    name: 'capstone-41.8',
    problem: (rowCount) => ({ loss: 'least-squares', ...twice(floatRows(rowCount, 16)) }),
    batchRows: 4096,
  },
  {
    name: 'mnist-softmax',
    problem: (rowCount) => ({ loss: 'softmax-cross-entropy', outputs: 10, ...twice(imageRows(rowCount)) }),
    batchRows: 256,
  },
  {
    name: 'mnist-mlp',
    problem: (rowCount) => ({
      loss: 'mlp-cross-entropy',
      outputs: 10,
      network: { hidden: [128], dropoutRate: 0.1, shiftPixels: 1, imageWidth: 28, seed: 0 },
      ...twice(imageRows(rowCount)),
    }),
    batchRows: 128,
    momentum: 0.9,
  },
]

const [name] = process.argv.slice(2)
try {
  process.stdout.write(JSON.stringify(await bench(name)), () => process.exit(0))
} catch (thrown) {
  process.stderr.write(messageOf(thrown), () => process.exit(1))
}

async function bench(adapterName: string): Promise<GpuBench> {
  using gpu = await openDevice(adapterName)
  const { software } = gpu.adapter
  const timed = software ? 5 : 50
  const roofline = await measureRoofline(gpu, { timed, launches: software ? 50 : 200 })
  const kernels: KernelMeasurement[] = []
  // A GPU gets a whole tile, the most rows of one dispatch; a CPU the study's batch, so that it takes seconds.
  for (const workload of WORKLOADS) {
    const rowCount = software ? workload.batchRows : ROWS_PER_TILE
    kernels.push(...(await measureKernels(gpu.adapter.name, workload, rowCount, timed, roofline)))
  }
  return { adapter: gpu.adapter, roofline, kernels }
}

async function measureKernels(
  adapterName: string,
  { name: workload, problem, batchRows, momentum = 0 }: Workload,
  rowCount: number,
  repeats: number,
  roofline: Roofline,
): Promise<KernelMeasurement[]> {
  const settings: EngineSettings = { learningRate: 0.05, batchRows, momentum }
  const gpu = await openDevice(adapterName)
  await using engine = await GpuEngine.open(gpu, problem(rowCount), settings) // which closes the device
  const dispatches = withoutRepeats(engine.dispatchesOver(rowCount))
  const durationsNs = await timeDispatches(gpu, dispatches, repeats)
  return dispatches.map(({ kernel, params }, index) => {
    const cost = kernelCost(kernel.name, params)
    const durationNs = durationsNs[index]
    return { workload, kernel: kernel.name, ...cost, durationNs, ...againstRoofline(roofline, cost, durationNs) }
  })
}

/** An evaluation dispatches again what training did: a kernel stands once for each shape. */
function withoutRepeats(dispatches: readonly Dispatch[]): Dispatch[] {
  return [...new Map(dispatches.map((one) => [`${one.kernel.name} ${one.params}`, one])).values()]
}

function twice<Rows>(rows: Rows): { train: Rows; evaluation: Rows } {
  return { train: rows, evaluation: rows }
}

/** Values in [−1, 1), the same every time. */
function floatRows(rowCount: number, columns: number): DenseRows {
  const values = (count: number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) >> 8) / 2 ** 23)
  return { kind: 'f32', rowCount, columns, features: values(rowCount * columns), targets: values(rowCount) }
}

/** As many pixels as an image of MNIST has, the same every time. */
function imageRows(rowCount: number): ByteRows {
  const columns = 28 * 28
  const features = Uint8Array.from({ length: rowCount * columns }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24)
  const labels = Uint8Array.from({ length: rowCount }, (_, i) => i % 10)
  return { kind: 'u8', rowCount, columns, features, labels }
}

import { chooseAdapter } from '../gradient/gpu/adapters.ts'
import { benchAdapter, type GpuBench, type KernelMeasurement } from '../gradient/gpu/gpu-bench.ts'
import { captureHost } from '../record/host.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { formatTable, wrap } from './table.ts'

/** `reducible gpu bench`: the adapter's measured roofline, and every kernel of the training paths against it. */
export async function gpuBenchCommand(options: CommonOptions & { readonly adapter: string }): Promise<never> {
  return runCommand('gpu bench', options, async (signal) => {
    const chosen = await chooseAdapter(options.adapter)
    process.stderr.write(`gpu bench: measuring ${chosen.adapter.name}\n`)
    const bench = await benchAdapter(chosen, signal)
    return { text: gpuBenchText(bench), json: { ...bench, host: captureHost() } }
  })
}

/** The bench as a table of at most 80 columns. */
export function gpuBenchText({ adapter, roofline, kernels }: GpuBench): string {
  const { copyBandwidthBytesPerSecond, multiplyAddFlopsPerSecond, upload, readback, launchNs } = roofline
  const kind = adapter.software ? 'SOFTWARE adapter: shares of the roofline without a target' : 'hardware, target 80 %'
  const ceilings = [
    ['copy, 64 MiB', `${giga(copyBandwidthBytesPerSecond)} GB/s`, ''],
    ['multiply-add', `${giga(multiplyAddFlopsPerSecond)} GFLOP/s`, ''],
    ['upload', `${giga(upload.bandwidthBytesPerSecond)} GB/s`, `${micro(upload.latencyNs)} µs latency`],
    ['readback', `${giga(readback.bandwidthBytesPerSecond)} GB/s`, `${micro(readback.latencyNs)} µs latency`],
    ['launch', '', `${micro(launchNs)} µs latency`],
  ]
  const byWorkload = Map.groupBy(kernels, ({ workload }) => workload)
  return [
    wrap(`${adapter.name}, ${adapter.driver} (${kind})`, '  '),
    '',
    formatTable(['roofline', 'p50', ''], ceilings, ['left', 'right', 'right']),
    ...[...byWorkload].map(([workload, measured]) => `\n${workload}\n${kernelTable(measured)}`),
    '',
    '# GPU time of one dispatch, p50; GB/s counts each input and output byte once;',
    '# roof: share of min(copy GB/s · flops ÷ bytes, multiply-add rate), and which',
    ...(adapter.software ? ['# SOFTWARE: a CPU did this; it says nothing about a GPU'] : []),
  ].join('\n')
}

function kernelTable(measured: readonly KernelMeasurement[]): string {
  const rows = measured.map(({ kernel, shape, durationNs, bytesPerSecond, flopsPerSecond, bound, rooflineShare }) => [
    kernel,
    shape.join('×'),
    micro(durationNs),
    giga(bytesPerSecond),
    giga(flopsPerSecond),
    `${(rooflineShare * 100).toFixed(rooflineShare < 0.1 ? 1 : 0)} %`,
    bound === 'bandwidth' ? 'copy' : 'mul-add',
  ])
  const header = ['kernel', 'shape', 'µs', 'GB/s', 'GFLOP/s', 'roof', 'of']
  return formatTable(header, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'left'])
}

function giga(perSecond: number): string {
  const value = perSecond / 1e9
  return value === 0 ? '0' : value.toFixed(value < 10 ? 3 : value < 100 ? 1 : 0)
}

function micro(nanoseconds: number): string {
  const value = nanoseconds / 1000
  return value.toFixed(value < 100 ? 1 : 0)
}

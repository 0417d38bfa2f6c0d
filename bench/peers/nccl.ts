import assert from 'node:assert'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fastest, outputOf, type Peer, type Variant } from './peer.ts'

const PROGRAM = 'all_reduce_perf'

/**
 * NCCL among the GPUs of this machine, as nccl-tests measures it. It stands without a ratio: its vectors never leave the
 * memory of the GPUs, ours are reduced in the host's, and it times its iterations as one batch, without a barrier before
 * each.
 */
export const ncclTests: Peer = {
  name: 'NCCL (nccl-tests)',
  transport: 'gpu',
  install:
    'git clone https://github.com/NVIDIA/nccl-tests && make -C nccl-tests, on a machine with CUDA and NCCL; then ' +
    'export NCCL_TESTS=$PWD/nccl-tests/build/all_reduce_perf',
  async find() {
    if ((await gpuCount()) === 0) return undefined
    const output = await outputOf(program(), ['-b', '4', '-e', '4', '-w', '0', '-n', '1', '-g', '1'])
    return output === undefined ? undefined : ncclVersion(output)
  },
  async run({ ranks, bytes, warmup, iterations }) {
    const size = String(bytes - (bytes % 4))
    const counts = ['-g', String(ranks), '-w', String(warmup), '-n', String(iterations), '-c', '1']
    const output = await outputOf(program(), ['-b', size, '-e', size, '-d', 'float', '-o', 'sum', ...counts])
    assert(output !== undefined, `${program()} could not be run, or failed`)
    return fastest(readNcclTests(output))
  },
}

/** GPUs that nvidia-smi lists; 0 where there is none. */
export async function gpuCount(): Promise<number> {
  const listed = await outputOf('nvidia-smi', ['-L'])
  return listed?.match(/^GPU \d+:/gm)?.length ?? 0
}

/**
 * The last row of what nccl-tests prints: one sample out of place and one in place, each the mean of its iterations.
 * Columns are found by their header, whose number has grown over the versions.
 *
 * @throws {AssertionError} no such table; a wrong element; a row that was not checked.
 * @source nccl-tests, doc/PERFORMANCE.md and README.md.
 */
export function readNcclTests(output: string): Variant[] {
  const lines = output.split('\n')
  const header = lines.find((line) => /^#\s+size\s+count\s+type/.test(line))
  const row = lines.findLast((line) => /^\s*\d+\s+\d+\s+\w+\s/.test(line))
  assert(header !== undefined && row !== undefined, `all_reduce_perf printed no row:\n${output}`)
  const names = header.slice(1).trim().split(/\s+/)
  const cells = row.trim().split(/\s+/)
  const columnsOf = (name: string): number[] => names.flatMap((one, column) => (one === name ? [column] : []))
  const [times, wrongs] = [columnsOf('time'), columnsOf('#wrong')]
  assert(
    times.length === 2 && wrongs.length === 2,
    `all_reduce_perf has other columns than nccl-tests 2.13 and later: ${header}`,
  )
  return ['out of place', 'in place'].map((variant, i) => {
    assert.equal(cells[wrongs[i]], '0', `all_reduce_perf, ${variant}: elements that are not the sum`)
    const microseconds = Number(cells[times[i]])
    assert(microseconds > 0, `all_reduce_perf, ${variant}: '${cells[times[i]]}' is no time`)
    return { variant, seconds: [microseconds / 1e6] }
  })
}

/** `$NCCL_TESTS` may be the program or the folder it was built in. */
function program(): string {
  const named = process.env.NCCL_TESTS
  if (named === undefined) return PROGRAM
  return statSync(named, { throwIfNoEntry: false })?.isDirectory() ? join(named, PROGRAM) : named
}

/** What the program says about itself, `NCCL version 2.27.5+cuda12.9`; an unknown version is still installed. */
function ncclVersion(output: string): string {
  const library =
    /NCCL version \S+/.exec(output)?.[0] ?? /nccl-library=\S+/.exec(output)?.[0] ?? 'NCCL of unknown version'
  const tests = /nccl-tests version (\S+)/.exec(output)?.[1]
  return tests === undefined ? library : `${library}, nccl-tests ${tests}`
}

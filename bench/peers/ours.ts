import assert from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBench } from '../../cluster/coordinator/run-bench.ts'
import { samplesOf } from '../../src/cli/bench-rows.ts'
import { packageVersions } from '../../src/record/host.ts'
import { fastest, type Peer, type Variant } from './peer.ts'

const grpcVersion = `Node ${process.version}, grpc-js ${packageVersions()['@grpc/grpc-js']}`

/** Ranks as threads over shared memory; the better of two algorithms. */
export const oursShared = ours('shared', ['ring', 'halving-doubling'], `Node ${process.version}`)

/** Ranks as processes over gRPC; the ring alone, as the raw peers know no other. */
export const oursGrpc = ours('grpc', ['ring'], grpcVersion)

/** For small vectors rounds count more than bytes: the better of the fewest rounds and the ring. */
export const oursGrpcSmall = ours('grpc', ['recursive-doubling', 'ring'], grpcVersion)

function ours(transport: 'shared' | 'grpc', algorithms: readonly string[], version: string): Peer {
  return {
    name: `reducible ${transport}`,
    transport,
    ours: true,
    install: 'npm ci',
    find: async () => version,
    async run({ ranks, bytes, warmup, iterations }) {
      const common = {
        arithmetic: 'f32',
        elements: Math.floor(bytes / 4),
        warmup,
        iterations,
        ranksPerNode: 1,
      } as const
      const points = algorithms.map((algorithm) => ({ ...common, algorithm, place: 'in' as const, check: true }))
      const folder = mkdtempSync(join(tmpdir(), 'reducible-peers-'))
      const runs: Variant[] = []
      const signal = new AbortController().signal
      await runBench({ transport, rankCount: ranks, points, folder, signal }, (measured) => {
        const wrong = measured.byRank.reduce((sum, result) => sum + result.wrong, 0)
        assert.equal(wrong, 0, `reducible ${transport}: elements of other bits than the twin's`)
        runs.push({ variant: measured.point.algorithm, seconds: samplesOf(measured, 'max') })
      })
      rmSync(folder, { recursive: true, force: true }) // after a failure the workers' logs stay
      return fastest(runs)
    },
  }
}

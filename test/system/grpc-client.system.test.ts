// Goal: the wire is gRPC as everybody speaks it: Python's grpcio, with code generated from our .proto, pulls a segment
// that we laid out by hand and asks the coordinator's health. Needs Python and PyPI, and skips by name elsewhere.
import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { Coordinator } from '../../cluster/coordinator/coordinator.ts'
import { GrpcTransport } from '../../cluster/wire/grpc-transport.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { bytesOf } from '../../src/reduce/arithmetic/views.ts'

/** A Python that has grpcio; made once in a folder of its own. Undefined where Python or PyPI cannot be had. */
function pythonWithGrpc(): string | undefined {
  const folder = join(tmpdir(), 'reducible-grpcio')
  const python = join(folder, 'bin/python')
  const ready = join(folder, 'ready')
  if (existsSync(ready)) return python
  const steps = [
    ['python3', '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '-q', 'grpcio', 'grpcio-tools', 'grpcio-health-checking'],
    ['touch', ready],
  ]
  return steps.every(([command, ...words]) => spawnSync(command, words, { stdio: 'ignore' }).status === 0)
    ? python
    : undefined
}

const python = pythonWithGrpc()

it('an unmodified gRPC client reads a segment and the health of the coordinator', async ({ skip }) => {
  if (!python) return skip('needs python3 and PyPI, for grpcio')
  await using transport = new GrpcTransport('a trial', 0, 2)
  await using coordinator = await Coordinator.listen()
  const script = join(projectRoot, 'test/system/grpc_client.py')
  const words = [script, join(projectRoot, 'cluster/proto'), await transport.listen(), coordinator.address]
  const client = promisify(execFile)(python, words)
  const bytes = bytesOf(Float32Array.of(1.5, -0, 3e38))
  await transport.send(1, { call: 7, round: 2, chunk: 1 }, { bytes, order: '(0 1)' })
  const got = JSON.parse((await client).stdout) as unknown
  const values = [1.5, -0, Math.fround(3e38)]
  expect(got).toEqual({ fromRank: 0, call: 7, round: 2, chunk: 1, order: '(0 1)', values, health: 'SERVING' })
})

/**
 * Goal: nodes that hold several ranks give the twin's bits, send over gRPC only what has to leave the node, and end in an
 * error that names a rank when one fails. Several nodes live in this process and talk over loopback.
 * Left out: several processes and the GPU beside the threads (end-to-end tests), speed.
 */
import { spawn } from 'node:child_process'
import diagnostics from 'node:diagnostics_channel'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { assertAgreement, type NodeAllReduce, NodeRanks } from '../../cluster/worker/node-ranks.ts'
import { sha256OfFloats } from '../../src/core/digest.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { gatherInOrder } from '../../src/reduce/algorithms/gather.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETICS, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { roundingInput } from '../../src/reduce/inputs.ts'
import { isArrivalOrdered, rankProgram, roundsOf, type Schedule } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import type { BytesByWay } from '../../src/reduce/transport/transport.ts'
import { reduceInProcess } from '../../src/reduce/twin.ts'

const ALGORITHMS = ['ring', 'hierarchical:ring/ring', 'rank-order', 'all-pairs', 'halving-doubling', 'arrival']
const ARITHMETIC_SAMPLE: readonly ArithmeticName[] = ['f32', 'f64', 'compensated', 'bf16']
/** Elements before those that take part. */
const START = 3
const CAPACITY = 1010

interface ClusterShape {
  readonly rankCount: number
  readonly ranksPerNode: number
  readonly algorithms: readonly string[]
  readonly capacity?: number
  readonly deadlineMs?: number
}

/** Every node of a trial, connected. */
async function openNodes(stack: AsyncDisposableStack, shape: ClusterShape): Promise<NodeRanks[]> {
  const { rankCount, ranksPerNode, algorithms, capacity = CAPACITY, deadlineMs = 30_000 } = shape
  const firstRanks = Array.from({ length: Math.ceil(rankCount / ranksPerNode) }, (_, node) => node * ranksPerNode)
  const nodes = await Promise.all(
    firstRanks.map(async (firstRank) => {
      const localCount = Math.min(ranksPerNode, rankCount - firstRank)
      const place = { trial: 'nodes.seed-0', firstRank, localCount, rankCount, ranksPerNode }
      return stack.use(await NodeRanks.open({ ...place, capacity, arithmetics: ARITHMETIC_SAMPLE, deadlineMs }))
    }),
  )
  const addresses = nodes.flatMap((node) => node.addresses)
  await Promise.all(nodes.map((node) => node.connect(addresses, algorithms)))
  return nodes
}

/** The same all-reduce on every node. @returns the order; that of every node. */
async function reduceOn(nodes: readonly NodeRanks[], request: NodeAllReduce): Promise<string> {
  const results = await Promise.all(nodes.map((node) => node.allReduce(request)))
  const orders = new Set(results.map(({ order }) => order))
  expect(orders.size).toBe(1)
  return results[0].order
}

/** What the twin adds: where arrival decided, in the recorded order. */
function replayed(schedule: Schedule, order: string): Schedule {
  if (!isArrivalOrdered(schedule)) return schedule
  return gatherInOrder(
    'replayed',
    [...order.matchAll(/\d+/g)].map(([leaf]) => Number(leaf)),
  )
}

const GRID = [
  ...[1, 2, 3].flatMap((nodes) =>
    [1, 2, 3].map((ranksPerNode) => ({ rankCount: nodes * ranksPerNode, nodes, ranksPerNode })),
  ),
  { rankCount: 3, nodes: 2, ranksPerNode: 2 },
  { rankCount: 5, nodes: 2, ranksPerNode: 3 },
]

it.each(GRID)(
  '$rankCount ranks on $nodes nodes of $ranksPerNode give the bits and the order of the twin',
  async (point) => {
    const { rankCount, ranksPerNode } = point
    await using stack = new AsyncDisposableStack()
    const nodes = await openNodes(stack, { rankCount, ranksPerNode, algorithms: ALGORITHMS })
    const vectors = nodes.flatMap((node) => node.vectors)
    let call = 0
    for (const algorithm of ALGORITHMS) {
      const schedule = scheduleOf(algorithm, rankCount, ranksPerNode)
      for (const arithmetic of ARITHMETIC_SAMPLE) {
        for (const elements of new Set([0, 1, rankCount - 1, rankCount, 1000])) {
          const inputs = vectors.map((_, rank) => roundingInput(rank, elements))
          vectors.forEach((vector, rank) => void vector.fill(7).set(inputs[rank], START))
          const [start, end] = [START, START + elements]
          const order = await reduceOn(nodes, { algorithm, arithmetic, call: call++, start, end })
          const twin = await reduceInProcess(replayed(schedule, order), arithmetic, inputs)
          const results = vectors.map((vector) => sha256OfFloats(vector.subarray(start, end)))
          const want = {
            order: isArrivalOrdered(schedule) ? order : twin.order,
            results: twin.results.map((v) => sha256OfFloats(v)),
          }
          expect({ algorithm, arithmetic, elements, order, results }).toEqual({
            algorithm,
            arithmetic,
            elements,
            ...want,
          })
          const others = vectors.map((vector) => [...vector.subarray(0, start), ...vector.subarray(end)])
          expect(others.every((values) => values.every((value) => value === 7))).toBe(true)
        }
      }
    }
  },
)

describe('what a node sends', () => {
  const RANKS_PER_NODE = 2
  const BYTES = 4 * 1000

  /** Of one f32 all-reduce of 1000 elements over 2 nodes of 2 ranks, by rank. */
  async function bytesOf(algorithm: string): Promise<BytesByWay[]> {
    await using stack = new AsyncDisposableStack()
    const nodes = await openNodes(stack, { rankCount: 4, ranksPerNode: RANKS_PER_NODE, algorithms: [algorithm] })
    await reduceOn(nodes, { algorithm, arithmetic: 'f32', call: 0, start: 0, end: 1000 })
    return nodes.flatMap((node) => node.bytesSent)
  }

  /** As the schedule has it, of chunks that all have the same size. */
  function plannedBytes(algorithm: string): BytesByWay[] {
    const schedule = scheduleOf(algorithm, 4, RANKS_PER_NODE)
    const nodeOf = (rank: number): number => Math.floor(rank / RANKS_PER_NODE)
    const moves = [...roundsOf(schedule)].flat()
    return [0, 1, 2, 3].map((rank) => {
      const bytesTo = (isWay: (to: number) => boolean): number =>
        moves
          .filter(({ from, to }) => from === rank && to !== rank && isWay(to))
          .reduce((sum, { width }) => sum + (width * BYTES) / schedule.chunkCount, 0)
      return {
        shared: bytesTo((to) => nodeOf(to) === nodeOf(rank)),
        grpc: bytesTo((to) => nodeOf(to) !== nodeOf(rank)),
      }
    })
  }

  it('over gRPC is the sums of leaders alone under hierarchical:ring/ring', async () => {
    const bytes = await bytesOf('hierarchical:ring/ring')
    expect(bytes).toEqual(plannedBytes('hierarchical:ring/ring'))
    // A ring over two leaders: each sends both halves of the vector once.
    expect(bytes.map(({ grpc }) => grpc)).toEqual([BYTES, 0, BYTES, 0])
  })

  it('over gRPC is all that a ring sends across the border', async () => {
    const bytes = await bytesOf('ring')
    expect(bytes).toEqual(plannedBytes('ring'))
    expect(bytes.map(({ grpc }) => grpc)).toEqual([0, 1.5 * BYTES, 0, 1.5 * BYTES])
  })
})

it.each(['f32', 'f64'] as const)('leaves of one rank are added by their subtree first, in %s', async (arithmetic) => {
  const [leaves, leafLength, start, end] = [2, 100, 10, 60]
  const algorithm = 'fixed-tree:8'
  await using stack = new AsyncDisposableStack()
  const nodes = await openNodes(stack, { rankCount: 4, ranksPerNode: 2, algorithms: [algorithm], capacity: 200 })
  const leaf = (index: number): Float32Array => roundingInput(index, leafLength)
  const vectors = nodes.flatMap((node) => node.vectors)
  vectors.forEach((vector, rank) => {
    vector.set(leaf(rank * leaves))
    vector.set(leaf(rank * leaves + 1), leafLength)
  })
  const order = await reduceOn(nodes, { algorithm, arithmetic, call: 0, start, end, leaves, leafLength })

  const [alone] = memoryTransports(1)
  const schedule = scheduleOf(algorithm, 1)
  const [whole, ...others] = Array.from({ length: 8 }, (_, index) => leaf(index).subarray(start, end))
  const want = await allReduce(schedule, ARITHMETICS[arithmetic], rankProgram(schedule, 0), alone, 0, whole, others)
  expect(order).toBe(want)
  for (const vector of vectors) expect(sha256OfFloats(vector.subarray(start, end))).toBe(sha256OfFloats(whole))
})

describe('a failure', () => {
  const request = { algorithm: 'ring', arithmetic: 'f32', call: 0, start: 0, end: 8 } as const
  const shape = { rankCount: 4, ranksPerNode: 2, algorithms: ['ring'] }

  it('of a node that goes away is a lost peer to the ranks of another', async () => {
    await using stack = new AsyncDisposableStack()
    const [here, there] = await openNodes(stack, shape)
    await reduceOn([here, there], request) // a control, too: nothing is wrong yet
    const waiting = here.allReduce({ ...request, call: 1 })
    await Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'peer-lost', message: expect.stringMatching(/^rank [01] /) }),
      there[Symbol.asyncDispose](),
    ])
    await expect(here.allReduce({ ...request, call: 2 })).rejects.toMatchObject({ code: 'peer-lost' })
  })

  it('of a thread that dies names its rank, and is a lost peer to other nodes', async () => {
    await using stack = new AsyncDisposableStack()
    const threads: Worker[] = []
    const note = (message: unknown): void => void threads.push((message as { worker: Worker }).worker)
    diagnostics.subscribe('worker_threads', note)
    stack.defer(() => void diagnostics.unsubscribe('worker_threads', note))
    const [here, there] = await openNodes(stack, shape)
    // All pulls are open then: Node aborts where a thread is terminated while a request comes in (nodejs/node#38418).
    await reduceOn([here, there], request)
    const waiting = errorOf(here.allReduce({ ...request, call: 1 })) // which may fail before the thread has ended
    expect(threads).toHaveLength(4)
    await threads[3].terminate()
    const errors = await Promise.all([waiting, errorOf(there.allReduce({ ...request, call: 1 }))])
    expect(errors.map(({ code }) => code).sort()).toEqual(['peer-lost', 'worker-lost'])
    expect(errors.find(({ code }) => code === 'worker-lost')?.message).toMatch(/^lost rank \d: .*exited/)
  })

  it('of nodes that want different elements is refused by a rank that says what it got', async () => {
    await using stack = new AsyncDisposableStack()
    const [here, there] = await openNodes(stack, shape)
    const ends = [here.allReduce(request), there.allReduce({ ...request, end: 40 })].map(errorOf)
    const codes = (await Promise.all(ends)).map(({ code }) => code)
    expect(codes).toContain('payload-mismatch')
    expect(codes.every((code) => code === 'payload-mismatch' || code === 'peer-lost')).toBe(true)
  })

  it('of a node that never begins ends the wait of the others at their deadline', async () => {
    await using stack = new AsyncDisposableStack()
    const [here] = await openNodes(stack, { ...shape, deadlineMs: 500 })
    await expect(here.allReduce(request)).rejects.toMatchObject({
      code: 'peer-lost',
      message: expect.stringMatching(/^rank [01] gave up: it waited 500 ms for .* rank [0-3]/),
    })
  })

  it('of a schedule that leaves ranks with different sums is found out', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'schedule-'))
    await using stack = new AsyncDisposableStack()
    stack.defer(() => rm(folder, { recursive: true }))
    const file = join(folder, 'one-sided.json')
    const rounds = [[{ from: 0, to: 1, chunk: 0, kind: 'add' }]]
    await writeFile(file, JSON.stringify({ rankCount: 2, chunkCount: 1, rounds }))
    const algorithm = `schedule:${file}`
    const [node] = await openNodes(stack, { rankCount: 2, ranksPerNode: 2, algorithms: [algorithm] })
    await expect(node.allReduce({ ...request, algorithm })).rejects.toMatchObject({ code: 'ranks-disagree', rank: 1 })
  })

  it('to know an algorithm keeps its code', async () => {
    await using stack = new AsyncDisposableStack()
    const opening = openNodes(stack, { ...shape, rankCount: 2, algorithms: ['no-such'] })
    await expect(opening).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('results of one node', () => {
  const outcome = (order: string, ...values: number[]) => ({ order, sum: Float32Array.from(values) })

  it('are accepted where they are the same, NaNs of any payload included', () => {
    const other = outcome('(4 5)', 1, 0)
    new Uint32Array(other.sum.buffer)[1] = 0x7fc00001
    expect(() => assertAgreement(4, [outcome('(4 5)', 1, Number.NaN), other])).not.toThrow()
  })

  it.each([
    ['the bits', outcome('(4 5)', 1, -0), 'rank 5 has 1 of 2 elements of other bits than rank 4'],
    ['the order', outcome('(4 6)', 1, 0), 'rank 5 added in another order ((4 6)) than rank 4'],
  ])('are refused where %s differ', (_, other, message) => {
    expect(() => assertAgreement(4, [outcome('(4 5)', 1, 0), other])).toThrow(message)
  })
})

describe('a process that holds ranks', () => {
  /** Two ranks of three; the third takes connections and says nothing. */
  const program = (last: string): string => `
    import { createServer } from 'node:net'
    import { NodeRanks } from '${join(projectRoot, 'cluster/worker/node-ranks.ts')}'
    const silent = createServer((socket) => socket.unref()).unref()
    await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const place = { trial: 't', firstRank: 0, localCount: 2, rankCount: 3, ranksPerNode: 2 }
    const node = await NodeRanks.open({ ...place, capacity: 8, arithmetics: ['f32'] })
    await node.connect([...node.addresses, '127.0.0.1:' + silent.address().port], ['ring'])
    const waiting = node.allReduce({ algorithm: 'ring', arithmetic: 'f32', call: 0, start: 0, end: 8 })
    waiting.catch(({ code }) => console.log(code))
    ${last}`

  const start = (last: string) =>
    spawn(process.execPath, ['--input-type=module', '--eval', program(last)], { stdio: ['ignore', 'pipe', 'inherit'] })

  it('ends by itself once they are disposed of, although they wait', async () => {
    const child = start('await node[Symbol.asyncDispose]()')
    const [[said], [status]] = await Promise.all([once(child.stdout, 'data'), once(child, 'exit')])
    expect({ said: String(said), status }).toEqual({ said: 'interrupted\n', status: 0 })
  })

  it('ends at SIGTERM, although they wait', async () => {
    const child = start('console.log("they wait")')
    const [said] = await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const [, signal] = await once(child, 'exit')
    expect({ said: String(said), signal }).toEqual({ said: 'they wait\n', signal: 'SIGTERM' })
  })
})

async function errorOf(failing: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  const thrown = await failing.then(
    () => undefined,
    (error: unknown) => error as { code: unknown; message: string },
  )
  return { code: thrown?.code, message: thrown?.message ?? '' }
}

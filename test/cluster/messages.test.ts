// Goal: every message of a session survives the wire, with its defaults, and one of an unknown kind is refused.
// Left out: segments, which are laid out by hand (segment.test.ts), and who says what when (membership.test.ts).

import { describe, expect, it } from 'vitest'
import {
  AGENT_METHOD,
  type AgentMessage,
  type AgentOrder,
  type CoordinatorMessage,
  errorIn,
  failureOf,
  PULL_METHOD,
  type PullRequest,
  SESSION_METHOD,
  type WorkerMessage,
} from '../../cluster/wire/messages.ts'
import { NO_PHASES } from './fixtures/phases.ts'

const { requestSerialize, requestDeserialize, responseSerialize, responseDeserialize } = SESSION_METHOD

type MessageOf<K> = Extract<WorkerMessage | CoordinatorMessage, { kind: K }>

/** One message of every kind with nothing at its default, and the same with everything at its default. */
const WORKER: { readonly [K in WorkerMessage['kind']]: readonly [full: MessageOf<K>, empty: MessageOf<K>] } = {
  join: [
    {
      kind: 'join',
      trial: 't',
      launchIndex: 7,
      sourceDigest: 's',
      lockfileDigest: 'l',
      kernelsDigest: 'k',
      containerDigest: 'c',
      pid: 41,
      hostname: 'h',
    },
    {
      kind: 'join',
      trial: '',
      launchIndex: 0,
      sourceDigest: '',
      lockfileDigest: '',
      kernelsDigest: '',
      containerDigest: '',
      pid: 0,
      hostname: '',
    },
  ],
  ready: [
    {
      kind: 'ready',
      exchangeAddresses: ['127.0.0.1:4242', '127.0.0.1:4243'],
      adapterJson: '{"name":"llvmpipe – 256 bits"}',
      dataDigests: { 'a-file': 'ff', 'b-file': '00' },
      rowMapDigest: 'r',
      readyMs: 0.1,
      linkAddress: '127.0.0.1:4244',
      gpuId: 'host 0000:65:00.0',
    },
    {
      kind: 'ready',
      exchangeAddresses: [],
      adapterJson: '',
      dataDigests: {},
      rowMapDigest: '',
      readyMs: 0,
      linkAddress: '',
      gpuId: '',
    },
  ],
  step: [
    {
      kind: 'step',
      step: 2 ** 32 - 1,
      weightsHash: '0011aabb',
      loss: 0.1,
      dispatches: 9,
      updateDispatches: 1,
      gpuNs: 5,
      stepNs: 1e15 + 1,
      startedMs: 1_795_400_000_000.125,
      phases: { ...NO_PHASES, rowsNs: 1, paceNs: 2 ** 52, recordNs: 8 },
      weights: Uint8Array.of(0, 0, 128, 63),
      buckets: [
        {
          start: 1,
          end: 2 ** 32 - 1,
          readNs: 1,
          reduceStartNs: 2,
          reduceEndNs: 3.5,
          orderCertificate: 'c0ffee',
          order: '((0 1) 2)*4;(0 (1 2))',
          addedNs: [0.5, 2],
          sendNs: 0.5,
          addNs: 0.25,
        },
        {
          start: 0,
          end: 0,
          readNs: 0,
          reduceStartNs: 0,
          reduceEndNs: 0,
          orderCertificate: '',
          order: '',
          addedNs: [],
          sendNs: 0,
          addNs: 0,
        },
      ],
      contributions: [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8)],
      reduced: Uint8Array.of(9, 9, 9, 9),
    },
    {
      kind: 'step',
      step: 0,
      weightsHash: '',
      loss: 0,
      dispatches: 0,
      updateDispatches: 0,
      stepNs: 0,
      startedMs: 0,
      phases: NO_PHASES,
      weights: new Uint8Array(0),
      buckets: [],
      contributions: [],
      reduced: new Uint8Array(0),
    },
  ],
  finished: [
    {
      kind: 'finished',
      lossSum: Number.POSITIVE_INFINITY,
      hits: 9_123,
      digest: 'd',
      weights: Uint8Array.of(1, 2, 3, 4),
      cpuMsByThread: { MainThread: 12.5, worker: 0 },
      bytesSent: 2 ** 40,
      trainNs: 1e9,
      divergedStep: 3,
      orderCertificate: 'c0ffee',
      order: '(0 1)',
      capturedJson: '{"clocks":[]}',
    },
    {
      kind: 'finished',
      lossSum: 0,
      hits: 0,
      digest: '',
      weights: new Uint8Array(0),
      cpuMsByThread: {},
      bytesSent: 0,
      trainNs: 0,
      divergedStep: 0,
      orderCertificate: '',
      order: '',
      capturedJson: '',
    },
  ],
  reduced: [
    {
      kind: 'reduced',
      reduction: 3,
      call: 1,
      digest: 'c0ffee',
      orderCertificates: ['a', 'b'],
      orders: ['(0 1)', ''],
      result: Uint8Array.of(0, 0, 128, 63),
    },
    {
      kind: 'reduced',
      reduction: 0,
      call: 0,
      digest: '',
      orderCertificates: [],
      orders: [],
      result: new Uint8Array(0),
    },
  ],
  measurement: [
    {
      kind: 'measurement',
      point: 7,
      rank: 9,
      seconds: [1e-6, 0.25, 3],
      wrong: 2 ** 40,
      digest: 'd',
      twinDigest: 't',
      orderCertificate: 'c',
      wireBytes: 2 ** 41,
      wireBytesShared: 2 ** 40,
      wireBytesGrpc: 2 ** 39,
      peakResidentBytes: 2 ** 42,
      arrivals: [5, 6.5, 2 ** 20 + 1e-9],
      nonFinite: 3,
      errorMaxUnits: 3.5,
      errorMeanUnits: 3.25,
      ciReached: true,
      buffersMade: 4,
      messagesSent: 5,
      messagesReceived: 6,
      messageBytesSent: 2 ** 43,
      messageBytesReceived: 2 ** 44,
    },
    {
      kind: 'measurement',
      point: 0,
      rank: 0,
      seconds: [],
      wrong: 0,
      digest: '',
      twinDigest: '',
      orderCertificate: '',
      wireBytes: 0,
      wireBytesShared: 0,
      wireBytesGrpc: 0,
      peakResidentBytes: 0,
      arrivals: [],
      nonFinite: 0,
      errorMaxUnits: 0,
      errorMeanUnits: 0,
      ciReached: false,
      buffersMade: 0,
      messagesSent: 0,
      messagesReceived: 0,
      messageBytesSent: 0,
      messageBytesReceived: 0,
    },
  ],
  failed: [
    { kind: 'failed', code: 'gpu-failed', message: 'device lost', remedy: 'look' },
    { kind: 'failed', code: '', message: '', remedy: '' },
  ],
}
const COORDINATOR: { readonly [K in CoordinatorMessage['kind']]: readonly [full: MessageOf<K>, empty: MessageOf<K>] } =
  {
    welcome: [
      { kind: 'welcome', node: 1, nodeCount: 8, assignmentJson: '{}' },
      { kind: 'welcome', node: 0, nodeCount: 0, assignmentJson: '' },
    ],
    start: [
      { kind: 'start', exchangeAddresses: ['127.0.0.1:1', '127.0.0.1:2'], linkAddresses: ['127.0.0.1:3'] },
      { kind: 'start', exchangeAddresses: [], linkAddresses: [] },
    ],
    stop: [
      { kind: 'stop', reason: 'finished' },
      { kind: 'stop', reason: '' },
    ],
  }

const AGENT: { readonly [K in AgentMessage['kind']]: readonly Extract<AgentMessage, { kind: K }>[] } = {
  enroll: [
    {
      kind: 'enroll',
      ...{ rank: 3, worldSize: 8, sourceDigest: 's', lockfileDigest: 'l', kernelsDigest: 'k', containerDigest: 'c' },
      ...{ hostname: 'h', pid: 41, hostJson: '{}', placementJson: '{}' },
    },
    {
      kind: 'enroll',
      ...{ sourceDigest: '', lockfileDigest: '', kernelsDigest: '', containerDigest: '' },
      ...{ hostname: '', pid: 0, hostJson: '', placementJson: '' },
    },
  ],
  prepared: [
    { kind: 'prepared', probeJson: '{}', nodeJson: '{}' },
    { kind: 'prepared', probeJson: '', nodeJson: '{}' },
  ],
  exited: [{ kind: 'exited', trial: 't', launchIndex: 1, how: 'status 70', lastLines: 'a\nb' }],
  failed: [{ kind: 'failed', code: 'no-adapter', message: 'none', remedy: 'look' }],
}
const ORDERS: { readonly [K in AgentOrder['kind']]: readonly Extract<AgentOrder, { kind: K }>[] } = {
  enrolled: [
    { kind: 'enrolled', rank: 1, worldSize: 2, adapter: 'auto' },
    { kind: 'enrolled', rank: 0, worldSize: 0, adapter: '' },
  ],
  launch: [{ kind: 'launch', trial: 't', launchIndex: 1 }],
  end: [{ kind: 'end', trial: 't', launchIndex: 1 }],
  stop: [{ kind: 'stop', reason: 'over' }],
  failed: [{ kind: 'failed', code: 'usage', message: 'taken', remedy: 'another' }],
}

/** Bytes come back as Buffers, which are Uint8Arrays of another class. */
function plainBytes<T extends object>(message: T): T {
  const plain = (value: unknown): unknown =>
    value instanceof Uint8Array ? [...value] : Array.isArray(value) ? value.map(plain) : value
  return Object.fromEntries(Object.entries(message).map(([key, value]) => [key, plain(value)])) as unknown as T
}

describe('of an agent', () => {
  it.each(Object.values(AGENT).flat())('$kind comes back as it was: %j', (message) => {
    expect(AGENT_METHOD.requestDeserialize(AGENT_METHOD.requestSerialize(message))).toEqual(message)
  })

  it('a rank of 0 is kept apart from none', () => {
    const [full, none] = AGENT.enroll
    const back = (message: AgentMessage) => AGENT_METHOD.requestDeserialize(AGENT_METHOD.requestSerialize(message))
    expect(back({ ...full, rank: 0 })).toHaveProperty('rank', 0)
    expect(back(none)).not.toHaveProperty('rank')
  })

  it.each(Object.values(ORDERS).flat())('the order $kind comes back as it was: %j', (order) => {
    expect(AGENT_METHOD.responseDeserialize(AGENT_METHOD.responseSerialize(order))).toEqual(order)
  })

  it('an error keeps its code, and one of another version is a failed worker', () => {
    const failure = ORDERS.failed[0]
    expect(failureOf(errorIn(failure))).toEqual(failure)
    expect(errorIn({ ...failure, code: 'of-tomorrow' }, 'there: ')).toMatchObject({
      code: 'worker-failed',
      message: 'there: taken',
      remedy: 'another',
    })
  })
})

describe('of a worker', () => {
  it.each(Object.values(WORKER).flat())('$kind comes back as it was: %j', (message) => {
    expect(plainBytes(requestDeserialize(requestSerialize(message)))).toEqual(plainBytes(message))
  })

  it('a step keeps apart a GPU time of 0 and none', () => {
    const [, step] = WORKER.step
    expect(requestDeserialize(requestSerialize({ ...step, gpuNs: 0 }))).toHaveProperty('gpuNs', 0)
    expect(requestDeserialize(requestSerialize(step))).not.toHaveProperty('gpuNs')
  })

  it('a loss that is not a number stays so', () => {
    const [, step] = WORKER.step
    expect(requestDeserialize(requestSerialize({ ...step, loss: Number.NaN }))).toHaveProperty('loss', Number.NaN)
  })
})

describe('of the coordinator', () => {
  it.each(Object.values(COORDINATOR).flat())('$kind comes back as it was: %j', (message) => {
    expect(responseDeserialize(responseSerialize(message))).toEqual(message)
  })
})

describe('a message of an unknown kind', () => {
  const empty = Buffer.alloc(0)
  const field15 = Buffer.of((15 << 3) | 2, 1, 0)

  it.each([
    ['empty', empty],
    ['of a later version', field15],
  ])('%s is refused on both sides', (_, bytes) => {
    const refusal = expect.objectContaining({ code: 'payload-mismatch' })
    expect(() => requestDeserialize(bytes)).toThrow(refusal)
    expect(() => responseDeserialize(bytes)).toThrow(refusal)
  })

  it('is told from a known one with a field of a later version, which is read without it', () => {
    const [stop] = COORDINATOR.stop
    expect(responseDeserialize(Buffer.concat([responseSerialize(stop), field15]))).toEqual(stop)
  })
})

it.each<PullRequest>([
  { trial: '8-nodes.seed-3.again-1', fromRank: 1, toRank: 7, connection: 3 },
  { trial: '', fromRank: 0, toRank: 0, connection: 0 },
])('a pull request comes back as it was: %j', (request) => {
  expect(PULL_METHOD.requestDeserialize(PULL_METHOD.requestSerialize(request))).toEqual(request)
})

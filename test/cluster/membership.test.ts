// Goal: the coordinator's side of one trial, as messages and times in, actions out: who is let in, when all start and
// stop, and which node and step every failure names. The clock is a number. Left out: sockets and processes (the
// end-to-end tests).

import { beforeEach, describe, expect, it } from 'vitest'
import { type Action, TrialMembership } from '../../cluster/coordinator/membership.ts'
import type {
  BucketMessage,
  FinishedMessage,
  JoinMessage,
  MeasurementMessage,
  ReadyMessage,
  StepMessage,
  WorkerMessage,
} from '../../cluster/wire/messages.ts'
import { ReducibleError } from '../../src/core/errors.ts'
import { NO_PHASES } from './fixtures/phases.ts'

const DIGESTS = {
  sourceDigest: 'source',
  lockfileDigest: 'lockfile',
  kernelsDigest: 'kernels',
  containerDigest: 'image',
}
const TERMS = {
  trial: '3-nodes.seed-0',
  nodeCount: 3,
  steps: 2,
  digests: DIGESTS,
  assignmentJson: '{"seed":0}',
  joinTimeoutMs: 30_000,
  graceMs: 10_000,
  plannedCertificate: () => undefined,
}
const NODES = [0, 1, 2]

function join(launchIndex: number, changed: Partial<JoinMessage> = {}): JoinMessage {
  const process = { pid: 100 + launchIndex, hostname: `host-${launchIndex}` }
  return { kind: 'join', trial: TERMS.trial, launchIndex, ...DIGESTS, ...process, ...changed }
}

function ready(node: number, changed: Partial<ReadyMessage> = {}): ReadyMessage {
  const dataDigests = { 'linear.f64': 'data' }
  return {
    kind: 'ready',
    exchangeAddresses: [`host:${node}`],
    adapterJson: '',
    dataDigests,
    rowMapDigest: 'rows',
    readyMs: 1,
    linkAddress: '',
    gpuId: '',
    ...changed,
  }
}

function bucket(orderCertificate: string, order = ''): BucketMessage {
  const times = { readNs: 1, reduceStartNs: 1, reduceEndNs: 2, sendNs: 0, addNs: 0 }
  return { start: 0, end: 9, ...times, orderCertificate, order, addedNs: [] }
}

function step(number: number, weightsHash = 'aaaaaaaaaaaa'): StepMessage {
  return {
    kind: 'step',
    step: number,
    weightsHash,
    loss: 1,
    dispatches: 2,
    updateDispatches: 1,
    weights: new Uint8Array(0),
    stepNs: 3,
    startedMs: 1,
    phases: NO_PHASES,
    buckets: [bucket('order')],
    contributions: [],
    reduced: new Uint8Array(0),
  }
}

function finished(digest = 'final'): FinishedMessage {
  const weights = new Uint8Array(0)
  return {
    kind: 'finished',
    lossSum: 1,
    hits: 0,
    digest,
    weights,
    cpuMsByThread: {},
    bytesSent: 0,
    trainNs: 1,
    divergedStep: 0,
    orderCertificate: 'order',
    order: '',
    capturedJson: '',
  }
}

function stopAll(reason: string, nodes: readonly number[] = NODES): Action[] {
  return nodes.map((to) => ({ kind: 'send', to, message: { kind: 'stop', reason } }))
}

/** The error that the actions end with, once every node still there is told to stop for that reason. */
function failureIn(actions: readonly Action[], told: readonly number[] = NODES): ReducibleError {
  const last = actions.at(-1)
  if (last?.kind !== 'failed') throw new Error(`want a failure, got ${JSON.stringify(actions)}`)
  expect(actions.slice(0, -1)).toEqual(stopAll(last.error.message, told))
  return last.error
}

let trial: TrialMembership
/** Milliseconds, of no epoch. */
let now: number

beforeEach(() => {
  now = 5_000_000
  trial = new TrialMembership(TERMS, now)
})

function joinAll(): void {
  for (const node of NODES) trial.receive(node, join(node), now)
}

function startAll(): Action[] {
  joinAll()
  return NODES.flatMap((node) => trial.receive(node, ready(node), now))
}

/** Every node reports this step, `milliseconds` after what came before. */
function stepAll(number: number, milliseconds: number): Action[] {
  now += milliseconds
  return NODES.flatMap((node) => trial.receive(node, step(number), now))
}

describe('a trial', () => {
  it('welcomes each worker with its node and what to do', () => {
    expect(trial.refusal(join(1))).toBeUndefined()
    expect(trial.receive(1, join(1), now)).toEqual([
      { kind: 'send', to: 1, message: { kind: 'welcome', node: 1, nodeCount: 3, assignmentJson: '{"seed":0}' } },
    ])
  })

  it('starts all when the last is ready, with the addresses by node', () => {
    joinAll()
    expect(trial.receive(2, ready(2), now)).toEqual([])
    expect(trial.receive(0, ready(0), now)).toEqual([])
    const start = { kind: 'start', exchangeAddresses: ['host:0', 'host:1', 'host:2'], linkAddresses: [] }
    expect(trial.receive(1, ready(1), now)).toEqual([
      { kind: 'started' },
      ...NODES.map((to) => ({ kind: 'send', to, message: start })),
    ])
  })

  it('tells all where the links of each node are measured', () => {
    joinAll()
    const started = [2, 0, 1].flatMap((node) => trial.receive(node, ready(node, { linkAddress: `link:${node}` }), now))
    const linkAddresses = ['link:0', 'link:1', 'link:2']
    expect(started[1]).toMatchObject({ kind: 'send', to: 0, message: { kind: 'start', linkAddresses } })
  })

  it('reports a step when every node has, by node, whoever came first', () => {
    startAll()
    expect(trial.receive(1, step(1), now)).toEqual([])
    expect(trial.receive(1, step(2), now)).toEqual([])
    expect(trial.receive(2, step(1), now)).toEqual([])
    const reports = { step: 1, byNode: NODES.map(() => step(1)) }
    expect(trial.receive(0, step(1), now)).toEqual([{ kind: 'step', reports }])
  })

  it('stops all and is done when every node has finished', () => {
    startAll()
    stepAll(1, 10)
    stepAll(2, 10)
    expect(trial.receive(0, finished(), now)).toEqual([])
    expect(trial.receive(2, finished(), now)).toEqual([])
    expect(trial.receive(1, finished(), now)).toEqual([
      ...stopAll('finished'),
      { kind: 'done', outcome: { ready: NODES.map((node) => ready(node)), finished: NODES.map(() => finished()) } },
    ])
  })

  it('of one node needs nobody else', () => {
    trial = new TrialMembership({ ...TERMS, nodeCount: 1, steps: 1 }, now)
    const messages = [join(0), ready(0), step(1), finished()]
    const kinds = messages.map((message) => trial.receive(0, message, now).map(({ kind }) => kind))
    expect(kinds).toEqual([['send'], ['started', 'send'], ['step'], ['send', 'done']])
  })

  it('does nothing more once it is over', () => {
    startAll()
    failureIn(trial.close(1, 'killed'), [0, 2])
    expect(trial.receive(0, step(1), now)).toEqual([])
    expect(trial.receive(0, finished(), now)).toEqual([])
    expect(trial.close(0, 'killed')).toEqual([])
    expect(trial.abandon(new ReducibleError('source-mismatch', 'late'))).toEqual([])
    expect(trial.tick(now + 1e9)).toEqual([])
  })
})

describe('a worker that joins', () => {
  it.each([
    ['source tree', 'sourceDigest'],
    ['lockfile', 'lockfileDigest'],
    ['kernels', 'kernelsDigest'],
    ['container image', 'containerDigest'],
  ] as const)('with another %s is refused, named with both digests', (name, digest) => {
    expect(trial.refusal(join(2, { [digest]: 'other' }))).toMatchObject({
      code: 'source-mismatch',
      message: `worker 2 (pid 102 on host-2) has ${name} other, the coordinator ${DIGESTS[digest]}`,
    })
  })

  it.each([
    [
      'another trial',
      join(1, { trial: 'old' }),
      'worker 1 (pid 101 on host-1) wants trial old, this is 3-nodes.seed-0',
    ],
    [
      'a node that does not exist',
      join(3),
      'worker 3 (pid 103 on host-3) wants a place that is taken or does not exist; nodes: 3',
    ],
  ])('for %s is refused by name', (_, message, want) => {
    expect(trial.refusal(message)).toMatchObject({ code: 'usage', message: want })
  })

  it('for a place that is taken is refused, and the place next to it is free', () => {
    trial.receive(1, join(1), now)
    expect(trial.refusal(join(1))).toMatchObject({ code: 'usage' })
    expect(trial.refusal(join(2))).toBeUndefined()
  })

  it('and has to be refused ends the trial, which cannot do without', () => {
    trial.receive(0, join(0), now)
    const error = new ReducibleError('source-mismatch', 'worker 1 runs other code')
    expect(failureIn(trial.abandon(error), [0])).toBe(error)
  })
})

describe('workers that are not of one mind', () => {
  it.each([
    ['data', { dataDigests: { 'linear.f64': 'other' } }],
    ['rows', { rowMapDigest: 'other' }],
  ])('on their %s are not started, and the odd node is named', (_, changed) => {
    joinAll()
    trial.receive(0, ready(0), now)
    trial.receive(1, ready(1), now)
    const error = failureIn(trial.receive(2, ready(2, changed), now))
    expect(error).toMatchObject({
      code: 'source-mismatch',
      message: 'node 2 holds other data or rows than node 0',
    })
  })

  it.each(NODES)(
    'on the weights of a step end the trial: node %i, whose hash is odd, and the step are named',
    (odd) => {
      startAll()
      stepAll(1, 10)
      const others = NODES.filter((node) => node !== odd)
      const actions = NODES.flatMap((node) =>
        trial.receive(node, step(2, node === odd ? 'bbbbbbbbbbbb' : undefined), now),
      )
      expect(failureIn(actions)).toMatchObject({
        code: 'ranks-disagree',
        node: odd,
        step: 2,
        message: `after step 2 the weights differ: aaaaaaaa on node ${others.join(', ')}; bbbbbbbb on node ${odd}`,
      })
    },
  )

  it.each(NODES)('on the final digest end the trial: node %i, which is alone with its own, is named', (odd) => {
    startAll()
    stepAll(1, 10)
    stepAll(2, 10)
    const others = NODES.filter((node) => node !== odd)
    const actions = NODES.flatMap((node) => trial.receive(node, finished(node === odd ? 'other' : 'final'), now))
    expect(failureIn(actions)).toMatchObject({
      code: 'ranks-disagree',
      node: odd,
      step: 2,
      message: `after step 2 the digests differ: final on node ${others.join(', ')}; other on node ${odd}`,
    })
  })
})

describe('a step out of order', () => {
  it.each([
    ['skipped', 3],
    ['repeated', 1],
    ['unknown', 0],
  ])('is refused: %s', (_, number) => {
    startAll()
    stepAll(1, 10)
    expect(failureIn(trial.receive(1, step(number), now))).toMatchObject({
      code: 'payload-mismatch',
      node: 1,
      message: `node 1 reported step ${number}, want 2`,
    })
  })
})

describe('a message out of turn', () => {
  const measurement: MeasurementMessage = {
    kind: 'measurement',
    point: 0,
    rank: 2,
    seconds: [1],
    wrong: 0,
    digest: 'd',
    twinDigest: 'd',
    orderCertificate: 'order',
    wireBytes: 0,
    wireBytesShared: 0,
    wireBytesGrpc: 0,
    peakResidentBytes: 0,
    arrivals: [],
    nonFinite: 0,
    errorMaxUnits: 0.5,
    errorMeanUnits: 0.25,
    ciReached: false,
    buffersMade: 0,
    messagesSent: 0,
    messagesReceived: 0,
    messageBytesSent: 0,
    messageBytesReceived: 0,
  }

  it.each<[string, () => void, WorkerMessage]>([
    ['ready a second time', () => trial.receive(1, ready(1), now), ready(1)],
    ['ready after the start', () => NODES.forEach((node) => void trial.receive(node, ready(node), now)), ready(1)],
    ['a step before the start', () => {}, step(1)],
    ['a measurement before the start', () => {}, measurement],
    ['finished before the start', () => {}, finished()],
    [
      'finished a second time',
      () => {
        for (const node of NODES) trial.receive(node, ready(node), now)
        stepAll(1, 10)
        stepAll(2, 10)
        trial.receive(1, finished(), now)
      },
      finished(),
    ],
  ])('%s ends the trial, and its node is named', (_, before, message) => {
    joinAll()
    before()
    expect(failureIn(trial.receive(1, message, now))).toMatchObject({
      code: 'payload-mismatch',
      node: 1,
      message: `node 1 said '${message.kind}' out of turn`,
    })
  })

  it('is told from a measurement in its turn, which is handed on', () => {
    startAll()
    expect(trial.receive(2, measurement, now)).toEqual([{ kind: 'measurement', node: 2, measurement }])
  })
})

describe('the order that nodes witness', () => {
  const witnessed = (orderCertificate: string, order = ''): StepMessage => ({
    ...step(1),
    buckets: [bucket(orderCertificate, order)],
  })
  const report = (certificates: readonly string[], order = ''): Action[] =>
    NODES.flatMap((node) => trial.receive(node, witnessed(certificates[node], order), now))

  function planned(plannedCertificate: string | undefined): void {
    trial = new TrialMembership({ ...TERMS, plannedCertificate: () => plannedCertificate }, now)
    startAll()
  }

  it('may be the planned one, or where nothing is planned any, if it is one', () => {
    planned('plan')
    expect(report(['plan', 'plan', 'plan']).map(({ kind }) => kind)).toEqual(['step'])
    planned(undefined)
    expect(report(['any', 'any', 'any']).map(({ kind }) => kind)).toEqual(['step'])
  })

  it.each(NODES)('ends the trial where it is another than planned on node %i, which is named', (odd) => {
    planned('plan')
    const certificates = NODES.map((node) => (node === odd ? 'another one, far too long' : 'plan'))
    expect(failureIn(report(certificates, '((0 2) 1)'))).toMatchObject({
      code: 'order-mismatch',
      node: odd,
      step: 1,
      message: `in step 1, bucket 0, node ${odd} witnessed order another one, (((0 2) 1)), want plan`,
    })
  })

  it('ends the trial where it is another than planned on all nodes', () => {
    planned('plan')
    expect(failureIn(report(['b', 'b', 'b']))).toMatchObject({ code: 'order-mismatch', node: 0, step: 1 })
  })

  it('ends the trial where nothing is planned but nodes differ', () => {
    planned(undefined)
    expect(failureIn(report(['a', 'a', 'b']))).toMatchObject({ code: 'order-mismatch', node: 2, step: 1 })
  })

  it('is looked at in every bucket', () => {
    planned('plan')
    const buckets = [bucket('plan'), bucket('plan'), bucket('other')]
    trial.receive(0, { ...step(1), buckets: [buckets[0], buckets[1], buckets[0]] }, now)
    trial.receive(1, { ...step(1), buckets }, now)
    const last = trial.receive(2, { ...step(1), buckets: [buckets[0], buckets[1], buckets[0]] }, now)
    expect(failureIn(last)).toMatchObject({ code: 'order-mismatch', node: 1, step: 1 })
  })
})

describe('a worker that is gone', () => {
  it('before the first step is named', () => {
    joinAll()
    expect(failureIn(trial.close(2, 'its process ended with status 1'), [0, 1])).toMatchObject({
      code: 'worker-lost',
      node: 2,
      message: 'node 2 is gone before the first step: its process ended with status 1',
    })
  })

  it('in training is named with the last step it reported', () => {
    startAll()
    stepAll(1, 10)
    trial.receive(0, step(2), now)
    expect(failureIn(trial.close(0, 'its connection closed'), [1, 2])).toMatchObject({
      code: 'worker-lost',
      node: 0,
      step: 2,
      message: 'node 0 is gone after step 2: its connection closed',
    })
  })

  it('after telling why is known by what it told, remedy included', () => {
    startAll()
    const failed = { kind: 'failed', code: 'gpu-failed', message: 'device lost', remedy: 'see the log' } as const
    expect(failureIn(trial.receive(1, failed, now))).toMatchObject({
      code: 'gpu-failed',
      node: 1,
      message: 'node 1: device lost',
      remedy: 'see the log',
    })
  })

  it.each(['on-strike', '', 'toString'])("after telling '%s', a code that nobody knows, is a failed worker", (code) => {
    startAll()
    const failed = { kind: 'failed', code, message: 'no', remedy: '' } as const
    expect(failureIn(trial.receive(1, failed, now)).code).toBe('worker-failed')
  })
})

describe('time', () => {
  it('is up for workers that do not get ready, who are named', () => {
    joinAll()
    trial.receive(1, ready(1), now)
    expect(trial.tick(now + 30_000)).toEqual([])
    expect(failureIn(trial.tick(now + 30_001))).toMatchObject({
      code: 'join-timeout',
      message: 'node 0, 2 of 3-nodes.seed-0 did not get ready within 30 s',
    })
  })

  it('to get ready counts from the launch, whoever says something meanwhile', () => {
    now += 29_999
    joinAll()
    trial.receive(1, ready(1), now)
    expect(trial.tick(now + 1)).toEqual([])
    expect(failureIn(trial.tick(now + 2)).code).toBe('join-timeout')
  })

  it.each([0, 100, 7_000])('is up after 10 s and 20 median steps of %i ms; the slow nodes are named', (stepMs) => {
    startAll()
    stepAll(1, stepMs)
    trial.receive(0, step(2), now)
    const patience = 10_000 + 20 * stepMs
    expect(trial.tick(now + patience)).toEqual([])
    expect(failureIn(trial.tick(now + patience + 1))).toMatchObject({
      code: 'no-progress',
      step: 1,
      message: `no node of 3-nodes.seed-0 reported for ${patience / 1000} s; node 1, 2 is at step 1`,
    })
  })

  it('of one slow step does not stretch the patience: the median counts', () => {
    trial = new TrialMembership({ ...TERMS, steps: 10 }, now)
    startAll()
    for (const [index, milliseconds] of [100, 60_000, 100].entries()) stepAll(index + 1, milliseconds)
    expect(trial.tick(now + 12_000)).toEqual([])
    expect(failureIn(trial.tick(now + 12_001)).code).toBe('no-progress')
  })

  it('starts anew with every report', () => {
    startAll()
    now += 10_000
    trial.receive(0, step(1), now)
    expect(trial.tick(now + 10_000)).toEqual([])
    expect(failureIn(trial.tick(now + 10_001)).code).toBe('no-progress')
  })
})

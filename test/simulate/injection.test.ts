// Goal: what a study injects moves that, and nothing else, of a simulated run, in the rounds that it falls into. Left out: whether a
// diagnosis finds it (bench/diagnose.ts).
import { describe, expect, it } from 'vitest'
import type { StepRecord, TrialRecord } from '../../src/record/trial-record.ts'
import { uniformLinks } from '../../src/simulate/cluster-links.ts'
import { CALM, type Conditions } from '../../src/simulate/conditions.ts'
import { checkSimulation, type SimulationRequest, simulateStudy } from '../../src/simulate/simulate-study.ts'
import { studySchema } from '../../src/study/schema.ts'

interface Ran {
  readonly record: TrialRecord
  readonly steps: readonly StepRecord[]
}

function request(
  inject: readonly object[],
  conditions: Partial<Conditions> = {},
  changed: object = {},
): SimulationRequest {
  const study = studySchema.parse({
    purpose: 'Does it disturb?',
    workload: { name: 'linear', rows: 60, columns: 256 },
    arms: [{ name: 'a', nodes: 3 }],
    training: { steps: 4, learningRate: 0.001 },
    seeds: [0],
    repeats: 2,
    engine: 'cpu',
    ...(inject.length > 0 && { inject }),
    ...changed,
  })
  return {
    study,
    links: uniformLinks(1000, 1, 0.1),
    conditions: { ...CALM, ...conditions },
    compute: { source: 'stated', wholeBatchMs: 30, text: '30 ms' },
    values: undefined,
    steps: 4,
    replay: undefined,
  }
}

async function ran(asked: SimulationRequest): Promise<Ran[]> {
  const trials: Ran[] = []
  await simulateStudy(asked, (_, { record, steps }) => trials.push({ record, steps }))
  return trials
}

const computeOf = ({ steps }: Ran): number[] => steps[0].nodes.map(({ engineNs }) => Math.round(engineNs / 1e4) / 100)
const exchangeOf = ({ steps }: Ran, step: number): number =>
  Math.min(...steps[step].nodes.map(({ reduceNs }) => reduceNs))
const pressureOf = ({ record }: Ran): unknown => record.machines?.[0].pressure.cpu

describe('a simulated study', () => {
  it('without injections runs a seed once, and its repeats where there is unrest, each in its own way', async () => {
    expect(await ran(request([]))).toHaveLength(1)
    const [one, other] = await ran(request([], { unrest: 0.1 }))
    expect(computeOf(one)).not.toEqual(computeOf(other))
    expect(one.record.weightsSha256).toBe(other.record.weightsSha256)
  })

  it('slows links in its round alone, from its step on', async () => {
    const [calm, slow] = await ran(request([{ source: 'network', rate: 0.5, fromStep: 3 }]))
    expect(exchangeOf(slow, 1)).toBeCloseTo(exchangeOf(calm, 1), 0)
    expect(exchangeOf(slow, 2) / exchangeOf(calm, 2)).toBeGreaterThan(1.2)
    expect(computeOf(slow)).toEqual(computeOf(calm))
  })

  it('lets a rank share its core with a tenant, and machines say so', async () => {
    const [calm, busy] = await ran(request([{ source: 'tenant', load: 0.5 }]))
    expect([computeOf(calm), computeOf(busy)]).toEqual([
      [10, 10, 10],
      [15, 15, 15],
    ])
    expect(pressureOf(calm)).toBe(0)
    expect(pressureOf(busy)).toBeCloseTo(1 / 3, 1)
  })

  it('slows one node in every round', async () => {
    const both = await ran(request([{ source: 'unlike-hardware', node: 2, factor: 1.5 }]))
    expect(both.map(computeOf)).toEqual([
      [10, 10, 15],
      [10, 10, 15],
    ])
  })

  it('trains on fewer nodes, to other orders', async () => {
    const [whole, fewer] = await ran(request([{ source: 'node-count', lose: 1 }]))
    expect([whole.record.nodes, fewer.record.nodes]).toEqual([3, 2])
    expect(computeOf(fewer)).toEqual([15, 15])
  })

  it('delays gradients, and arrival takes another order then', async () => {
    const arms = [{ name: 'a', nodes: 3, algorithm: 'arrival' }]
    const orders = (trials: readonly Ran[]): number =>
      new Set(trials.flatMap(({ steps }) => steps.flatMap(({ orderCertificates }) => orderCertificates))).size
    const calm = await ran(request([], {}, { arms }))
    expect(orders(calm)).toBe(1)
    const delay = { source: 'arrival-order', delayUs: 500 }
    expect(orders(await ran(request([delay], {}, { arms })))).toBeGreaterThan(1)
  })

  it('is refused where it is simulated in time alone, as unrest is', () => {
    const paced = { workload: { name: 'paced', computeMs: 10, parameters: 100 } }
    const tenant = { source: 'tenant', load: 1 }
    expect(() => checkSimulation(request([], {}, paced))).not.toThrow()
    expect(() => checkSimulation(request([tenant], {}, paced))).toThrow('simulated in time alone')
    expect(() => checkSimulation(request([], { unrest: 0.1 }, paced))).toThrow('simulated in time alone')
    expect(() => checkSimulation(request([tenant]))).not.toThrow()
  })
})

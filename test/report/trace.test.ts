// Goal: a trace has what the steps recorded, on one clock, and every flow goes forwards between two tracks that exist. Left out: how
// Perfetto draws it.
import { describe, expect, it } from 'vitest'
import type { StepRecord } from '../../src/record/trial-record.ts'
import { chromeTrace } from '../../src/report/trace.ts'
import type { Arm } from '../../src/study/schema.ts'

interface Event {
  readonly ph: string
  readonly name: string
  readonly tid: number
  readonly ts: number
  readonly dur: number
  readonly id: string
}

const arm = { name: 'three', nodes: 3, ranksPerNode: 1, algorithm: 'ring' } as unknown as Arm
/** Node 2's clock is 100 ms ahead. */
const steps = [1, 2].map((step) => ({
  trial: 'three.seed-0',
  step,
  nodes: [0, 0, 100].map((ahead, node) => ({
    node,
    startedMs: 5000 + 10 * step + ahead,
    phases: { rowsNs: 1e5, computeNs: 2e6 },
    buckets: [{ elements: 9, readNs: 2.1e6, reduceStartNs: 2.1e6, reduceEndNs: 4.1e6, sendNs: 1, addNs: 2 }],
  })),
})) as unknown as StepRecord[]

const { traceEvents } = chromeTrace([{ trial: 'three.seed-0', arm, steps }], null) as { traceEvents: Event[] }
const of = (ph: string) => traceEvents.filter((event) => event.ph === ph)

describe('a trace', () => {
  it('has the phases of every node and step one after the other, then its all-reduce', () => {
    const first = of('X')
      .filter(({ tid }) => tid === 0 || tid === 1)
      .slice(0, 3)
    expect(first.map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
      ['rows', 0, 100],
      ['compute', 100, 2000],
      ['all-reduce', 2100, 2000],
    ])
    expect(of('X')).toHaveLength(3 * 2 * 3)
  })

  it('puts a clock that is ahead back', () => {
    const starts = of('X')
      .filter(({ name }) => name === 'rows')
      .map(({ ts }) => ts)
    expect(starts).toEqual([0, 0, 0, 10_000, 10_000, 10_000])
  })

  it('has a flow round the ring in every step, and none goes back in time', () => {
    const [begins, ends] = [of('s'), of('f')]
    expect(
      begins
        .slice(0, 3)
        .map(({ tid }) => tid)
        .sort(),
    ).toEqual([1, 3, 5])
    expect(begins).toHaveLength(6)
    for (const { id, ts } of ends) expect(ts).toBeGreaterThan(begins.find((one) => one.id === id)?.ts ?? Infinity)
  })
})

// Goal: virtual time is what the α-β-γ model says where that is exact, never faster than a link, never shorter for more bytes or
// latency, and comes to an end for every algorithm. Left out: how well a real cluster follows the model (bench:predict).
import { describe, expect, it } from 'vitest'
import { ReducibleError } from '../../src/core/errors.ts'
import { mix32 } from '../../src/core/mix.ts'
import { isPowerOfTwo } from '../../src/core/powers-of-two.ts'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import { roundsOf } from '../../src/reduce/schedule.ts'
import { timeBenchedNs } from '../../src/simulate/bench-timing.ts'
import { closedFormNs } from '../../src/simulate/closed-form.ts'
import { type ClusterLinks, uniformLinks } from '../../src/simulate/cluster-links.ts'
import { CALM, type Conditions } from '../../src/simulate/conditions.ts'
import { Network } from '../../src/simulate/network.ts'
import { moveCountOf, passesOf } from '../../src/simulate/passes.ts'
import { TimedRanks } from '../../src/simulate/timing.ts'
import { unlikeLinks } from './networks.ts'

interface Point {
  readonly algorithm: string
  readonly nodes: number
  readonly elements: number
  readonly links: ClusterLinks
  readonly conditions?: Conditions
}

/** By rank: when it has ended. */
function endsOf({ algorithm, nodes, elements, links, conditions = CALM }: Point): Float64Array {
  const clock = new Float64Array(nodes)
  const passes = passesOf({ algorithm, arithmetic: 'f32', nodes }, [elements])
  new TimedRanks(new Network(nodes, links, conditions), passes, clock).run()
  return clock
}

const timeOf = (point: Point): number => Math.max(...endsOf(point))

const [ALPHA, BETA, GAMMA] = [1000, 0.1, 0.03]
const IDEAL = uniformLinks(ALPHA, BETA, GAMMA)
/** Of one message, so that nothing of it is added while the rest is on its way. */
const WHOLE: Conditions = { ...CALM, segmentBytes: Number.MAX_SAFE_INTEGER }

describe('on an ideal network, to 1e-9,', () => {
  const forms: Record<string, (n: number, bytes: number) => number> = {
    ring: (n, bytes) => 2 * (n - 1) * ALPHA + ((n - 1) / n) * bytes * (2 * BETA + GAMMA),
    'binomial-tree': (n, bytes) => Math.log2(n) * (2 * ALPHA + bytes * (2 * BETA + GAMMA)),
    'halving-doubling': (n, bytes) => 2 * Math.log2(n) * ALPHA + ((n - 1) / n) * bytes * (2 * BETA + GAMMA),
  }
  const points = Object.keys(forms).flatMap((name) =>
    [2, 4, 8, 32, 256].flatMap((n) => [256, 65_536, 1 << 20].map((elements) => [name, n, elements] as const)),
  )
  it.each(points)('%s over %i nodes and %i elements takes its closed form', (algorithm, nodes, elements) => {
    const want = forms[algorithm](nodes, 4 * elements)
    const got = timeOf({ algorithm, nodes, elements, links: IDEAL, conditions: WHOLE })
    expect(Math.abs(got / want - 1)).toBeLessThan(1e-9)
  })

  it.each(['ring', 'ring-segmented'])('the form that stands for a long %s is what its events come to', (algorithm) => {
    const passes = passesOf({ algorithm, arithmetic: 'f32', nodes: 24 }, [24 * 4 * 50])
    const events = timeOf({ algorithm, nodes: 24, elements: 24 * 4 * 50, links: IDEAL })
    expect(Math.abs(closedFormNs(passes, IDEAL, CALM) / events - 1)).toBeLessThan(1e-9)
  })

  it.each([
    ['all-pairs', CALM],
    ['ring', { ...CALM, jitterNs: 1 }],
    ['ring', { ...CALM, topology: 'fat-tree:2:4' }],
    ['ring', { ...CALM, stragglers: [{ node: 0, factor: 2 }] }],
  ])('no form stands for %s where rounds are not alike', (algorithm, conditions) => {
    const passes = passesOf({ algorithm, arithmetic: 'f32', nodes: 8 }, [100])
    expect(() => closedFormNs(passes, IDEAL, conditions)).toThrow(ReducibleError)
  })
})

describe('on ports like those of shaped links', () => {
  const S = 4 * 65_536
  const SHAPED: Conditions = { ...WHOLE, burstNs: 5000 }

  it('a rested port lets a burst through at once, and no more than that', () => {
    const point = { algorithm: 'binomial-tree', nodes: 2, elements: S / 4, links: IDEAL }
    const [plain, shaped] = [WHOLE, SHAPED].map((conditions) => timeOf({ ...point, conditions }))
    expect(plain - shaped).toBeCloseTo(2 * 5000, 6) // one each way
    const tiny = timeOf({ ...point, elements: 1, conditions: SHAPED })
    expect(tiny).toBeCloseTo(2 * ALPHA + 4 * GAMMA, 6)
  })

  it('a port that never rests has none left: the next ring takes longer than the first', () => {
    const place = { algorithm: 'ring', arithmetic: 'f32', nodes: 4 } as const
    const first = timeOf({ algorithm: 'ring', nodes: 4, elements: S / 4, links: IDEAL, conditions: SHAPED })
    const later = timeBenchedNs(place, S / 4, IDEAL, SHAPED)
    expect(later).toBeGreaterThan(first)
    expect(later).toBeLessThan(first + 5000)
    const calm = timeOf({ algorithm: 'ring', nodes: 4, elements: S / 4, links: IDEAL, conditions: WHOLE })
    // The barrier lets one rank go a latency ahead of the others.
    expect(Math.abs(timeBenchedNs(place, S / 4, IDEAL, WHOLE) - calm)).toBeLessThan(ALPHA)
  })

  it('a rank that hands over what it sends goes on, and its receivers share its port', () => {
    const point = { algorithm: 'binomial-tree', nodes: 4, elements: S / 4, links: uniformLinks(0, BETA, 0) }
    const waiting = timeOf({ ...point, conditions: CALM })
    const conditions = { ...CALM, segmentBytes: 1024, buffersSends: true }
    // 0 sends to 2 and to 1 at once, so 2 has it twice as late, and only then sends to 3: five ways in place of four.
    expect(waiting / (S * BETA)).toBeCloseTo(4, 9)
    expect(timeOf({ ...point, conditions }) / (S * BETA)).toBeCloseTo(5, 1)
  })

  it('what it sends in one round leaves message by message, so that first receivers are sent to by all at once', () => {
    const point = { algorithm: 'all-pairs', nodes: 4, elements: S / 4, links: uniformLinks(0, BETA, 0) }
    const conditions = { ...CALM, segmentBytes: 1024 }
    const turns = timeOf({ ...point, conditions })
    const whole = timeOf({ ...point, conditions: { ...conditions, buffersSends: true } })
    expect(turns / (S * BETA)).toBeCloseTo(2 * 0.75, 1)
    expect(whole / (S * BETA)).toBeCloseTo(2, 1)
  })
})

it('one rank exchanges nothing', () => {
  for (const algorithm of EVERY_ALGORITHM.filter((name) => !name.startsWith('fixed-tree'))) {
    expect(endsOf({ algorithm, nodes: 1, elements: 1000, links: IDEAL })).toEqual(Float64Array.of(0))
  }
})

it.each(['ring', 'ring-segmented', 'recursive-doubling', 'halving-doubling', 'bcube:2'])(
  'the ranks of %s, which all do the same, end at the same time',
  (algorithm) => {
    const ends = endsOf({ algorithm, nodes: 16, elements: 16 * 64, links: IDEAL })
    expect(new Set(ends).size).toBe(1)
  },
)

it('the ranks of a tree do not', () => {
  expect(new Set(endsOf({ algorithm: 'binomial-tree', nodes: 16, elements: 1024, links: IDEAL })).size).toBeGreaterThan(
    1,
  )
})

describe.each(EVERY_ALGORITHM)('%s', (algorithm) => {
  it('comes to an end over 1 to 17 ranks on every topology', () => {
    for (let nodes = 1; nodes <= 17; nodes++) {
      for (const topology of ['switch', 'ring', `torus:1x${nodes}`, 'fat-tree:3:2', 'zones:2:2:2:3:10']) {
        const conditions = { ...CALM, topology, segmentBytes: 64, jitterNs: 500 }
        const ends = endsOf({ algorithm, nodes, elements: 100, links: unlikeLinks(nodes), conditions })
        expect(ends.every((end) => Number.isFinite(end) && end >= 0)).toBe(true)
      }
    }
  })

  it('counts as many moves as it makes', () => {
    for (const nodes of [1, 2, 5, 8]) {
      const moves = [...roundsOf(scheduleOf(algorithm, nodes))].flat().filter(({ from, to }) => from !== to)
      expect(moveCountOf(algorithm, nodes)).toBe(moves.length)
    }
  })
})

/** Reproducible cases: of case i, numbers 0 ≤ x < 1. */
const cases = Array.from({ length: 300 }, (_, i) => (draw: number) => mix32(i * 16 + draw) / 2 ** 32)

it('no all-reduce has a bus bandwidth above the link', () => {
  for (const at of cases) {
    const nodes = 2 + Math.floor(at(0) * 15)
    const algorithm = EVERY_ALGORITHM[Math.floor(at(1) * EVERY_ALGORITHM.length)]
    const elements = nodes * (1 + Math.floor(at(2) * 5000))
    const conditions = { ...CALM, segmentBytes: 64 + Math.floor(at(3) * 10_000), jitterNs: 1000 * at(4) }
    const seconds = timeOf({ algorithm, nodes, elements, links: uniformLinks(1 + 1e4 * at(5), 0.2, 0.02), conditions })
    const busbw = ((4 * elements) / seconds) * ((2 * (nodes - 1)) / nodes)
    expect(busbw, `${algorithm} over ${nodes} ranks`).toBeLessThanOrEqual((1 / 0.2) * (1 + 1e-12))
  }
})

/**
 * Do messages of different rounds meet at a port? Then what comes later may let another pass, and an all-reduce can gain a
 * little by a delay (Graham's anomaly). Two trees share ports, and so do ranks that are folded onto others.
 */
function sharesPorts(algorithm: string, nodes: number): boolean {
  const folds = algorithm === 'halving-doubling' || algorithm === 'bcube:2'
  return algorithm === 'double-binary-tree' || (folds && !isPowerOfTwo(nodes))
}

it('more bytes, and more latency, take no less time; within 5 % where rounds share ports', () => {
  for (const at of cases) {
    const nodes = 2 + Math.floor(at(0) * 15)
    const algorithm = EVERY_ALGORITHM[Math.floor(at(1) * EVERY_ALGORITHM.length)]
    const elements = nodes * (1 + Math.floor(at(2) * 5000))
    const [alpha, beta, gamma] = [1 + 1e4 * at(3), 0.01 + at(4), at(5)]
    const point = { algorithm, nodes, elements, links: uniformLinks(alpha, beta, gamma) }
    const least = timeOf(point) * (sharesPorts(algorithm, nodes) ? 0.95 : 1)
    const name = `${algorithm} over ${nodes} ranks`
    expect(timeOf({ ...point, elements: elements + nodes * 100 }), name).toBeGreaterThan(least)
    expect(timeOf({ ...point, links: uniformLinks(2 * alpha, beta, gamma) }), name).toBeGreaterThan(least)
    expect(timeOf({ ...point, links: uniformLinks(alpha, 2 * beta, gamma) }), name).toBeGreaterThan(least)
  }
})

describe('the network', () => {
  const point = { algorithm: 'halving-doubling', nodes: 8, elements: 8000, links: IDEAL } as const
  const calm = timeOf(point)

  it('is slower where leaves are oversubscribed, and as fast where they are not', () => {
    const on = (topology: string): number => timeOf({ ...point, conditions: { ...CALM, topology } })
    expect(on('fat-tree:4:1')).toBe(calm)
    expect(on('fat-tree:4:8')).toBeGreaterThan(calm)
    expect(on('zones:2:1:2:1:50')).toBeGreaterThan(calm)
  })

  it('of a ring carries neighbours as a switch does, and others over all links between them', () => {
    const ring = { algorithm: 'ring', nodes: 8, elements: 8000, links: IDEAL }
    const conditions = { ...CALM, topology: 'ring' }
    expect(timeOf({ ...ring, conditions }) / timeOf(ring)).toBeCloseTo(1, 9)
    expect(timeOf({ ...point, conditions })).toBeGreaterThan(calm)
    expect(timeOf({ ...point, conditions: { ...CALM, topology: 'torus:2x2x2' } }) / calm).toBeCloseTo(1, 9)
  })

  it.each([
    ['jitter', { jitterNs: 500 }],
    ['other traffic', { backgroundShare: 0.3 }],
    ['a straggler', { stragglers: [{ node: 3, factor: 10 }] }],
  ])('is slower with %s, and one seed gives one time', (_, change) => {
    const conditions = { ...CALM, seed: 3, ...change }
    expect(timeOf({ ...point, conditions })).toBeGreaterThan(calm)
    expect(endsOf({ ...point, conditions })).toEqual(endsOf({ ...point, conditions }))
  })

  it('gives another seed other delays', () => {
    const times = [1, 2].map((seed) => timeOf({ ...point, conditions: { ...CALM, jitterNs: 500, seed } }))
    expect(times[0]).not.toBe(times[1])
  })

  it('adds a segment while the next is on its way', () => {
    const whole = timeOf({ ...point, conditions: WHOLE })
    expect(timeOf({ ...point, conditions: { ...CALM, segmentBytes: 1000 } })).toBeLessThan(whole)
  })

  it.each(['mesh', 'torus:3x3', 'fat-tree:4', 'fat-tree:0:2', 'zones:2:2:2:2'])('is refused as %s', (topology) => {
    expect(() => timeOf({ ...point, conditions: { ...CALM, topology } })).toThrow(/--topology/)
  })
})

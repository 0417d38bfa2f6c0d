// Goal: a claim above what its links allow is impossible, and one at what they allow is not; what lacks a field is undecidable for want
// of it by name; the ends of the range are what the closed forms give. Left out: the simulator (test/simulate), what is printed.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { claimedFabric, recordedFabric, WORST_RECORDED } from '../../src/evidence/claimed-fabric.ts'
import { whatIf } from '../../src/evidence/what-if.ts'
import { loadClusterSpec } from '../../src/record/cluster-spec/load.ts'
import { linksOf } from '../../src/simulate/cluster-links.ts'
import { loadPublishedClaim } from '../../src/study/load.ts'
import { type PublishedClaim, publishedClaimSchema } from '../../src/study/published-claim-schema.ts'

/** Eight nodes, 100 MB over 1.25 GB/s: a ring takes 2 · 7/8 · 80 ms = 140 ms. */
function claim(value: string, changed: { code?: object; cluster?: object; number?: object } = {}): PublishedClaim {
  return publishedClaimSchema.parse({
    statement: 'a test',
    source: { title: 'nothing', place: 'nowhere' },
    number: { metric: 'speedup', value, unit: '×', base: { what: 'one', workers: 1 }, ...changed.number },
    code: { gradientBytes: 100_000_000, computeSeconds: 0.1, ...changed.code },
    cluster: {
      nodes: 8,
      workers: 8,
      interconnect: { fabric: 'Ethernet', bandwidth: '10 Gbit/s' },
      collective: { algorithm: 'ring' },
      ...changed.cluster,
    },
  })
}

describe('a speedup on eight nodes', () => {
  it('above what the links allow is impossible, and at it is consistent', () => {
    const bound = (8 * 0.1) / 0.14
    expect(whatIf(claim('5.8'), null)).toMatchObject({ answer: 'impossible', wants: [], simulated: true })
    const control = whatIf(claim('5.7'), null)
    expect(control).toMatchObject({ answer: 'consistent', reasons: [] })
    expect(control.speedup?.high.value).toBeCloseTo(bound, 9)
  })

  it('has a lower end where nothing is hidden, latency and adding are the worst that was recorded', () => {
    const { latencyNs, addBytesPerSecond } = WORST_RECORDED
    const ring = 0.14 + 14 * latencyNs * 1e-9 + ((7 / 8) * 1e8) / addBytesPerSecond
    const { speedup, exchange } = whatIf(claim('5.0'), null)
    // A segment is added while the next one travels, so that not all of the adding is seen.
    expect(exchange?.worst.seconds).toBeLessThanOrEqual(ring)
    expect(exchange?.worst.seconds).toBeGreaterThan(0.14 + 14 * latencyNs * 1e-9)
    expect(speedup?.low.value).toBeCloseTo((8 * 0.1) / (0.1 + (exchange?.worst.seconds ?? 0)), 9)
    const stated = claim('5.0', { cluster: { interconnect: { bandwidth: '1.25 GB/s', latency: '20 µs' } } })
    const known = whatIf(stated, null)
    expect(known.exchange?.best.seconds).toBeCloseTo(0.14 + 14 * 20e-6, 9)
    expect(known.exchange?.worst.assumed.join()).not.toContain('latency')
  })

  it('below all that was predicted is possible, and something else takes the time', () => {
    expect(whatIf(claim('1.0'), null)).toMatchObject({
      answer: 'consistent',
      reasons: [expect.stringContaining('something beside the exchange')],
    })
  })

  it('above the number of workers is impossible on any fabric, known or not', () => {
    const unknown = { code: { gradientBytes: null }, cluster: { interconnect: null } }
    expect(whatIf(claim('8.1', unknown), null).answer).toBe('impossible')
    expect(whatIf(claim('8.0', unknown), null).answer).toBe('undecidable')
  })

  it('in a step that is shorter than its exchange is impossible, and in a longer one bounded by it', () => {
    const ofStep = (stepSeconds: number) =>
      whatIf(claim('5.0', { number: { stepSeconds }, code: { computeSeconds: null } }), null)
    expect(ofStep(0.13)).toMatchObject({ answer: 'impossible', reasons: [expect.stringContaining('140 ms')] })
    const long = ofStep(1)
    expect(long.speedup?.high.value).toBe(8)
    expect(long.speedup?.low.value).toBeCloseTo(8 * (1 - (long.exchange?.worst.seconds ?? 0)), 9)
  })

  it('is no more impossible on a faster fabric', () => {
    const highs = ['1 Gbit/s', '10 Gbit/s', '100 Gbit/s'].map(
      (bandwidth) =>
        whatIf(claim('5.0', { cluster: { interconnect: { bandwidth } } }), null).speedup?.high.value ?? Number.NaN,
    )
    expect(highs[0]).toBeLessThan(highs[1])
    expect(highs[1]).toBeLessThan(highs[2])
  })

  it('over a base case of several workers may have a base that loses as much', () => {
    const bases = (workers: number) => whatIf(claim('1.9', { number: { base: { workers } } }), null)
    expect(bases(4).speedup?.high).toMatchObject({
      value: 2,
      assumed: [expect.anything(), expect.stringMatching('base')],
    })
    expect(bases(1).speedup?.high.assumed).toHaveLength(1)
  })
})

it.each([
  [{ code: { gradientBytes: null } }, 'code.gradientBytes'],
  [{ code: { computeSeconds: null } }, 'code.computeSeconds or number.stepSeconds'],
  [{ cluster: { workers: null } }, 'cluster.workers'],
  [{ cluster: { interconnect: { bandwidth: 'fast' } } }, 'cluster.interconnect.bandwidth'],
  [{ number: { metric: 'throughput-gain', unit: '%' } }, 'number.points'],
])('a claim without it is undecidable: %j', (changed, want) => {
  expect(whatIf(claim('5.0', changed), null)).toMatchObject({ answer: 'undecidable', wants: [want] })
})

it.each([
  ['50 Gbit/s', 6.25e9],
  ['100 GB/s between servers, 300 GB/s inside', 1e11],
  ['20Gbps', 2.5e9],
  ['100 Mbit/s', 1.25e7],
  ['fast', null],
  ['about 10 Gbit/s', null],
])('a bandwidth of "%s" is read as %d bytes a second', (bandwidth, bytesPerSecond) => {
  const links = claimedFabric(claim('5.0', { cluster: { interconnect: { bandwidth } } }))?.best
  expect(links ? 1e9 / links.nsPerByte(0, 1) : null).toBe(bytesPerSecond)
})

it('the worst that was recorded is in the recorded specs', () => {
  const specs = ['fast-fabric', 'commodity-ethernet'].map((name) => loadClusterSpec(`cluster/specs/${name}.yaml`))
  const measured = specs.flatMap(({ interconnect }) => interconnect.links.map((link) => link.measured))
  const latencies = measured.flatMap((one) => (one === 'unknown' ? [] : [one.latencyNsP50]))
  const rates = specs.flatMap(({ nodes }) => nodes.map(({ processor }) => Number(processor.addBytesPerSecond)))
  expect(WORST_RECORDED).toEqual({ latencyNs: Math.max(...latencies), addBytesPerSecond: Math.min(...rates) })
})

describe('the examples', () => {
  const examples = globSync('configs/claims/examples/*.yaml', { cwd: projectRoot })
  const answerOf = (name: string, fabric = null as Parameters<typeof whatIf>[1]) => {
    const file = examples.find((path) => path.includes(name)) ?? ''
    return whatIf(loadPublishedClaim(join(projectRoot, file)), fabric)
  }

  it.each([
    ['horovod', 'consistent'],
    ['goyal-2017.yaml', 'consistent'],
    ['no-interconnect', 'undecidable'],
    ['byteps', 'undecidable'],
    ['megatron', 'undecidable'],
  ])('%s on the fabric that it states: %s', (name, answer) => {
    expect(answerOf(name).answer).toBe(answer)
  })

  it('of the 90 % on 512 GPUs are impossible on the commodity Ethernet recorded here', () => {
    const file = 'cluster/specs/commodity-ethernet.yaml'
    const links = linksOf(loadClusterSpec(file), file)
    const found = answerOf('horovod', recordedFabric(file, links))
    expect(found.answer).toBe('impossible')
    expect(found.exchange?.best.assumed.join()).toContain('extended: nodes beyond 8 by medians')
  })

  it('say which of their statements nobody looked up', () => {
    expect(answerOf('goyal-2017.yaml').unverified).toContain('code.gradientBytes')
    expect(answerOf('horovod').unverified).toEqual([])
  })
})

// Goal: what joins the nodes of a run stands on its cluster line whatever is known of it, and nothing is said to be measured
// that was not. Left out: measuring (test/reduce/links.test.ts, the end-to-end smoke test).
import { expect, it } from 'vitest'
import {
  type Interconnect,
  interconnectText,
  measuredInterconnect,
  unmeasuredInterconnect,
} from '../../src/record/interconnect.ts'
import { linkPoints, linksOf } from '../../src/reduce/links.ts'

const ONE = { nodes: 1, ranksPerNode: 1 }
const EIGHT = { nodes: 8, ranksPerNode: 1 }
const THREADS = { nodes: 1, ranksPerNode: 4 }

const LINKS = linksOf(
  '2-nodes.seed-0',
  2,
  linkPoints(2).map((_, point) => [0, 1].map(() => ({ seconds: [point === 0 ? 360e-6 : 0.5625e-3] }))),
)

it('one node has no interconnect, and says why', () => {
  expect(unmeasuredInterconnect([ONE], 'not yet')).toEqual({ fabric: 'none', reason: 'every arm has one node' })
  expect(interconnectText(unmeasuredInterconnect([ONE], ''))).toBe('no interconnect: every arm has one node')
})

it('several nodes are not measured before they are', () => {
  const before = unmeasuredInterconnect([ONE, EIGHT], 'not yet')
  expect(before).toEqual({ fabric: 'loopback', notMeasured: 'not yet' })
  expect(interconnectText(before)).toBe('loopback, bandwidth not measured')
  const after = measuredInterconnect(before, LINKS)
  expect(after).toEqual({ fabric: 'loopback', measured: LINKS })
  expect(interconnectText(after)).toBe('loopback, pair 0.93 GB/s, 180 µs')
})

it('ranks of one node share memory, measured or not', () => {
  const inside = { fabric: 'shared memory' }
  expect(unmeasuredInterconnect([ONE, THREADS], '')).toMatchObject({ fabric: 'none', insideNode: inside })
  const after = measuredInterconnect(unmeasuredInterconnect([EIGHT, THREADS], ''), LINKS)
  expect(after).toMatchObject({ measured: LINKS, insideNode: inside })
  expect(interconnectText(after)).toBe('loopback, pair 0.93 GB/s, 180 µs, shared memory inside a node')
})

it('namespaces say where each node is and what its link was shaped to, before and after it is measured', () => {
  const addresses = ['10.77.0.1', '10.77.0.2']
  const stated = { bandwidthBytesPerSecond: 12_500_000 }
  const shaping = 'tbf rate 100000000bit'
  const fabric = { fabric: 'netns bridge', addresses, stated, shaping, congestionControl: 'reno' } as const
  const before = unmeasuredInterconnect([ONE, EIGHT], 'not yet', fabric)
  expect(before).toEqual({ ...fabric, notMeasured: 'not yet' })
  expect(interconnectText(before)).toBe(
    'netns bridge 10.77.0.1 to 10.77.0.2, shaped to 0.0125 GB/s, bandwidth not measured',
  )
  const after = measuredInterconnect(before, LINKS)
  expect(after).toEqual({ ...fabric, measured: LINKS })
  expect(interconnectText(after)).toBe(
    'netns bridge 10.77.0.1 to 10.77.0.2, shaped to 0.0125 GB/s, pair 0.932 GB/s, 180 µs',
  )
  const free = { ...fabric, stated: {}, shaping: 'none' }
  expect(interconnectText(unmeasuredInterconnect([EIGHT], '', free))).toContain('10.77.0.2, not shaped')
  expect(unmeasuredInterconnect([ONE], '', fabric)).toMatchObject({ fabric: 'none' })
})

it('a record from before links were measured says so', () => {
  const old = { fabric: 'loopback', bandwidthBytesPerSecond: 'not measured' } as unknown as Interconnect
  expect(interconnectText(old)).toBe('loopback, bandwidth not measured')
})

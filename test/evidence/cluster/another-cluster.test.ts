// Goal: a run is on another cluster exactly where a known field that an answer or a speed hangs on differs from the stated one.
// Left out: how two whole specs are compared (compare.test.ts).
import { expect, it } from 'vitest'
import { foundDifferences } from '../../../src/evidence/cluster/another-cluster.ts'
import { commodityEthernet, fastFabric } from '../../record/cluster-spec/made-specs.ts'

const stated = fastFabric()
const pathsOf = (...[named, found]: Parameters<typeof foundDifferences>): string[] =>
  foundDifferences(named, found).map(({ path }) => path)

it('the stated one is none, whatever a run says of itself', () => {
  const found = fastFabric((draft) => {
    draft.capturedAtUtc = '2027-01-01T00:00:00.000Z'
    draft.interconnect.links = []
    for (const node of draft.nodes) {
      node.hostname = 'renamed'
      node.software.sourceSha256 = 'another'
      node.settings.other = { LANG: 'C' }
    }
  })
  expect(pathsOf(stated, found)).toEqual([])
})

it('other links threaten the speed, another processor both', () => {
  const slow = fastFabric((draft) => {
    draft.interconnect.stated = { ...commodityEthernet().interconnect.stated }
  })
  expect(foundDifferences(stated, slow)).toContainEqual(
    expect.objectContaining({ path: 'interconnect.stated.bandwidthBytesPerSecond', threatens: 'performance' }),
  )
  const other = fastFabric((draft) => {
    draft.nodes[1].host_processor_model_name = 'another'
  })
  expect(foundDifferences(stated, other)).toMatchObject([
    { path: 'nodes.*.host_processor_model_name', threatens: 'both' },
  ])
})

it('what either does not know makes no other', () => {
  const found = fastFabric((draft) => {
    draft.nodes[0].processor.governor = 'unknown'
    draft.tenancy = 'unknown'
  })
  expect(pathsOf(stated, found)).toEqual([])
  expect(pathsOf(found, stated)).toEqual([])
})

it('nodes may be left idle, and none can be added', () => {
  const fewer = fastFabric((draft) => {
    draft.number_of_nodes = 1
    draft.nodes.splice(1)
  })
  expect(pathsOf(stated, fewer)).not.toContain('number_of_nodes')
  expect(pathsOf(fewer, stated)).toContain('number_of_nodes')
})

it('of a typed part, what it says counts', () => {
  const { bandwidthBytesPerSecond } = stated.interconnect.stated
  expect(pathsOf({ interconnect: { stated: { bandwidthBytesPerSecond } } }, stated)).toEqual([])
  expect(pathsOf({ tenancy: stated.tenancy === 'shared' ? 'exclusive' : 'shared' }, stated)).toEqual(['tenancy'])
})

import { type ClusterSpec, type SpecNode, UNKNOWN } from '../../record/cluster-spec/schema.ts'
import { allPairsOf } from '../../reduce/algorithms/pairs.ts'
import { CLAIM_KINDS, type ClaimKind, ruleOf } from './field-rules.ts'
import { leavesOf } from './leaves.ts'

/** What a claim still needs of a spec. */
export interface Need {
  /** `nodes.*.…` where it is missing on several, or all, of what `*` stands for. */
  readonly path: string
  /** Where `*` stands for nodes: those. */
  readonly nodes: readonly number[]
  readonly why: string
}

/** What numeric and performance claims still need; an empty list: the spec will do. */
export function neededFor(spec: ClusterSpec): Record<ClaimKind, Need[]> {
  const unknown = Map.groupBy(
    leavesOf(spec).filter(({ value }) => value === UNKNOWN),
    ({ pattern }) => pattern,
  )
  const missing = [...unknown].map(([path, leaves]) => ({
    path,
    nodes: [...new Set(leaves.map(({ places }) => places[0]))],
  }))
  const [numeric, performance] = CLAIM_KINDS.map((kind) =>
    missing.flatMap(({ path, nodes }): Need[] => {
      const rule = ruleOf(path)
      return rule?.neededFor.includes(kind) && !isStatedElsewhere(path, spec)
        ? [{ path, nodes: path.startsWith('nodes.') ? nodes : [], why: rule.why }]
        : []
    }),
  )
  return {
    numeric: [...numeric, ...unprobed(spec)],
    performance: [
      ...performance,
      ...unmeasured(spec),
      ...unplaced(spec),
      ...undescribedDevices(spec),
      ...simulatedNeed(spec),
    ],
  }
}

function isStatedElsewhere(path: string, { interconnect }: ClusterSpec): boolean {
  return path === 'nodes.*.network.mtuBytes' && interconnect.stated.mtuBytes !== UNKNOWN
}

/** A bitwise claim rests on what an adapter was found to do. */
function unprobed({ nodes }: ClusterSpec): Need[] {
  const without = placesWhere(nodes, ({ adapter }) => adapter !== null && adapter.probe === undefined)
  const failed = placesWhere(nodes, ({ adapter }) => adapter?.probe?.passed === false)
  const rows = new Set(failed.flatMap((node) => nodes[node].adapter?.probe?.failed ?? []))
  const path = 'nodes.*.adapter.probe'
  return [
    ...need(path, without, 'without a probe nobody knows whether the adapter rounds as the kernels expect'),
    ...need(path, failed, `no bits can rest on an adapter that fails its probe of ${[...rows].join(', ')}`),
  ]
}

/** Of every pair, bandwidth and latency: measured, or at least stated. */
function unmeasured({ nodes, interconnect }: ClusterSpec): Need[] {
  const open = allPairsOf(nodes.length).filter(([a, b]) => {
    const link = interconnect.links.find(({ nodes: pair }) => pair[0] === a && pair[1] === b)
    const { bandwidthBytesPerSecond, latencyNs } = link?.stated ?? interconnect.stated
    const isStated = bandwidthBytesPerSecond !== UNKNOWN && latencyNs !== UNKNOWN
    return !isStated && (link === undefined || link.measured === UNKNOWN)
  })
  if (open.length === 0) return []
  const pairs = open.length > 6 ? `${open.length} pairs` : `pairs ${open.map((pair) => pair.join('–')).join(', ')}`
  const why = `a speedup without the bandwidth and latency of its links cannot be refuted: ${pairs} lack them`
  return [{ path: 'interconnect.links', nodes: [], why }]
}

/** Where links leave a machine, their length matters. */
function unplaced({ nodes }: ClusterSpec): Need[] {
  if (new Set(nodes.map(({ host }) => host)).size === 1) return []
  return (['rack', 'zone'] as const).flatMap((key) =>
    need(
      `nodes.*.${key}`,
      placesWhere(nodes, (node) => node[key] === UNKNOWN),
      ruleOf(`nodes.*.${key}`)?.why ?? '',
    ),
  )
}

const LOAD_BEARING = ['driver', 'vbios', 'memory', 'powerLimitWatts', 'pcie'] as const

/** Of devices that work, what decides their speed. */
function undescribedDevices({ nodes }: ClusterSpec): Need[] {
  const isWorking = ({ adapterDevice }: SpecNode): boolean => adapterDevice !== 'none'
  const fields = LOAD_BEARING.flatMap((key) => {
    const path = `nodes.*.devices.*.${key}`
    const lacking = placesWhere(
      nodes,
      (node) => isWorking(node) && node.devices.some((device) => device[key] === UNKNOWN),
    )
    return need(path, lacking, ruleOf(path)?.why ?? '')
  })
  const unproven = placesWhere(nodes, ({ adapterDevice }) => adapterDevice === UNKNOWN)
  return [
    ...need(
      'nodes.*.adapterDevice',
      unproven,
      'two nodes on one device take turns, and nothing shows that they are not',
    ),
    ...fields,
  ]
}

function simulatedNeed({ simulated }: ClusterSpec): Need[] {
  return simulated ? [{ path: 'simulated', nodes: [], why: 'a simulated cluster has no speed of its own' }] : []
}

function placesWhere(nodes: readonly SpecNode[], test: (node: SpecNode) => boolean): number[] {
  return nodes.flatMap((node, place) => (test(node) ? [place] : []))
}

function need(path: string, nodes: readonly number[], why: string): Need[] {
  return nodes.length === 0 ? [] : [{ path, nodes, why }]
}

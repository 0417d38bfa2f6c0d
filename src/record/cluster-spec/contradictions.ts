import type { ClusterSpec } from './schema.ts'

/** Two statements of a spec that cannot both hold. */
interface Contradiction {
  /** The one that is reported. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What a spec says that its own other parts deny. */
export function contradictions({ number_of_nodes, nodes, simulated, interconnect }: ClusterSpec): Contradiction[] {
  const found: Contradiction[] = []
  const add = (path: Contradiction['path'], message: string): unknown => found.push({ path, message })
  if (number_of_nodes !== nodes.length) {
    add(['number_of_nodes'], `${nodes.length} nodes are listed under nodes`)
  }
  const names = nodes.map(({ name }) => name)
  nodes.forEach(({ name, accelerators_per_node, devices, adapter, adapterDevice }, index) => {
    if (names.indexOf(name) < index) add(['nodes', index, 'name'], `node ${names.indexOf(name)} has this name too`)
    if (accelerators_per_node !== devices.length) {
      add(['nodes', index, 'accelerators_per_node'], `${devices.length} devices are listed`)
    }
    if (adapter?.software && adapterDevice !== 'none') {
      add(['nodes', index, 'adapterDevice'], 'the adapter is a software one: want none')
    }
  })
  const pairs = interconnect.links.map((link) => link.nodes.join())
  interconnect.links.forEach(({ nodes: [a, b], host, measured }, index) => {
    const path = ['interconnect', 'links', index]
    if (a >= b || b >= nodes.length) {
      add([...path, 'nodes'], `want two of nodes 0 to ${nodes.length - 1}, the lower one first`)
      return
    }
    if (pairs.indexOf(`${a},${b}`) < index) add([...path, 'nodes'], 'this pair is listed twice')
    const isSame = nodes[a].host === nodes[b].host
    if (host !== 'unknown' && (host === 'same') !== isSame) {
      add([...path, 'host'], `nodes ${a} and ${b} say host ${nodes[a].host} and ${nodes[b].host}`)
    }
    if (simulated && measured !== 'unknown') {
      add([...path, 'measured'], 'the cluster is simulated: nothing of it can have been measured')
    }
    if (measured !== 'unknown' && interconnect.method === undefined) {
      add([...path, 'measured'], 'interconnect.method does not say how')
    }
  })
  return found
}

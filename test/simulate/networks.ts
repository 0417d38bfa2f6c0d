import type { ClusterLinks } from '../../src/simulate/cluster-links.ts'

/** Every pair with a latency and a rate of its own, every node with its own rate of adding. */
export function unlikeLinks(nodeCount: number): ClusterLinks {
  const pair = (a: number, b: number): number => (((a + 1) * (b + 1) * 37) % 23) / 23
  return {
    specNodes: nodeCount,
    addingIsKnown: true,
    latencyNsMin: 500,
    latencyNs: (a, b) => 500 + 1000 * pair(a, b),
    nsPerByte: (a, b) => 0.5 + pair(b, a),
    addNsPerByte: (node) => 0.1 + 0.05 * (node % 3),
  }
}

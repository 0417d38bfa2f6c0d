import { ReducibleError } from '../core/errors.ts'
import type { ClusterLinks } from './cluster-links.ts'
import type { Conditions } from './conditions.ts'
import type { Pass } from './passes.ts'

/** Segments that a chunk of a ring is cut into, by algorithm. */
const RING_SEGMENTS: Readonly<Record<string, number>> = { ring: 1, 'ring-segmented': 4 }

/**
 * Nanoseconds of passes through a ring, every round of which is alike: 2(n−1) rounds a segment of α and the longest chunk's
 * bytes, half of which are added. On unlike links at the pace of the slowest neighbours and the slowest adder.
 * @throws {ReducibleError} usage: no such form for the algorithm, or not under these conditions.
 */
export function closedFormNs(passes: readonly Pass[], links: ClusterLinks, conditions: Conditions): number {
  const [{ schedule }] = passes
  const { rankCount: n, algorithm } = schedule
  const segments = RING_SEGMENTS[algorithm]
  const { topology, burstNs, jitterNs, stragglers, backgroundShare } = conditions
  const isCalm = topology === 'switch' && burstNs === 0 && jitterNs === 0 && stragglers.length === 0
  if (segments === undefined || !isCalm) {
    const text = `${algorithm} over ${n} nodes is too long to walk through, and a closed form is known for rings on a calm switch only`
    throw new ReducibleError('usage', text, { remedy: 'ask for fewer nodes, or another --algorithm' })
  }
  let latencyNs = 0
  let nsPerByte = 0
  let addNsPerByte = 0
  for (let node = 0; node < n; node++) {
    const next = (node + 1) % n
    latencyNs = Math.max(latencyNs, links.latencyNs(node, next))
    nsPerByte = Math.max(nsPerByte, links.nsPerByte(node, next))
    addNsPerByte = Math.max(addNsPerByte, links.addNsPerByte(node))
  }
  const ofPass = ({ elements, bytesPerElement }: Pass): number => {
    const chunkBytes = Math.ceil(elements / (n * segments)) * bytesPerElement
    const rounds = (n - 1) * segments
    return (
      2 * rounds * (latencyNs + (chunkBytes * nsPerByte) / (1 - backgroundShare)) + rounds * chunkBytes * addNsPerByte
    )
  }
  return passes.reduce((sum, pass) => sum + ofPass(pass), 0)
}

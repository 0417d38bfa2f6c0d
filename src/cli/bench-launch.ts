import { nodesOf } from '../../cluster/coordinator/run-bench.ts'
import type { WorkersElsewhere } from '../../cluster/launch/elsewhere.ts'
import { enterOwnNetwork } from '../../cluster/launch/netns/enter.ts'
import { openNetwork } from '../../cluster/launch/netns/network.ts'
import { ReducibleError } from '../core/errors.ts'
import { loadStatedCluster, statedLinksOf } from '../record/cluster-spec/load.ts'
import type { BenchOptions, BenchPlan } from './bench-plan.ts'
import { gatherWorkers } from './gather-workers.ts'

/**
 * The workers of the largest launch where they are not processes of this machine on loopback. Under `netns` this process begins
 * anew in a namespace of its own.
 * @throws {ReducibleError} usage, invalid-study, no-network; as gatherWorkers.
 */
export async function benchWorkers(
  { transports, rankCounts, ranksPerNode }: BenchPlan,
  options: BenchOptions,
  signal: AbortSignal,
): Promise<WorkersElsewhere | undefined> {
  const { launch, cluster } = options
  if (cluster !== undefined && launch !== 'netns') {
    throw new ReducibleError('usage', `--cluster shapes the links of --launch netns (got --launch ${launch})`)
  }
  if (launch === 'local') return undefined
  const [transport] = transports
  if (transports.length > 1 || !transport.endsWith('grpc')) {
    throw new ReducibleError('usage', `--launch ${launch} is for --transport grpc (got ${transports.join(',')})`)
  }
  const nodeCount = Math.max(...rankCounts.map((rankCount) => nodesOf({ transport, rankCount, ranksPerNode }).nodes))
  if (launch === 'external') {
    const { workers } = await gatherWorkers({ worldSize: nodeCount, adapters: [] }, options, signal)
    return workers
  }
  const links = cluster === undefined ? {} : statedLinksOf(loadStatedCluster(cluster).spec)
  enterOwnNetwork(links)
  return openNetwork(nodeCount, links)
}

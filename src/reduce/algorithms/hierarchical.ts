import { withoutIdleMoves } from '../idle.ts'
import type { Move, Schedule } from '../schedule.ts'
import { rankRange } from './ranks.ts'

/**
 * Inside each node first, then between the first ranks of the nodes, then back to everybody: one schedule over the ranks
 * of each node, one over the nodes, one broadcast inside. Node i holds ranks i · ranksPerNode and up; the last node may
 * hold fewer.
 *
 * @param inner schedule over the ranks of a node. @param outer schedule over the nodes.
 */
export function hierarchicalSchedule(
  rankCount: number,
  ranksPerNode: number,
  inner: (rankCount: number) => Schedule,
  outer: (rankCount: number) => Schedule,
): Schedule {
  rankRange(rankCount)
  const leaders = rankRange(Math.ceil(rankCount / ranksPerNode)).map((node) => node * ranksPerNode)
  const insides = leaders.map((leader) => inner(Math.min(ranksPerNode, rankCount - leader)))
  const between = outer(leaders.length)
  const chunkCount = leastCommonMultiple([...insides, between].map((schedule) => schedule.chunkCount))
  const innerRounds = Math.max(...insides.map(({ roundCount }) => roundCount))
  const followers = rankRange(rankCount).filter((rank) => rank % ranksPerNode !== 0)
  const leaderOf = (rank: number): number => rank - (rank % ranksPerNode)
  const lift = (part: Schedule, rankOf: (index: number) => number, round: number): Move[] => {
    if (round >= part.roundCount) return []
    const scale = chunkCount / part.chunkCount
    return part.round(round).map(({ from, to, chunk, width, kind }) => ({
      from: rankOf(from),
      to: rankOf(to),
      chunk: chunk * scale,
      width: width * scale,
      kind,
    }))
  }
  // Between the nodes only the leaders' sums are used, so an inner all-reduce ends as a reduce to the leader.
  return withoutIdleMoves({
    algorithm: `hierarchical:${insides[0].algorithm}/${between.algorithm}`,
    rankCount,
    chunkCount,
    roundCount: innerRounds + between.roundCount + (followers.length > 0 && leaders.length > 1 ? 1 : 0),
    round(index) {
      if (index < innerRounds) {
        return insides.flatMap((inside, node) => lift(inside, (local) => leaders[node] + local, index))
      }
      const outerRound = index - innerRounds
      if (outerRound < between.roundCount) return lift(between, (node) => leaders[node], outerRound)
      return followers.map((to) => ({ from: leaderOf(to), to, chunk: 0, width: chunkCount, kind: 'copy' }))
    },
    isLink: (from, to) => {
      if (leaderOf(from) !== leaderOf(to)) {
        const isLeaders = leaderOf(from) === from && leaderOf(to) === to
        return isLeaders && between.isLink(from / ranksPerNode, to / ranksPerNode)
      }
      const leader = leaderOf(from)
      return from === leader || insides[leader / ranksPerNode].isLink(from - leader, to - leader)
    },
  })
}

function leastCommonMultiple(values: readonly number[]): number {
  const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))
  return values.reduce((a, b) => (a * b) / greatestCommonDivisor(a, b))
}

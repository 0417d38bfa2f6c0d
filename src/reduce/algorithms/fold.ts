import type { Move, Schedule } from '../schedule.ts'

/**
 * A schedule over the first ranks only, extended to more: each further rank r first sends its whole vector to core rank
 * r mod coreCount, and receives the result at the end. Adds one round per further rank of a core rank, and one for the
 * way back.
 */
export function foldOnto(core: Schedule, rankCount: number): Schedule {
  const coreCount = core.rankCount
  if (rankCount === coreCount) return core
  const width = core.chunkCount
  const extras = Array.from({ length: rankCount - coreCount }, (_, i) => coreCount + i)
  const foldRounds = Math.ceil(extras.length / coreCount)
  const home = (rank: number): number => rank % coreCount
  const into = (rank: number): Move => ({ from: rank, to: home(rank), chunk: 0, width, kind: 'add' })
  const back = (rank: number): Move => ({ from: home(rank), to: rank, chunk: 0, width, kind: 'copy' })
  return {
    ...core,
    rankCount,
    roundCount: foldRounds + core.roundCount + 1,
    round(index) {
      if (index < foldRounds) return extras.slice(index * coreCount, (index + 1) * coreCount).map(into)
      const inner = index - foldRounds
      return inner < core.roundCount ? core.round(inner) : extras.map(back)
    },
    isLink: (from, to) =>
      from < coreCount && to < coreCount ? core.isLink(from, to) : home(from) === to || home(to) === from,
  }
}

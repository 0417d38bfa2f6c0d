import { ReducibleError } from '../../core/errors.ts'
import type { Move, Schedule } from '../schedule.ts'
import { foldOnto } from './fold.ts'
import { powerWithin, rankRange } from './ranks.ts'

/**
 * Rabenseifner's all-reduce: reduce-scatter by recursive halving, all-gather by recursive doubling, in 2 lg P rounds.
 * Bytes sent per rank: 2(P−1)/P · payloadBytes for a power of two; other counts are folded onto the one below.
 *
 * @source Rabenseifner 2004, Optimization of collective reduction operations, section 3.
 */
export function halvingDoublingSchedule(rankCount: number): Schedule {
  return bcube('halving-doubling', rankCount, 2)
}

/**
 * BCube: in each stage groups of B ranks share out what each of them still holds, every member adding one part for the
 * group; then the stages are undone by all-gathers. 2 log_B P rounds, 2(P−1)/P · payloadBytes per rank for a power of
 * B; other counts are folded onto the largest power below. A member adds the others to its own in rank order.
 *
 * @param base B ≥ 2, as text from `bcube:B`.
 * @source Guo et al. 2009, BCube; the all-reduce over it as in Gloo's docs/algorithms.md.
 */
export function bcubeSchedule(rankCount: number, base: string): Schedule {
  const groupSize = /^\d+$/.test(base) ? Number(base) : 0
  if (groupSize < 2) {
    throw new ReducibleError('usage', `bcube:B wants a whole number of at least 2 (got '${base}')`)
  }
  return bcube(`bcube:${base}`, rankCount, groupSize)
}

/** Stage s works on digit s of the rank in base B, the most significant first. */
function bcube(algorithm: string, rankCount: number, base: number): Schedule {
  rankRange(rankCount)
  const { power, exponent } = powerWithin(base, rankCount)
  const ranks = rankRange(power)
  const digitUnit = (stage: number): number => base ** (exponent - 1 - stage)
  const peersOf = (rank: number, unit: number): number[] => {
    const own = Math.floor(rank / unit) % base
    return rankRange(base)
      .filter((digit) => digit !== own)
      .map((digit) => rank + (digit - own) * unit)
  }
  const core: Schedule = {
    algorithm,
    rankCount: power,
    chunkCount: power,
    roundCount: 2 * exponent,
    round(index) {
      const scattering = index < exponent
      const unit = digitUnit(scattering ? index : 2 * exponent - 1 - index)
      // After the stage a rank answers for the `unit` chunks that share its leading digits.
      const partOf = (rank: number): number => rank - (rank % unit)
      return ranks.flatMap((to) =>
        peersOf(to, unit).map(
          (from): Move =>
            scattering
              ? { from, to, chunk: partOf(to), width: unit, kind: 'add' }
              : { from, to, chunk: partOf(from), width: unit, kind: 'copy' },
        ),
      )
    },
    isLink: (from, to) =>
      Array.from({ length: exponent }, (_, stage) => peersOf(from, digitUnit(stage)))
        .flat()
        .includes(to),
  }
  return foldOnto(core, rankCount)
}

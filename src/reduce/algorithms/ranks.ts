import assert from 'node:assert'

/** 0 … rankCount − 1. @throws {AssertionError} rankCount is not a positive integer. */
export function rankRange(rankCount: number): number[] {
  assert(Number.isInteger(rankCount) && rankCount >= 1)
  return Array.from({ length: rankCount }, (_, rank) => rank)
}

/** rank mod rankCount, in 0 … rankCount − 1 for negative ranks too. */
export function wrapRank(rank: number, rankCount: number): number {
  return ((rank % rankCount) + rankCount) % rankCount
}

/** The largest power of `base` that is at most `limit`, and its exponent. */
export function powerWithin(base: number, limit: number): { power: number; exponent: number } {
  let power = 1
  let exponent = 0
  while (power * base <= limit) {
    power *= base
    exponent++
  }
  return { power, exponent }
}

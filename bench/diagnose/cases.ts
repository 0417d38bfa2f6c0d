import { type SourceName, VARIATION_SOURCES } from '../../src/evidence/diagnose/finding.ts'
import { placeBelow, resamplingWords } from '../../src/stats/resamples.ts'

/** One case of the benchmark: what is injected, and how strongly. */
export interface Case {
  readonly seed: number
  readonly sources: readonly SourceName[]
  /**
   * Of what is injected, in standard deviations of a step: of the gradient's time, of the exchange's where it is the network. Infinite
   * where it is not scaled to a noise.
   */
  readonly strength: number
}

/** Seeds that thresholds were tuned on begin here; those that score begin elsewhere, and anew (by a million) when thresholds have been changed after a score. */
export const TUNING_SEED = 1_000_000
export const SCORING_SEED = 5_000_000

export const STRENGTHS = { least: 0.5, most: 10 } as const
/** Beyond it the targets hold. */
export const STRONG = 3

/** A fifth without any injection, a fifth with two, the rest dealt to the five sources in turn. */
export function casesFrom(firstSeed: number, count: number): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const seed = firstSeed + i
    const draw = drawsOf(seed)
    const turn = Math.floor(i / 5)
    const one = VARIATION_SOURCES[(turn + 2 * (i % 5)) % 5]
    const others = VARIATION_SOURCES.filter((source) => source !== one)
    const second = others[draw.below(others.length)]
    const strength = draw.between(STRENGTHS.least, STRENGTHS.most)
    const sources = i % 5 === 0 ? [] : i % 5 === 1 ? [one, second] : [one]
    return { seed, sources, strength }
  })
}

/** Draws of a case. */
export interface Draws {
  /** A whole number below n. */
  below(n: number): number
  /** 0 ≤ share < 1. */
  share(): number
  /** Log-uniform. */
  between(least: number, most: number): number
  of<T>(choices: readonly T[]): T
}

export function drawsOf(seed: number): Draws {
  const next = resamplingWords(seed)
  const below = (n: number): number => placeBelow(n, next())
  const share = (): number => next() / 2 ** 32
  return {
    below,
    share,
    between: (least, most) => least * (most / least) ** share(),
    of: (choices) => choices[below(choices.length)],
  }
}

/** Curves of runs that were never made. */
import * as np from 'numpy-ts'
import type { Scaling } from '../../../src/evidence/scaling/scaling.ts'

const SPEEDUPS = { '2-nodes': 1.9, '4-nodes': 3.5, '8-nodes': 6 }

/** A curve over a base of 100 ms. @param trials speedups of an arm's trials. */
export function scaling(trials: Readonly<Record<string, readonly number[]>>, reason: string | null = null): Scaling {
  const point = (arm: string, ranks: number, speedups: readonly (number | null)[]) => ({
    arm,
    ranks,
    algorithm: 'ring',
    speedup: ranks === 1 ? null : {},
    trials: speedups.map((speedup) => ({ speedup, secondsPerStep: 0.1 })),
  })
  const arms = Object.entries(trials).map(([arm, speedups]) => point(arm, Number.parseInt(arm, 10), speedups))
  return { points: [point('1-node', 1, [null, null]), ...arms], reason } as unknown as Scaling
}

/** Trials of every arm, normal in their logarithms. @param factors of an arm's speedup (default 1). */
export function drawn(
  seed: number,
  count: number,
  sd: number,
  factors: Readonly<Record<string, number>> = {},
): Scaling {
  const generator = np.random.default_rng(seed)
  const trialsOf = (arm: string, speedup: number): number[] =>
    Array.from(
      generator.standard_normal([count]).data as Float64Array,
      (z) => speedup * (factors[arm] ?? 1) * Math.exp(sd * z),
    )
  return scaling(Object.fromEntries(Object.entries(SPEEDUPS).map(([arm, speedup]) => [arm, trialsOf(arm, speedup)])))
}

import * as np from 'numpy-ts'

/**
 * A quantile (nearest rank) of |a − b| over all pairs of a sample: the value that a difference between two of its kind
 * exceeds with a probability of 1 − q.
 * @param sorted ascending, at least two values.
 */
export function pairDifferenceQuantile(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length
  const rank = Math.max(1, Math.ceil(q * ((n * (n - 1)) / 2)))
  if (pairsWithin(sorted, 0) >= rank) return 0
  let [below, reached] = [0, sorted[n - 1] - sorted[0]]
  for (;;) {
    const middle = below + (reached - below) / 2
    if (middle === below || middle === reached) return reached
    if (pairsWithin(sorted, middle) >= rank) reached = middle
    else below = middle
  }
}

/** How many pairs differ by at most a limit. */
function pairsWithin(sorted: ArrayLike<number>, limit: number): number {
  let pairs = 0
  for (let low = 0, high = 0; high < sorted.length; high++) {
    while (sorted[high] - sorted[low] > limit) low++
    pairs += high - low
  }
  return pairs
}

const DRAW_SEED = 57_002

/**
 * How often |a − b| of two fresh values exceeds `multiple` times the q-quantile that `n` others gave, all from one normal
 * distribution. The samples are drawn (fixed seed, at least 200 of them); the chance beyond each sample's limit is
 * calculated, so that rates far below one in the number of draws come out.
 */
export function pairFalseAlarmRate(n: number, q: number, multiple: number): number {
  const generator = np.random.default_rng(DRAW_SEED)
  const draws = 200 + Math.ceil(100_000 / n)
  let sum = 0
  for (let draw = 0; draw < draws; draw++) {
    const normals = generator.standard_normal([n])
    const sample = Float64Array.from(normals.data as Float64Array).sort()
    normals.dispose()
    const limit = multiple * pairDifferenceQuantile(sample, q)
    sum += 2 * normalTail(limit / Math.SQRT2)
  }
  return sum / draws
}

/**
 * P(Z > x) of a standard normal, x ≥ 0. Relative error below 1e-10 from x = 0.5 up, below 1e-12 beneath.
 * @source Abramowitz & Stegun 1964: 26.2.11 (series) for small x, 26.2.14 (continued fraction) for others.
 */
export function normalTail(x: number): number {
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI)
  if (x < 3) {
    let term = x
    let series = x
    for (let k = 1; k < 60; k++) {
      term *= (x * x) / (2 * k + 1)
      series += term
    }
    return 0.5 - density * series
  }
  let fraction = x
  for (let k = 80; k >= 1; k--) fraction = x + k / fraction
  return density / fraction
}

import { mean } from 'simple-statistics'
import type { Interval } from '../stats/interval.ts'
import { tInterval } from '../stats/mean-interval.ts'
import { welch } from '../stats/two-samples.ts'

/** The metric of one combination, a value a seed. `seeds` names whose list of seeds it is. */
export interface CombinationValues {
  readonly seeds: 'A' | 'B'
  readonly values: readonly number[]
}

/** A number with its 95 % interval over seeds; null with fewer than two seeds. */
export interface Effect {
  readonly value: number
  readonly interval: readonly [number, number] | null
}

/** What one input does to the number. */
export interface InputEffect<I extends string> {
  readonly input: I
  /** A with this input of B, less A: what separate runs find in which only this input is changed. */
  readonly share: Effect
  /** B, less B with this input of A. */
  readonly shareFromB: Effect
  /** The mean of what the input adds to the others, over every order in which A's inputs can become B's. */
  readonly shapley: Effect
}

/** Whole difference B − A = Σ share + interaction = Σ shareFromB + interactionFromB = Σ shapley. */
export interface Attribution<I extends string> {
  readonly whole: Effect
  readonly inputs: readonly InputEffect<I>[]
  readonly interaction: Effect
  readonly interactionFromB: Effect
}

/** A combination by the inputs it has of B: bit i is input i. */
export type Combination = number

/** Every combination of k inputs: 0 is A, 2^k − 1 is B. */
export function combinations(k: number): Combination[] {
  return Array.from({ length: 2 ** k }, (_, combination) => combination)
}

/**
 * Attributes the difference of two runs to the inputs that differ, from the metric of every combination of them. All
 * effects are sums of combinations with fixed coefficients, so each is a mean over seeds of A plus a mean over seeds of B
 * of one sum a seed; the interval is Welch's for two such means, Student's for one.
 *
 * @param of the values of every combination; combinations with one list of seeds have its seeds in one order.
 * @source Shapley 1953, A value for n-person games.
 */
export function attribute<I extends string>(
  inputs: readonly I[],
  of: (combination: Combination) => CombinationValues,
): Attribution<I> {
  const k = inputs.length
  const all = 2 ** k - 1
  const effect = (terms: readonly Term[]): Effect => contrast(terms, of)
  const shares = inputs.map((_, i) => difference(0, 1 << i))
  const sharesFromB = inputs.map((_, i) => difference(all & ~(1 << i), all))
  const whole = difference(0, all)
  return {
    whole: effect(whole),
    inputs: inputs.map((input, i) => ({
      input,
      share: effect(shares[i]),
      shareFromB: effect(sharesFromB[i]),
      shapley: effect(shapleyTerms(i, k)),
    })),
    interaction: effect([...whole, ...shares.flat().map(negated)]),
    interactionFromB: effect([...whole, ...sharesFromB.flat().map(negated)]),
  }
}

interface Term {
  readonly combination: Combination
  readonly coefficient: number
}

function difference(from: Combination, to: Combination): Term[] {
  return [
    { combination: to, coefficient: 1 },
    { combination: from, coefficient: -1 },
  ]
}

function negated({ combination, coefficient }: Term): Term {
  return { combination, coefficient: -coefficient }
}

/** Input i joins a set of s others in s!(k−1−s)!/k! of all orders. */
function shapleyTerms(i: number, k: number): Term[] {
  return combinations(k)
    .filter((others) => (others & (1 << i)) === 0)
    .flatMap((others) => {
      const s = bitCount(others)
      const weight = (factorial(s) * factorial(k - 1 - s)) / factorial(k)
      return difference(others, others | (1 << i)).map((term) => ({ ...term, coefficient: weight * term.coefficient }))
    })
}

function bitCount(combination: Combination): number {
  return combination.toString(2).replaceAll('0', '').length
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}

/** Σ coefficient · mean of the combination's values. */
function contrast(terms: readonly Term[], of: (combination: Combination) => CombinationValues): Effect {
  const bySeed = (seeds: CombinationValues['seeds']): number[] => {
    const own = terms.filter(({ combination, coefficient }) => coefficient !== 0 && of(combination).seeds === seeds)
    const count = own.length === 0 ? 0 : of(own[0].combination).values.length
    return Array.from({ length: count }, (_, place) =>
      own.reduce((sum, { combination, coefficient }) => sum + coefficient * of(combination).values[place], 0),
    )
  }
  return sumOfMeans(bySeed('A'), bySeed('B'))
}

/** Of two independent samples, one of which may be empty. */
function sumOfMeans(a: readonly number[], b: readonly number[]): Effect {
  if (a.length === 0 || b.length === 0) {
    const values = [...a, ...b]
    return effectOf(mean(values), tInterval(values))
  }
  const { difference, interval } = welch(
    a.map((value) => -value),
    b,
  )
  return effectOf(difference, interval)
}

function effectOf(value: number, { lower, upper }: Interval): Effect {
  return { value, interval: lower === null || upper === null ? null : [lower, upper] }
}

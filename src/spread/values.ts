import * as np from 'numpy-ts'
import { ReducibleError } from '../core/errors.ts'
import type { ValueName } from '../study/value-names.ts'

/** Which elements the mix multiplies: `numerator` of each `denominator`, as evenly as they can lie. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/** One array of numbers, by what it was drawn from. */
export interface ArraySpec {
  readonly values: ValueName
  /** What the large elements are multiplied with. */
  readonly mix: number
  readonly fraction: Fraction
  readonly count: number
  /** Of NumPy's default_rng. */
  readonly seed: number
}

/** A NumPy generator, and how many elements it has left to say. */
export type NumpyGenerator = ReturnType<typeof np.random.default_rng>

/** `1/3` or a decimal like `0.25`. @throws {ReducibleError} usage: not within 0 … 1. */
export function parseFraction(text: string): Fraction {
  const [, numerator, denominator] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []
  const [, whole, decimals = ''] = /^([01])(?:\.(\d{1,9}))?$/.exec(text) ?? []
  const fraction =
    denominator !== undefined
      ? { numerator: Number(numerator), denominator: Number(denominator) }
      : { numerator: Number(whole + decimals), denominator: 10 ** decimals.length }
  if (fraction.denominator >= 1 && fraction.numerator <= fraction.denominator) return fraction
  throw new ReducibleError('usage', `--fraction must be from 0 to 1, like 1/3 or 0.25 (got '${text}')`)
}

/**
 * Draws the numbers of an array into `into`, f64[count].
 *
 * | values | before the mix |
 * |---|---|
 * | `near-one` | 1 + z/100 |
 * | `normal` | z |
 * | `lognormal` | e^z |
 * | `cancelling` | the first half z; after the mix, the second half −x + 2^-20 · \|x\| of the first: Σ\|x\|/\|Σx\| is about 2^21 |
 *
 * @returns the generator, as it is after the draws.
 */
export function drawValues(spec: ArraySpec, into: Float64Array): NumpyGenerator {
  const { values, mix, fraction, count, seed } = spec
  const generator = np.random.default_rng(seed)
  const drawn = values === 'cancelling' ? Math.ceil(count / 2) : count
  // numpy-ts keeps arrays in a heap of its own, which does not grow without end.
  const normals = generator.standard_normal([drawn])
  into.set(normals.data as Float64Array)
  normals.dispose()
  switch (values) {
    case 'near-one':
      for (let i = 0; i < count; i++) into[i] = 1 + into[i] / 100
      break
    case 'lognormal':
      for (let i = 0; i < count; i++) into[i] = Math.exp(into[i])
      break
  }
  for (let i = 0; i < drawn; i++) if (isLarge(i, fraction)) into[i] *= mix
  for (let i = drawn; i < count; i++) {
    const mate = into[i - drawn]
    into[i] = -mate + 2 ** -20 * Math.abs(mate)
  }
  return generator
}

/** For 1/3: elements 0, 3, 6, … */
function isLarge(index: number, { numerator, denominator }: Fraction): boolean {
  return (index * numerator) % denominator < numerator
}

/** The next order that NumPy's `permutation(count)` draws. */
export function drawNumpyOrder(generator: NumpyGenerator, count: number, into: Uint32Array): void {
  const permutation = generator.permutation(count)
  const order = permutation.data as unknown as BigInt64Array
  // The indices are small: their low words are all of them.
  const words = new Uint32Array(order.buffer, order.byteOffset, 2 * count)
  for (let i = 0; i < count; i++) into[i] = words[2 * i]
  permutation.dispose()
}

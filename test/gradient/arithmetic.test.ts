// Goal: every function of kernels/arithmetic.wgsl gives the bits of its twin src/gradient/arithmetic.ts on the embedded
// SwiftShader, over the whole range of exponents and over random bit patterns, and is as accurate as its comment says.
// NaNs count as equal. Left out: other adapters (the same harness opens them by name), and what the functions make of
// operands outside the domain their comment names.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { add, bitsOf, exponential, floatOf, logarithm, mul, reciprocal, settle } from '../../src/gradient/arithmetic.ts'
import { type ArithmeticHarness, arithmeticText, openArithmetic } from './arithmetic-harness.ts'
import { floatsOf, randomFloats, randomWords } from './random.ts'
import { ADAPTER } from './test-adapter.ts'

const MILLION = 1_000_000

let gpu: ArithmeticHarness

beforeAll(async () => {
  gpu = await openArithmetic(ADAPTER)
})

afterAll(() => gpu[Symbol.dispose]())

/** A function of arithmetic.wgsl with its operands as kernels pass them, and its twin. */
interface Pair {
  readonly wgsl: string
  readonly twin: (a: number, b: number, c: number) => number
}

const UNARY = {
  settle: { wgsl: 'settle(a)', twin: settle },
  load: { wgsl: 'load(a)', twin: settle },
  negate: { wgsl: 'negate(a)', twin: (a) => -a },
  exponential: { wgsl: 'exponential(load(a))', twin: (a) => exponential(settle(a)) },
} satisfies Record<string, Pair>

const BINARY = {
  add: { wgsl: 'add(load(a), load(b))', twin: (a, b) => add(settle(a), settle(b)) },
  mul: { wgsl: 'mul(load(a), load(b))', twin: (a, b) => mul(settle(a), settle(b)) },
} satisfies Record<string, Pair>

const PARTIAL = {
  logarithm: { wgsl: 'logarithm(a)', twin: logarithm },
  reciprocal: { wgsl: 'reciprocal(a)', twin: reciprocal },
} satisfies Record<string, Pair>

interface Differences {
  readonly compared: number
  readonly different: number
  /** The first that differs, for the reader of a failure. */
  readonly first: string | undefined
}

async function compare(
  harness: ArithmeticHarness,
  { wgsl, twin }: Pair,
  ...operands: Float32Array[]
): Promise<Differences> {
  const got = await harness.evaluate(wgsl, ...operands)
  const [as, bs = as, cs = as] = operands
  let different = 0
  let first: string | undefined
  for (let i = 0; i < got.length; i++) {
    const value = twin(as[i], bs[i], cs[i])
    const want = Number.isNaN(value) ? 0x7fc00000 : bitsOf(value)
    if (got[i] === want) continue
    different++
    first ??= `${wgsl} of ${operands.map((operand) => hex(bitsOf(operand[i])))}: got ${hex(got[i])}, want ${hex(want)}`
  }
  return { compared: got.length, different, first }
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`
}

function equalBits(compared: number): Differences {
  return { compared, different: 0, first: undefined }
}

/** Each of the 512 combinations of sign and exponent with each mantissa. */
function everyExponent(mantissas: readonly number[]): Float32Array {
  const words = Array.from({ length: 512 }, (_, signAndExponent) =>
    mantissas.map((mantissa) => ((signAndExponent << 23) | mantissa) >>> 0),
  )
  return floatsOf(Uint32Array.from(words.flat()))
}

const MANTISSAS = [0, 1, 0x7fffff, 0x400000, ...randomWords(1, 60).map((word) => word & 0x7fffff)]

/** Random positive floats whose exponents lie from 2^lowest to just under 2^(highest + 1), evenly. */
function randomPositive(seed: number, count: number, lowest: number, highest: number): Float32Array {
  const exponents = randomWords(seed + 1, count)
  const range = highest - lowest + 1
  return floatsOf(
    randomWords(seed, count).map((word, i) => ((127 + lowest + (exponents[i] % range)) << 23) | (word & 0x7fffff)),
  )
}

/** Greatest |got − exact| in units in the last place of the f32 nearest the exact value, over all inputs. */
function greatestUlps(
  inputs: Float32Array,
  approximate: (x: number) => number,
  exact: (x: number) => number,
): { ulps: number; at: number } {
  let ulps = 0
  let at = Number.NaN
  for (const x of inputs) {
    const want = exact(x)
    const ulp = 2 ** (Math.floor(Math.log2(Math.abs(want))) - 23)
    const error = Math.abs(approximate(x) - want) / ulp
    if (error <= ulps) continue
    ulps = error
    at = x
  }
  return { ulps, at }
}

describe('on the embedded GPU', () => {
  it('every function of arithmetic.wgsl is compared with its twin', () => {
    const functions = [...arithmeticText.matchAll(/^fn (\w+)\(/gm)].map(([, name]) => name)
    expect(functions.toSorted()).toEqual(Object.keys({ ...UNARY, ...BINARY, ...PARTIAL }).toSorted())
  })

  it.each(Object.entries(UNARY))(
    '%s gives the bits of its twin over every exponent, both signs and 64 mantissas',
    async (_name, pair) => {
      expect(await compare(gpu, pair, everyExponent(MANTISSAS))).toEqual(equalBits(512 * 64))
    },
  )

  it.each(Object.entries(UNARY))(
    '%s gives the bits of its twin over a million random bit patterns',
    async (_name, pair) => {
      expect(await compare(gpu, pair, floatsOf(randomWords(2, MILLION)))).toEqual(equalBits(MILLION))
    },
  )

  it.each(Object.entries(BINARY))(
    '%s gives the bits of its twin over every pair of exponents and signs',
    async (_name, pair) => {
      for (const [left, right] of [
        [0, 0],
        [0, 0x7fffff],
        [0x7fffff, 1],
        [0x7fffff, 0x7fffff],
        [0x2c9d61, 0x5a827a],
      ]) {
        const heads = everyExponent([left])
        const tails = everyExponent([right])
        const a = Float32Array.from({ length: 512 * 512 }, (_, i) => heads[i >> 9])
        const b = Float32Array.from({ length: 512 * 512 }, (_, i) => tails[i & 511])
        expect(await compare(gpu, pair, a, b)).toEqual(equalBits(512 * 512))
      }
    },
  )

  it.each(Object.entries(BINARY))(
    '%s gives the bits of its twin over a million pairs of random bit patterns',
    async (_name, pair) => {
      const a = floatsOf(randomWords(3, MILLION))
      const b = floatsOf(randomWords(4, MILLION))
      expect(await compare(gpu, pair, a, b)).toEqual(equalBits(MILLION))
    },
  )

  it('add gives the bits of its twin where digits cancel', async () => {
    const a = randomFloats(5, MILLION, -2, 2)
    const b = randomFloats(6, MILLION, -2, 2)
    expect(await compare(gpu, BINARY.add, a, b)).toEqual(equalBits(MILLION))
  })

  it('mul gives the bits of its twin where the product lies about 2^-126', async () => {
    const a = randomPositive(7, MILLION, -70, -60)
    const b = randomPositive(8, MILLION, -66, -56)
    expect(await compare(gpu, BINARY.mul, a, b)).toEqual(equalBits(MILLION))
  })

  it('logarithm gives the bits of its twin over every exponent of the normals and a million random ones', async () => {
    const grid = everyExponent(MANTISSAS).filter((x) => x >= 2 ** -126 && x < Number.POSITIVE_INFINITY)
    expect(await compare(gpu, PARTIAL.logarithm, grid)).toEqual(equalBits(254 * 64))
    expect(await compare(gpu, PARTIAL.logarithm, randomPositive(9, MILLION, -126, 127))).toEqual(equalBits(MILLION))
  })

  it('reciprocal gives the bits of its twin over every exponent from 2^-100 to 2^100 and a million random ones', async () => {
    const grid = everyExponent(MANTISSAS).filter((x) => x >= 2 ** -100 && x <= 2 ** 100)
    expect(await compare(gpu, PARTIAL.reciprocal, grid)).toEqual(equalBits(200 * 64 + 1))
    expect(await compare(gpu, PARTIAL.reciprocal, randomPositive(10, MILLION, -100, 99))).toEqual(equalBits(MILLION))
  })

  it('a product that feeds an add is rounded before it', async () => {
    const a = randomFloats(11, MILLION, -2, 2)
    const b = randomFloats(12, MILLION, -2, 2)
    const minusProduct = a.map((value, i) => -mul(value, b[i]))
    const pair: Pair = { wgsl: 'add(mul(a, b), c)', twin: (x, y, z) => add(mul(x, y), z) }
    expect(await compare(gpu, pair, a, b, minusProduct)).toEqual(equalBits(MILLION))
    expect(a.every((value, i) => add(mul(value, b[i]), minusProduct[i]) === 0)).toBe(true)
  })

  it('a sum is taken in the order written', async () => {
    const a = randomFloats(13, MILLION, -2, 2)
    const b = randomFloats(14, MILLION, -(2 ** -12), 2 ** -12)
    const pair: Pair = { wgsl: 'add(add(a, b), negate(a))', twin: (x, y) => add(add(x, y), -x) }
    expect(await compare(gpu, pair, a, b)).toEqual(equalBits(MILLION))
    expect(a.some((value, i) => add(add(value, b[i]), -value) !== b[i])).toBe(true)
  })
})

describe('a planted fault', () => {
  const one = (from: string, to: string): string => {
    expect(arithmeticText.split(from)).toHaveLength(2)
    return arithmeticText.replace(from, to)
  }

  it.each([
    ['settle that keeps 2^-126', UNARY.load, '<= 0x00800000u', '< 0x00800000u'],
    ['settle that drops the sign', UNARY.load, 'bits & 0x80000000u, (bits', '0u, (bits'],
    ['a last coefficient of exponential one bit off', UNARY.exponential, '0.4999999403953552', '0.4999999701976776'],
    ['a first coefficient of logarithm far off', PARTIAL.logarithm, '-0.07634492963552475', '-0.0763'],
    ['reciprocal with three Newton steps', PARTIAL.reciprocal, 'i < 4u', 'i < 3u'],
  ] as const)('%s is seen by the comparison', async (_name, pair, from, to) => {
    const operands = pair === UNARY.load ? everyExponent(MANTISSAS) : randomPositive(15, 10_000, -8, 6)
    using changed = await openArithmetic(ADAPTER, one(from, to))
    expect((await compare(changed, pair, operands)).different).toBeGreaterThan(0)
    expect(await compare(gpu, pair, operands)).toEqual(equalBits(operands.length))
  })
})

describe('what arithmetic.wgsl says of its functions', () => {
  it('magnitudes up to and including 2^-126 become zeros of the same sign, the next float above is kept', async () => {
    const given = [0, 1, 0x7fffff, 0x800000, 0x800001, 0x3f800000].flatMap((word) => [word, (word | 0x80000000) >>> 0])
    const wanted = given.map((word) => ((word & 0x7fffffff) <= 0x800000 ? (word & 0x80000000) >>> 0 : word))
    expect(wanted.filter((word) => (word & 0x7fffffff) !== 0)).toEqual([0x800001, 0x80800001, 0x3f800000, 0xbf800000])
    expect(given.map((word) => bitsOf(settle(floatOf(word))))).toEqual(wanted)
    expect([...(await gpu.evaluate('load(a)', floatsOf(Uint32Array.from(given))))]).toEqual(wanted)
  })

  it('the rule holds for results too: a sum and a product that round to 2^-126 become zeros of their sign', async () => {
    const next = floatOf(0x800001)
    const sums = await gpu.evaluate(
      'add(a, b)',
      Float32Array.of(3 * 2 ** -126, -3 * 2 ** -126, 2 * next),
      Float32Array.of(-2 * 2 ** -126, 2 * 2 ** -126, -next),
    )
    expect([...sums]).toEqual([0, 0x80000000, 0x800001])
    expect([add(3 * 2 ** -126, -2 * 2 ** -126), add(-3 * 2 ** -126, 2 * 2 ** -126), add(2 * next, -next)]).toEqual([
      0,
      -0,
      next,
    ])
    const products = await gpu.evaluate(
      'mul(a, b)',
      Float32Array.of(2 ** -63, -(2 ** -63), 2 ** -63, 2 ** -63 * (1 - 2 ** -24)),
      Float32Array.of(2 ** -63, 2 ** -63, 2 ** -63 * (1 + 2 ** -23), 2 ** -63),
    )
    expect([...products]).toEqual([0, 0x80000000, 0x800001, 0])
  })

  it('exponential is within 2 ULP of e^x where 2^-126 < e^x < 2^127.5', () => {
    const inDomain = (x: number): boolean => Math.exp(x) > 2 ** -126 * (1 + 2 ** -23) && Math.exp(x) < 2 ** 127.5
    const wide = randomFloats(16, 2 * MILLION, -126 * Math.LN2, 127.5 * Math.LN2).filter(inDomain)
    const small = floatsOf(randomWords(17, MILLION)).filter((x) => Math.abs(x) < 1)
    expect(wide.length + small.length).toBeGreaterThan(2 * MILLION)
    const [far, near] = [wide, small].map((inputs) => greatestUlps(inputs, exponential, Math.exp))
    expect(Math.max(far.ulps, near.ulps)).toBeLessThanOrEqual(2)
  })

  it('exponential is zero below its range, infinite above it, and NaN for NaN', () => {
    expect([-87.4, -100, -104, -1e30, Number.NEGATIVE_INFINITY].map(exponential)).toEqual([0, 0, 0, 0, 0])
    expect([88.73, 100, 104, 1e30, Number.POSITIVE_INFINITY].map(exponential)).toEqual(
      Array(5).fill(Number.POSITIVE_INFINITY),
    )
    expect(exponential(Number.NaN)).toBeNaN()
    expect([exponential(0), exponential(-0)]).toEqual([1, 1])
  })

  it('logarithm is within 2 ULP of ln x for positive normals', () => {
    const everywhere = randomPositive(18, MILLION, -126, 127)
    const aboutOne = randomFloats(19, MILLION, 0.5, 2)
    const nextToOne = Float32Array.from({ length: 8192 }, (_, i) => floatOf(0x3f800000 - 4096 + i))
    const nearOne = [...aboutOne, ...nextToOne].filter((x) => x !== 1)
    const [far, near] = [everywhere, Float32Array.from(nearOne)].map((inputs) =>
      greatestUlps(inputs, logarithm, Math.log),
    )
    expect(Math.max(far.ulps, near.ulps)).toBeLessThanOrEqual(2)
    expect(logarithm(1)).toBe(0)
  })

  it('reciprocal is within 2 ULP of 1/x from 2^-100 to 2^100', () => {
    const everywhere = randomPositive(20, MILLION, -100, 99)
    const nearOne = randomFloats(21, MILLION, 1, 16)
    const [far, near] = [everywhere, nearOne].map((inputs) => greatestUlps(inputs, reciprocal, (x) => 1 / x))
    expect(Math.max(far.ulps, near.ulps)).toBeLessThanOrEqual(2)
  })
})

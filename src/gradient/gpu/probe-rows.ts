import { mix32 } from '../../core/mix.ts'
import { type ParsedOrder, parseOrder } from '../../reduce/order.ts'
import {
  fallingStrides,
  orderInWords,
  recoverOrder,
  type SumsOf,
  sequentialOrder,
  stridedOrder,
} from '../../reduce/recover-order.ts'
import { add, bitsOf, floatOf, mul, settle } from '../arithmetic.ts'
import type { EntryPoint, ProbeRunner } from './probe-kernels.ts'
import type { ProbeRow } from './probe-record.ts'

/** Asks an adapter every question. What is asked, and why it passes or fails, is in docs/methodology.md, "The probe". */
export async function probeRows(runner: ProbeRunner): Promise<ProbeRow[]> {
  return [
    ...(await operationRows(runner)),
    ...(await compoundRows(runner)),
    ...(await subnormalRows(runner)),
    ...(await specialRows(runner)),
    ...(await barrierRows(runner)),
    ...(await orderRows(runner)),
  ]
}

const SAMPLES = 8192
const LANES = 64

const AS_WRITTEN = 'as written'
const TWIN = 'bits of the twin'

/** One result of a kernel: what is wanted of it, by element. */
interface Wanted {
  readonly operands: readonly Float32Array[]
  /** NaN stands for every NaN. */
  readonly want: (...values: number[]) => number
}

interface Differences {
  readonly samples: number
  readonly wrong: number
  readonly first: string | null
}

function compare(got: Float32Array, { operands, want }: Wanted): Differences {
  let wrong = 0
  let first: string | null = null
  for (let i = 0; i < got.length; i++) {
    const wanted = Math.fround(want(...operands.map((operand) => operand[i])))
    if (Object.is(got[i], wanted)) continue
    wrong++
    first ??= counterexample(
      operands.map((operand) => bitsAt(operand, i)),
      bitsAt(got, i),
      bitsOf(wanted),
    )
  }
  return { samples: got.length, wrong, first }
}

function counterexample(operands: readonly number[], got: number, want: number): string {
  const named = operands.map((word, i) => `${'abc'[i]} ${hex(word)}`).join(', ')
  return `${named}: got ${hex(got)}, want ${hex(want)}`
}

/** The k-th result of a kernel that has several for each of n elements. */
function resultOf(results: Float32Array, k: number, n: number): Float32Array {
  return results.subarray(k * n, (k + 1) * n)
}

/** A row that asks for certain bits. @param pass null where no kernel rests on them. */
function bitsRow(name: string, right: string, { samples, wrong, first }: Differences, rests: boolean): ProbeRow {
  const outcome = wrong === 0 ? right : `other in ${wrong} of ${samples}`
  return { name, outcome, pass: rests ? wrong === 0 : null, samples, counterexample: first, order: null }
}

async function operationRows(runner: ProbeRunner): Promise<ProbeRow[]> {
  const [a, b] = roundingPairs()
  const results = await runner.run('operations', 'plain', [a, b], 5 * a.length)
  const operands = [a, b]
  const sums = compare(resultOf(results, 1, a.length), { operands, want: (x, y) => x + y })
  const products = compare(resultOf(results, 2, a.length), { operands, want: (x, y) => x * y })
  const quotients = resultOf(results, 4, a.length)
  const ulps = Math.max(...Array.from(a, (x, i) => ulpsFrom(quotients[i], x / b[i])))
  const exact = compare(quotients, { operands, want: (x, y) => x / y })
  return [
    bitsRow('addition', 'to nearest even', sums, true),
    bitsRow('multiplication', 'to nearest even', products, true),
    {
      ...bitsRow('division', 'to nearest even', exact, false),
      ...(exact.wrong > 0 && { outcome: `within ${ulps.toFixed(2)} ULP` }),
    },
  ]
}

/** Distance from the exact value in units of the last place of the nearest f32. */
function ulpsFrom(got: number, exact: number): number {
  if (!Number.isFinite(Math.fround(exact))) return 0
  return Math.abs(got - exact) / 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 23)
}

/** Random pairs of 2^±30; pairs whose sum is a tie, pairs whose product is one; and pairs chosen by hand. */
function roundingPairs(): [Float32Array, Float32Array] {
  const chosen = [
    [1, 2 ** -24],
    [1 + 2 ** -23, 2 ** -24],
    [-1, -(2 ** -24)],
    [1, -(2 ** -25)],
    [1 + 2 ** -12, 1 + 2 ** -12],
    [1 + 2 ** -12, 3 - 2 ** -11],
    [floatOf(0x7f7fffff), 2 ** 103],
    [floatOf(0x7f7fffff), 2 ** 102],
    [floatOf(0x7f7fffff), 1 + 2 ** -23],
    [1, -1],
  ]
  const a = floats(1, SAMPLES, -30, 30)
  const b = floats(2, SAMPLES, -30, 30).map((value, i) => {
    if (i % 4 === 0) return Math.sign(value) * 2 ** (exponentOf(a[i]) - 24)
    return i % 4 === 1
      ? Math.sign(value) * Math.abs(a[i]) * (0.5 + Math.abs(value) / 2 ** (exponentOf(value) + 1))
      : value
  })
  for (let i = 2; i < SAMPLES; i += 4) {
    a[i] = shortened(a[i])
    b[i] = shortened(b[i])
  }
  return [Float32Array.from([...chosen.map(([x]) => x), ...a]), Float32Array.from([...chosen.map(([, y]) => y), ...b])]
}

/** With 13 bits of the 24: products of two such have 26, so that one in four is a tie. */
function shortened(value: number): number {
  return floatOf(bitsOf(value) & 0xfffff800)
}

async function compoundRows(runner: ProbeRunner): Promise<ProbeRow[]> {
  const near = floats(3, SAMPLES, -8, 8)
  const other = floats(4, SAMPLES, -8, 8)
  // Only inputs on which a rewritten expression has other bits than the written one.
  const differs = (i: number): boolean =>
    exactSumError(near[i], other[i]) !== 0 && productError(near[i], other[i]) !== 0
  const at = [...near.keys()].filter(differs)
  const a = Float32Array.from(at, (i) => near[i])
  const b = Float32Array.from(at, (i) => other[i])
  const c = Float32Array.from(at, (i) => -Math.fround(near[i] * other[i]))
  const n = at.length
  const plain = await runner.run('compounds', 'plain', [a, b, c], 4 * n)
  const guarded = await runner.run('compounds', 'guarded', [a, b, c], 4 * n)
  const questions: readonly (Wanted & { readonly name: string })[] = [
    { name: 'a·b + c', operands: [a, b, c], want: (x, y, z) => Math.fround(x * y) + z },
    { name: '(a + b) − a', operands: [a, b], want: (x, y) => Math.fround(x + y) - x },
    { name: 'TwoSum', operands: [a, b], want: exactSumError },
    { name: 'TwoProd', operands: [a, b], want: productError },
  ]
  const rows = questions.map((question, k): ProbeRow[] => {
    const written = compare(resultOf(plain, k, n), question)
    const kernels = compare(resultOf(guarded, k, n), question)
    return [
      bitsRow(question.name, AS_WRITTEN, written, false),
      bitsRow(`${question.name}, guarded`, AS_WRITTEN, kernels, true),
    ]
  })
  const [[contraction, ...others], ...rest] = rows
  const fused = compare(resultOf(plain, 0, n), { operands: [a, b, c], want: (x, y, z) => x * y + z })
  const outcome = fused.wrong === 0 ? 'fused' : contraction.outcome
  return [{ ...contraction, outcome }, ...others, ...rest.flat()]
}

/** a + b − fround(a + b): exact in f64 for exponents that lie as close as ours. */
function exactSumError(a: number, b: number): number {
  return a + b - Math.fround(a + b)
}

/** a·b − fround(a·b): a product of two f32 values is exact in f64, and so is this difference. */
function productError(a: number, b: number): number {
  return a * b - Math.fround(a * b)
}

/** A way to meet a subnormal: what comes out where it is kept, and where it counts as a zero. */
interface SubnormalCase {
  readonly name: string
  readonly result: 0 | 1 | 2
  readonly a: Float32Array
  readonly b: Float32Array
  readonly kept: (a: number, b: number) => number
  readonly flushed: (a: number, b: number) => number
}

async function subnormalRows(runner: ProbeRunner): Promise<ProbeRow[]> {
  const n = 512
  const subnormal = floats(5, n, -126, -126).map(
    (value) => floatOf(bitsOf(value) & 0x807fffff) || Math.sign(value) * 2 ** -149,
  )
  const [least, other] = [6, 15].map((seed) => floats(seed, n, -126, -126).map(Math.abs))
  const signed = (value: Float32Array, sign: Float32Array): Float32Array => value.map((x, i) => x * Math.sign(sign[i]))
  const cases: SubnormalCase[] = [
    { name: 'loaded and stored', result: 0, a: subnormal, b: least, kept: (a) => a, flushed: (a) => a * 0 },
    // least + subnormal is normal where the signs are equal
    {
      name: 'operand of +',
      result: 1,
      a: subnormal,
      b: signed(least, subnormal),
      kept: (a, b) => a + b,
      flushed: (_, b) => b,
    },
    {
      name: 'result of +',
      result: 1,
      a: signed(least, subnormal),
      b: signed(
        other,
        subnormal.map((x) => -x),
      ),
      kept: (a, b) => a + b,
      flushed: (a, b) => (a + b) * 0,
    },
    {
      name: 'operand of ·',
      result: 2,
      a: subnormal,
      b: new Float32Array(n).fill(2 ** 60),
      kept: (a, b) => a * b,
      flushed: (a, b) => a * 0 * b,
    },
    {
      name: 'result of ·',
      result: 2,
      a: floats(7, n, -66, -65),
      b: floats(8, n, -66, -65).map(Math.abs),
      kept: (a, b) => a * b,
      flushed: (a, b) => a * b * 0,
    },
  ]
  const rows: ProbeRow[] = []
  for (const { name, result, a, b, kept, flushed } of cases) {
    const got = resultOf(await runner.run('operations', 'plain', [a, b], 5 * n), result, n)
    rows.push(subnormalRow(`subnormal ${name}`, got, [a, b], kept, flushed))
  }
  return [...rows, await settledRow(runner)]
}

function subnormalRow(
  name: string,
  got: Float32Array,
  operands: readonly Float32Array[],
  kept: SubnormalCase['kept'],
  flushed: SubnormalCase['flushed'],
): ProbeRow {
  const asKept = compare(got, { operands, want: kept })
  const asFlushed = compare(got, { operands, want: flushed })
  const asPlusZero = compare(got, { operands, want: (a, b) => Math.abs(flushed(a, b)) })
  const [a, b] = operands
  const outcome =
    asKept.wrong === 0
      ? 'kept'
      : asFlushed.wrong === 0
        ? flushed(a[0], b[0]) === 0
          ? 'flushed, sign kept'
          : 'flushed'
        : asPlusZero.wrong === 0
          ? 'flushed, sign lost'
          : `kept in ${got.length - asKept.wrong}, flushed in ${got.length - asFlushed.wrong}`
  return { name, outcome, pass: null, samples: got.length, counterexample: asKept.first, order: null }
}

/** Settled operations where an adapter may flush or not: the rule of arithmetic.wgsl makes both the same. */
async function settledRow(runner: ProbeRunner): Promise<ProbeRow> {
  const tiny = (seed: number): Float32Array =>
    floats(seed, SAMPLES, -126, -124).map((value, i) => (i % 2 === 0 ? floatOf(bitsOf(value) & 0x80ffffff) : value))
  const a = Float32Array.from([...tiny(9), ...floats(10, SAMPLES, -66, -60)])
  const b = Float32Array.from([...tiny(11), ...floats(12, SAMPLES, -66, -60)])
  const differences = await guardedDifferences(runner, a, b)
  return bitsRow('about 2^-126, settled', TWIN, differences, true)
}

/** Load, add and multiply of arithmetic.wgsl against their twin. */
async function guardedDifferences(runner: ProbeRunner, a: Float32Array, b: Float32Array): Promise<Differences> {
  const results = await runner.run('operations', 'guarded', [a, b], 5 * a.length)
  const wants: Wanted['want'][] = [
    (x) => settle(x),
    (x, y) => add(settle(x), settle(y)),
    (x, y) => mul(settle(x), settle(y)),
    (x, y) => Number(Number.isNaN(settle(x) + settle(y))),
  ]
  const parts = wants.map((want, k) => compare(resultOf(results, k, a.length), { operands: [a, b], want }))
  return {
    samples: parts.reduce((sum, { samples }) => sum + samples, 0),
    wrong: parts.reduce((sum, { wrong }) => sum + wrong, 0),
    first: parts.find(({ first }) => first !== null)?.first ?? null,
  }
}

const SPECIAL_WORDS = [
  0, 0x80000000, 0x3f800000, 0xbf800000, 0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000,
  0x7fc00001, 0x7f800001,
]

async function specialRows(runner: ProbeRunner): Promise<ProbeRow[]> {
  const words = SPECIAL_WORDS.flatMap((left) => SPECIAL_WORDS.map((right) => [left, right]))
  const a = new Float32Array(Uint32Array.from(words, ([left]) => left).buffer)
  const b = new Float32Array(Uint32Array.from(words, ([, right]) => right).buffer)
  const n = a.length
  const results = await runner.run('operations', 'plain', [a, b], 5 * n)
  const operands = [a, b]
  const sums = compare(resultOf(results, 1, n), { operands, want: (x, y) => x + y })
  const products = compare(resultOf(results, 2, n), { operands, want: (x, y) => x * y })
  const wrong = sums.wrong + products.wrong
  const nans = [...bitsOfAll(results.subarray(n, 3 * n))].filter((word) => (word & 0x7fffffff) > 0x7f800000)
  const canonical = nans.every((word) => word === 0x7fc00000)
  const kept = canonical ? 'kept, NaN 0x7fc00000' : 'kept, NaNs of several bits'
  return [
    bitsRow('Inf and NaN', kept, { samples: 2 * n, wrong, first: sums.first ?? products.first }, false),
    bitsRow('Inf and NaN, settled', TWIN, await guardedDifferences(runner, a, b), true),
  ]
}

async function barrierRows(runner: ProbeRunner): Promise<ProbeRow[]> {
  const groups = 256
  const values = floats(13, groups * LANES, -8, 8)
  const tree = parseOrder(stridedOrder(LANES, fallingStrides(LANES)))
  const want = Float32Array.from({ length: groups }, (_, group) => sumBy(tree, vectorAt(values, group)))
  const differences = async (entryPoint: EntryPoint): Promise<Differences> => {
    const got = await runner.run('lanes', entryPoint, [values], groups)
    const wrong = [...got.keys()].filter((group) => !Object.is(got[group], want[group]))
    const first = wrong.length === 0 ? null : `sum ${wrong[0]}: ${gotAndWant(got[wrong[0]], want[wrong[0]])}`
    return { samples: groups, wrong: wrong.length, first }
  }
  const without = await differences('plain')
  const needed = without.wrong === 0 ? 'not seen to be needed' : `needed: wrong in ${without.wrong} without`
  return [
    { ...bitsRow('barriers between lanes', needed, without, false), outcome: needed },
    bitsRow('64 lanes with barriers', TWIN, await differences('guarded'), true),
  ]
}

async function orderRows(runner: ProbeRunner): Promise<ProbeRow[]> {
  const flat = (vectors: readonly Float32Array[]): Float32Array => {
    const values = new Float32Array(vectors.length * LANES)
    for (const [i, vector] of vectors.entries()) values.set(vector, i * LANES)
    return values
  }
  const loop =
    (entryPoint: EntryPoint): SumsOf =>
    (vectors) =>
      runner.run('loop', entryPoint, [flat(vectors)], vectors.length)
  const oneByOne = sequentialOrder(LANES)
  const strided = stridedOrder(LANES, fallingStrides(LANES))
  const rows = [
    await orderRow('loop of 64', LANES, loop('plain'), null),
    await orderRow('loop of 64, guarded', LANES, loop('guarded'), oneByOne),
    await orderRow('mean-loss, 64 lanes', LANES, (vectors) => runner.meanLoss(vectors), strided),
  ]
  if (!runner.hasSubgroups) {
    const outcome = 'no subgroups here'
    return [...rows, { name: 'subgroupAdd', outcome, pass: null, samples: 0, counterexample: null, order: null }]
  }
  const [, lanes] = await runner.run('subgroup', 'plain', [new Float32Array(LANES)], 2)
  const subgroup: SumsOf = async (vectors) =>
    (await runner.run('subgroup', 'plain', [flat(vectors)], 2 * vectors.length)).subarray(0, vectors.length)
  return [...rows, await orderRow(`subgroupAdd, ${lanes} lanes`, Math.min(lanes, LANES), subgroup, null)]
}

const RANDOM_SUMS = 64

/** Recovers the order of a sum, and sees whether random numbers are added in it too. @param want null: any. */
async function orderRow(name: string, count: number, sumsOf: SumsOf, want: string | null): Promise<ProbeRow> {
  const order = (await recoverOrder(count, sumsOf)) ?? null
  const samples = (count * (count - 1)) / 2 + RANDOM_SUMS
  const failed = { name, pass: want === null ? null : false, samples }
  if (order === null) return { ...failed, outcome: 'no order of additions', counterexample: null, order }
  const values = floats(14, RANDOM_SUMS * LANES, -8, 8)
  const vectors = Array.from({ length: RANDOM_SUMS }, (_, i) => vectorAt(values, i).subarray(0, count))
  const got = await sumsOf(vectors)
  const tree = parseOrder(order)
  const wrong = vectors.findIndex((vector, i) => !Object.is(got[i], sumBy(tree, vector)))
  if (wrong >= 0) {
    const first = `random sum ${wrong}: ${gotAndWant(got[wrong], sumBy(tree, vectors[wrong]))}`
    return { ...failed, outcome: 'an order that random numbers break', counterexample: first, order }
  }
  const right = want === null ? null : order === want
  const counter = right === false ? `got ${order}, want ${want}` : null
  return { name, outcome: orderInWords(order, count), pass: right, samples, counterexample: counter, order }
}

function vectorAt(values: Float32Array, index: number): Float32Array {
  return values.subarray(index * LANES, (index + 1) * LANES)
}

function sumBy(order: ParsedOrder, vector: Float32Array): number {
  return typeof order === 'number' ? vector[order] : Math.fround(sumBy(order[0], vector) + sumBy(order[1], vector))
}

/** Random f32 of both signs with exponents from `lowest` to `highest`, evenly; the same for the same seed. */
function floats(seed: number, count: number, lowest: number, highest: number): Float32Array {
  const words = Uint32Array.from({ length: count }, (_, i) => {
    const word = mix32(mix32(seed) + i)
    const exponent = 127 + lowest + (mix32(word + seed) % (highest - lowest + 1))
    return (word & 0x807fffff) | (exponent << 23)
  })
  return new Float32Array(words.buffer)
}

function exponentOf(value: number): number {
  return ((bitsOf(value) >>> 23) & 0xff) - 127
}

function bitsAt(values: Float32Array, index: number): number {
  return bitsOfAll(values)[index]
}

function bitsOfAll(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length)
}

function gotAndWant(got: number, want: number): string {
  return `got ${hex(bitsOf(got))}, want ${hex(bitsOf(want))}`
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`
}

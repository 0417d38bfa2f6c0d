import { readFileSync } from 'node:fs'
import type { Arithmetic, PartialSums } from '../arithmetic/arithmetic.ts'
import {
  type ExactLoops,
  exactArithmetic,
  exactArithmeticBy,
  PLAIN_LOOPS,
  rangeOfMagnitudes,
} from '../arithmetic/exact.ts'
import { f32Arithmetic } from '../arithmetic/f32.ts'
import type { SharedArena } from './shared-arena.ts'

/** What add.wasm exports: addresses and sizes in bytes, counts in elements. */
interface AddKernel {
  add(to: number, from: number, byteLength: number): void
  copy(to: number, from: number, byteLength: number): void
  addLimbs(to: number, from: number, byteLength: number): void
  magnitudes(values: number, count: number): bigint
  widen(limbs: number, values: number, count: number, scale: number): void
  narrow(values: number, limbs: number, count: number, scale: number): void
}

const addModule = new WebAssembly.Module(readFileSync(new URL('wasm/add.wasm', import.meta.url)))

/**
 * An arithmetic for vectors of an arena: its sums lie in the arena, where the other ranks read them, and f32 and `exact` are
 * added by SIMD code. Same bits, except that a sum of two NaNs may carry either payload in f32.
 */
export function arenaArithmetic(arithmetic: Arithmetic, arena: SharedArena, rank: number): Arithmetic {
  if (arithmetic === f32Arithmetic) return simdArithmetic(arena)
  if (arithmetic === exactArithmetic) return arenaArithmetic(exactArithmeticBy(arenaLoops(arena)), arena, rank)
  const { bytesPerElement, agreement } = arithmetic
  return {
    ...arithmetic,
    begin: (vector, workspace = arena.workspace(rank, bytesPerElement * vector.length)) =>
      arithmetic.begin(vector, workspace),
    ...(agreement && {
      agreement: {
        ...agreement,
        maximum: arenaArithmetic(agreement.maximum, arena, rank),
        over: (agreed, terms) => arenaArithmetic(agreement.over(agreed, terms), arena, rank),
      },
    }),
  }
}

function instanceOver(arena: SharedArena): AddKernel {
  return new WebAssembly.Instance(addModule, { env: { memory: arena.memory } }).exports as AddKernel
}

/** The loops of `exact` in SIMD code, where all operands lie in the arena. */
export function arenaLoops(arena: SharedArena): ExactLoops {
  const kernel = instanceOver(arena)
  const addressOf = ({ byteOffset }: Float64Array, at: number): number => byteOffset + 8 * at
  return {
    rangeOf(vector) {
      if (!arena.holds(vector)) return PLAIN_LOOPS.rangeOf(vector)
      const both = BigInt.asUintN(64, kernel.magnitudes(vector.byteOffset, vector.length))
      const [greatest, leastLessOne] = [(both >> 32n) & 0x7fffffffn, both & 0xffffffffn]
      return rangeOfMagnitudes(Number(greatest), Number(leastLessOne) + 1, both >> 63n === 0n)
    },
    widen(values, limbs, scale) {
      if (!arena.holds(values) || !arena.holds(limbs)) PLAIN_LOOPS.widen(values, limbs, scale)
      else kernel.widen(limbs.byteOffset, values.byteOffset, values.length, scale)
    },
    add(limbs, at, terms) {
      if (!arena.holds(limbs) || !arena.holds(terms)) PLAIN_LOOPS.add(limbs, at, terms)
      else kernel.addLimbs(addressOf(limbs, at), terms.byteOffset, terms.byteLength)
    },
    copy(limbs, at, terms) {
      if (!arena.holds(limbs) || !arena.holds(terms)) PLAIN_LOOPS.copy(limbs, at, terms)
      else kernel.copy(addressOf(limbs, at), terms.byteOffset, terms.byteLength)
    },
    narrow(limbs, values, scale) {
      if (!arena.holds(values) || !arena.holds(limbs)) PLAIN_LOOPS.narrow(limbs, values, scale)
      else kernel.narrow(values.byteOffset, limbs.byteOffset, values.length, scale)
    },
  }
}

function simdArithmetic(arena: SharedArena): Arithmetic {
  const kernel = instanceOver(arena)
  return {
    ...f32Arithmetic,
    begin: (vector) => (arena.holds(vector) ? simdSums(vector, arena, kernel) : f32Arithmetic.begin(vector)),
  }
}

/** What lies elsewhere, as a rank's copy of what it sends to itself, is added by the loop. */
function simdSums(vector: Float32Array, arena: SharedArena, kernel: AddKernel): PartialSums {
  const sums = f32Arithmetic.begin(vector)
  const addressOf = (start: number): number => vector.byteOffset + 4 * start
  return {
    ...sums,
    add(bytes, start) {
      if (arena.holds(bytes)) kernel.add(addressOf(start), bytes.byteOffset, bytes.byteLength)
      else sums.add(bytes, start)
    },
    copy(bytes, start) {
      if (arena.holds(bytes)) kernel.copy(addressOf(start), bytes.byteOffset, bytes.byteLength)
      else sums.copy(bytes, start)
    },
  }
}

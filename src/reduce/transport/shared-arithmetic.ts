import { readFileSync } from 'node:fs'
import type { Arithmetic, PartialSums } from '../arithmetic/arithmetic.ts'
import { f32Arithmetic } from '../arithmetic/f32.ts'
import type { SharedArena } from './shared-arena.ts'

/** What add.wasm exports: addresses and sizes in bytes. */
interface AddKernel {
  add(to: number, from: number, byteLength: number): void
  copy(to: number, from: number, byteLength: number): void
}

const addModule = new WebAssembly.Module(readFileSync(new URL('wasm/add.wasm', import.meta.url)))

/**
 * An arithmetic for vectors of an arena: its sums lie in the arena, where the other ranks read them, and f32 is added by
 * SIMD code. Same bits, except that a sum of two NaNs may carry either payload.
 */
export function arenaArithmetic(arithmetic: Arithmetic, arena: SharedArena, rank: number): Arithmetic {
  if (arithmetic === f32Arithmetic) return simdArithmetic(arena)
  const { bytesPerElement, agreement } = arithmetic
  return {
    ...arithmetic,
    begin: (vector) => arithmetic.begin(vector, arena.workspace(rank, bytesPerElement * vector.length)),
    ...(agreement && {
      agreement: {
        ...agreement,
        maximum: arenaArithmetic(agreement.maximum, arena, rank),
        over: (agreed, terms) => arenaArithmetic(agreement.over(agreed, terms), arena, rank),
      },
    }),
  }
}

function simdArithmetic(arena: SharedArena): Arithmetic {
  const kernel = new WebAssembly.Instance(addModule, { env: { memory: arena.memory } }).exports as AddKernel
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

import type { Arithmetic } from './arithmetic/arithmetic.ts'
import { compensatedArithmetic } from './arithmetic/compensated.ts'
import { exactArithmetic } from './arithmetic/exact.ts'
import { f32Arithmetic } from './arithmetic/f32.ts'
import { f64Arithmetic } from './arithmetic/f64.ts'
import { bf16Arithmetic, f16Arithmetic } from './arithmetic/narrow.ts'

/** Every arithmetic by name. */
export const ARITHMETICS = {
  f32: f32Arithmetic,
  f64: f64Arithmetic,
  compensated: compensatedArithmetic,
  f16: f16Arithmetic,
  bf16: bf16Arithmetic,
  exact: exactArithmetic,
} as const satisfies Record<string, Arithmetic>

export type ArithmeticName = keyof typeof ARITHMETICS

/** Is a sum of f32 terms rounded again whenever it travels? Then one rank, whose sums never travel, has other bits. */
export function roundsOnTheWire(name: ArithmeticName): boolean {
  return ARITHMETICS[name].bytesPerElement < 4
}

/** The most wire bytes that an element of a sum of so many vectors can take. */
export function widestElement(name: ArithmeticName, terms: number): number {
  const { agreement, bytesPerElement }: Arithmetic = ARITHMETICS[name]
  return agreement?.bytesPerElementMax(terms) ?? bytesPerElement
}

/** For schemas and help texts. */
export const ARITHMETIC_NAMES = Object.keys(ARITHMETICS) as [ArithmeticName, ...ArithmeticName[]]

/** What the threads of a SpreadPool do. Arrays lie in shared memory and are named by their slot. */
import { workerData } from 'node:worker_threads'
import type { OrderTree } from '../reduce/order.ts'
import { collectiveSums } from './collective-orders.ts'
import { ExactSum } from './exact-sum.ts'
import { OrderedSums, type OrderMemoryHandle } from './ordered-sums.ts'
import { type AdversarialSums, type SortedSums, searchOrders } from './searched-orders.ts'
import { type ArraySpec, drawNumpyOrder, drawValues, type NumpyGenerator } from './values.ts'

const sums = new OrderedSums(workerData as OrderMemoryHandle)

export interface DrawTask {
  readonly slot: number
  readonly spec: ArraySpec
  /** Orders to draw from the generator that drew the numbers, and to sum; 0 where they come from our own stream. */
  readonly numpyOrders: number
}

/** Sums in drawn orders, and how long drawing and adding took. */
export interface RandomSums {
  readonly sums: readonly number[]
  readonly drawSeconds: number
  readonly addSeconds: number
}

/** An array, as it was drawn. */
export interface DrawnArray {
  /** Σx and Σ|x|, exact and rounded once; not finite where a value is not, or where they overflow. */
  readonly exact: number
  readonly magnitude: number
  readonly allEqual: boolean
  readonly seconds: number
  /** In NumPy's orders. */
  readonly numpy: RandomSums
}

export function drawArray({ slot, spec, numpyOrders }: DrawTask): DrawnArray {
  const start = performance.now()
  const values = sums.values(slot)
  const generator = drawValues(spec, values)
  const seconds = secondsSince(start)
  const sum = new ExactSum().add(values)
  return {
    exact: sum.sum(),
    magnitude: sum.magnitude(),
    allEqual: values.every((value) => value === values[0]),
    seconds,
    numpy: sumNumpyOrders(values, generator, numpyOrders),
  }
}

function sumNumpyOrders(values: Float64Array, generator: NumpyGenerator, orders: number): RandomSums {
  return timedSums(values, orders, () => drawNumpyOrder(generator, values.length, sums.order))
}

export interface OrdersTask {
  readonly slot: number
  readonly seed: number
  /** Orders first … first + orders − 1 of the seed. */
  readonly first: number
  readonly orders: number
}

export function sumOrders({ slot, seed, first, orders }: OrdersTask): RandomSums {
  return timedSums(sums.values(slot), orders, (index) => sums.drawOrder(seed, first + index))
}

function timedSums(values: Float64Array, orders: number, drawOrder: (index: number) => void): RandomSums {
  let [drawSeconds, addSeconds] = [0, 0]
  const results = Array.from({ length: orders }, (_, index) => {
    const start = performance.now()
    drawOrder(index)
    const drawn = performance.now()
    const sum = sums.gathered(values)
    drawSeconds += (drawn - start) / 1000
    addSeconds += secondsSince(drawn)
    return sum
  })
  return { sums: results, drawSeconds, addSeconds }
}

export interface StatedTask {
  readonly slot: number
  readonly rankCount: number
  readonly trees: readonly OrderTree[]
}

/** Sums in orders that are not drawn. */
export interface StatedSums {
  readonly ascending: number
  readonly sorted: SortedSums
  /** By tree. */
  readonly collective: readonly number[]
  readonly adversarial: AdversarialSums
}

export function sumStatedOrders({ slot, rankCount, trees }: StatedTask): StatedSums {
  const values = sums.values(slot)
  const { sorted, found } = searchOrders(sums, values)
  return {
    ascending: sums.sequential(values),
    sorted,
    collective: collectiveSums(values, rankCount, trees, (share) => sums.sequential(share)),
    adversarial: found,
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000
}

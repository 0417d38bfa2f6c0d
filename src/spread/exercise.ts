import { availableParallelism } from 'node:os'
import { ReducibleError } from '../core/errors.ts'
import type { ValueName } from '../study/value-names.ts'
import { type ArraySpread, arraySpread, sumsByAlgorithm } from './array-spread.ts'
import { collectiveOrders } from './collective-orders.ts'
import { SpreadPool } from './pool.ts'
import type { ArraySpec, Fraction } from './values.ts'
import type { StatedSums } from './worker.ts'

/** What the exercise of section 5.7 is made of. A point is one kind of values with one mix. */
export interface Exercise {
  readonly values: readonly ValueName[]
  readonly mixes: readonly number[]
  readonly fraction: Fraction
  /** Elements of an array. */
  readonly count: number
  /** Random orders of each array. */
  readonly orders: number
  /** Arrays of each point: array i is drawn with seed + i at every point, and so are its orders. */
  readonly arrays: number
  /** Ranks that share an array under the algorithms. */
  readonly rankCount: number
  readonly seed: number
  /** Orders from the generator that drew the numbers, as section 5.7 does it, and not from our own stream. */
  readonly numpy: boolean
}

/** The sums behind an ArraySpread. */
export interface ArraySums extends Pick<StatedSums, 'ascending' | 'sorted' | 'adversarial'> {
  readonly random: readonly number[]
  /** By algorithm, then tree. */
  readonly algorithms: Readonly<Record<string, readonly number[]>>
}

const SLOTS_MAX = 4

/**
 * Sums every array in every order, on all cores.
 * @param onArray is given each array as it is done, in the order of completion.
 * @returns the arrays by point: values, then mix, then array.
 * @throws {ReducibleError} usage: an array that holds or adds up to what is not finite, or does not fit into memory;
 * interrupted: the signal's reason.
 */
export async function runExercise(
  exercise: Exercise,
  signal: AbortSignal,
  onArray: (done: ArraySpread, sums: ArraySums) => void = () => {},
): Promise<ArraySpread[]> {
  signal.throwIfAborted()
  const { count, rankCount, arrays } = exercise
  const specs = specsOf(exercise)
  const collectives = collectiveOrders(rankCount)
  const trees = collectives.flatMap((order) => order.trees)
  const threads = availableParallelism()
  const slots = Math.min(SLOTS_MAX, threads + 1, specs.length)
  await using pool = new SpreadPool(count, threads, slots)

  const measure = async (slot: number, spec: ArraySpec, array: number): Promise<ArraySpread> => {
    const drawn = await pool.drawArray({ slot, spec, numpyOrders: exercise.numpy ? exercise.orders : 0 })
    if (!Number.isFinite(drawn.magnitude)) throw notFinite(spec, drawn.magnitude)
    const [random, stated] = await Promise.all([
      exercise.numpy ? drawn.numpy : pool.sumOrders({ slot, seed: spec.seed, first: 0, orders: exercise.orders }),
      pool.sumStatedOrders({ slot, rankCount, trees }),
    ])
    const done = arraySpread(spec, array, drawn, random, stated)
    const { ascending, sorted, adversarial, collective } = stated
    const algorithms = sumsByAlgorithm(collectives, collective)
    onArray(done, { random: random.sums, ascending, sorted, algorithms, adversarial })
    return done
  }

  const results = new Array<ArraySpread>(specs.length)
  let next = 0
  const useSlot = async (slot: number): Promise<void> => {
    while (next < specs.length) {
      const index = next++
      results[index] = await measure(slot, specs[index], index % arrays)
    }
  }
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  await Promise.race([Promise.all(Array.from({ length: slots }, (_, slot) => useSlot(slot))), stopped])
  return results
}

function specsOf({ values, mixes, fraction, count, arrays, seed }: Exercise): ArraySpec[] {
  return values.flatMap((name) =>
    mixes.flatMap((mix) =>
      Array.from({ length: arrays }, (_, array) => ({ values: name, mix, fraction, count, seed: seed + array })),
    ),
  )
}

function notFinite({ values, mix, seed }: ArraySpec, magnitude: number): ReducibleError {
  return new ReducibleError(
    'usage',
    `the ${values} numbers of seed ${seed} times ${mix} add up to ${magnitude} in magnitude, where no order tells anything`,
    { remedy: 'choose a smaller --mix' },
  )
}

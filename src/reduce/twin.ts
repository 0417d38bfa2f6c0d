import { ARITHMETICS, type ArithmeticName } from './arithmetics.ts'
import { allReduce } from './executor.ts'
import { rankProgram, type Schedule } from './schedule.ts'
import { memoryTransports } from './transport/memory.ts'

/**
 * The twin of a reduction: all ranks in one process. Its bits are those of every transport.
 * @param vectors one per rank, of one length; left as they are.
 * @returns each rank's result, and the order rank 0 witnessed.
 */
export async function reduceInProcess(
  schedule: Schedule,
  arithmetic: ArithmeticName,
  vectors: readonly Float32Array[],
): Promise<{ results: Float32Array[]; order: string }> {
  const results = vectors.map((vector) => vector.slice())
  const transports = memoryTransports(schedule.rankCount)
  const orders = await Promise.all(
    results.map((vector, rank) =>
      allReduce(schedule, ARITHMETICS[arithmetic], rankProgram(schedule, rank), transports[rank], 0, vector),
    ),
  )
  return { results, order: orders[0] }
}

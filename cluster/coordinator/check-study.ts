import { ReducibleError } from '../../src/core/errors.ts'
import { blockCount } from '../../src/data/dealing.ts'
import { batchRowsOf, evaluationRowCount, trainingRowCount } from '../../src/data/workload.ts'
import { ROWS_PER_BLOCK } from '../../src/gradient/engine.ts'
import { leavesPerRank, scheduleOf } from '../../src/reduce/algorithms.ts'
import { provenOrder } from '../../src/reduce/verify.ts'
import type { Study } from '../../src/study/schema.ts'
import { checkRealInjections } from '../inject/injector.ts'

/**
 * Checks what can be known of a study before any process starts: schedules are proved, and no rank is without rows.
 * @throws {ReducibleError} invalid-schedule, invalid-study.
 */
export function checkStudy(study: Study): void {
  checkRealInjections(study)
  const { batch } = study.training
  const rows = trainingRowCount(study.workload)
  if (batch !== 'full' && batch > rows) {
    throw new ReducibleError('invalid-study', `training.batch is ${batch}, but the data has ${rows} rows`)
  }
  for (const arm of study.arms) {
    const shared = batchRowsOf(study, arm)
    if (shared > rows) {
      throw new ReducibleError(
        'invalid-study',
        `arm ${arm.name} has a batch of ${shared}, but the data has ${rows} rows`,
      )
    }
    if (study.workload.name === 'paced' && arm.arithmetic === 'exact') {
      const text = `arm ${arm.name}: a paced workload sends f32 values, which exact is not made of`
      throw new ReducibleError('invalid-study', text, { remedy: 'use another arithmetic' })
    }
    const rankCount = arm.nodes * arm.ranksPerNode
    const schedule = scheduleOf(arm.algorithm, rankCount, arm.ranksPerNode)
    if (provenOrder(schedule).ranksDiffer) {
      const text = `arm ${arm.name}: ${arm.algorithm} leaves ranks with sums of different orders (ranks-differ)`
      throw new ReducibleError('invalid-schedule', `${text}, which training cannot use`)
    }
    const leafCount = rankCount * leavesPerRank(arm.algorithm, rankCount)
    if (arm.arithmetic === 'exact') {
      const blocks = blockCount(Math.min(shared, evaluationRowCount(study.workload)))
      if (leafCount > blocks) {
        const text = `arm ${arm.name}: exact deals whole blocks of ${ROWS_PER_BLOCK} rows, and ${blocks} of them cannot be dealt`
        const remedy = `use a batch of at least ${(leafCount - 1) * ROWS_PER_BLOCK + 1} rows, or fewer nodes`
        throw new ReducibleError('invalid-study', `${text} to ${leafCount} ranks`, { remedy })
      }
    } else if (arm.dealing !== 'contiguous') {
      const text = `arm ${arm.name}: dealing ${arm.dealing} wants arithmetic exact (got ${arm.arithmetic})`
      throw new ReducibleError('invalid-study', text, { remedy: 'another order of rows would change other sums' })
    }
    if (leafCount > shared) {
      const text = `arm ${arm.name}: a batch of ${shared} rows cannot be dealt to ${leafCount} `
      throw new ReducibleError(
        'invalid-study',
        text + (leafCount === rankCount ? 'ranks' : `leaves of ${arm.algorithm}`),
      )
    }
  }
}

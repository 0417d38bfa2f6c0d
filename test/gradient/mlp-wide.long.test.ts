// Goal: the perceptron's kernels give the bits of their twins where a dispatch is folded: more than 32,768 workgroups, which
// takes a whole tile of 4,096 rows and more than 2,048 units. Left out: everything narrower (mlp.test.ts).
import { expect, it } from 'vitest'
import { openGpuEngine, openTwin } from './one-leaf.ts'
import { mlpProblem } from './problems.ts'
import { bitsWithOneNaN, randomRows } from './random.ts'

it('gives the bits of the twin on 4,096 rows of 2,052 hidden units', async () => {
  const problem = mlpProblem(4096, 2, { hidden: [2052] })
  const settings = { learningRate: 0.1, batchRows: 4096 }
  const rows = randomRows(88, 4096, 4096)
  await using engine = await openGpuEngine(problem, settings)
  const got = await engine.first(rows)
  const want = await openTwin(problem, settings).first(rows)
  expect(bitsWithOneNaN(got.vector)).toEqual(bitsWithOneNaN(want.vector))
})

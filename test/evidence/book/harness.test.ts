// Goal: section 41.8's harness in NumPy's orders of operation has NumPy's bits after every step, so its digests are derived
// and not found by chance. Left out: the fused arithmetic itself (fma.test.ts), the command (test/end-to-end).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { DigestResult } from '../../../bench/published-digest.ts'
import { projectRoot } from '../../../src/core/paths.ts'
import { BLAS_ARITHMETICS, type BookArithmetic, LEFT_TO_RIGHT } from '../../../src/evidence/book/arithmetics.ts'
import { bookLines, DIGEST_WITH_FMA } from '../../../src/evidence/book/book-output.ts'
import { runHarness } from '../../../src/evidence/book/harness.ts'
import { loadNumericClaim } from '../../../src/study/load.ts'

const read = (file: string) => JSON.parse(readFileSync(join(projectRoot, file), 'utf8'))
const PUBLISHED_SEED = 20260616
const measured = (read('bench/results/published-digest.json') as DigestResult).launches.flatMap(
  ({ harness }) => harness ?? [],
)

/** What NumPy printed for a seed on some kernels. */
function measuredOn(kernels: readonly string[], seed: number) {
  const runs = measured
    .filter((harness) => kernels.some((name) => name === harness.kernels))
    .flatMap(({ runs }) => runs)
  const ofSeed = runs.filter((run) => run.seed === seed)
  expect(ofSeed.length).toBeGreaterThan(0)
  expect(new Set(ofSeed.map(({ trajectory }) => trajectory)).size).toBe(1)
  return ofSeed[0]
}

it.each(BLAS_ARITHMETICS)('on $name the weights of all 200 steps and the loss are NumPy’s', (arithmetic) => {
  const { loss, digest, trajectory } = runHarness(PUBLISHED_SEED, arithmetic)
  expect({ seed: PUBLISHED_SEED, loss: String(loss), digest, trajectory }).toEqual(
    measuredOn(arithmetic.kernels, PUBLISHED_SEED),
  )
  expect(digest).toBe(
    arithmetic.fused ? DIGEST_WITH_FMA : read('test/golden/book.json').section_41_8.sha256_prefix_of_repr,
  )
})

it('another seed tells kernels apart that agree on the published one', () => {
  const [reference, , nehalem, haswell, skylakex] = BLAS_ARITHMETICS
  expect(measuredOn(haswell.kernels, 7).digest).not.toBe(measuredOn(skylakex.kernels, 7).digest)
  for (const arithmetic of [reference, nehalem]) {
    const { digest, trajectory } = measuredOn(arithmetic.kernels, 7)
    expect(runHarness(7, arithmetic)).toMatchObject({ digest, trajectory })
  }
})

it('another order gives another trajectory, and another order of the mean another digest', () => {
  const [reference, , nehalem] = BLAS_ARITHMETICS
  const inReverse: BookArithmetic = {
    ...nehalem,
    name: 'elements from last to first',
    rowTimes(features, start, weights) {
      let sum = 0
      for (let j = weights.length - 1; j >= 0; j--) sum += features[start + j] * weights[j]
      return sum
    },
  }
  const wanted = measuredOn(nehalem.kernels, PUBLISHED_SEED)
  expect(runHarness(PUBLISHED_SEED, inReverse).trajectory).not.toBe(wanted.trajectory)
  const [plain, numpy] = [LEFT_TO_RIGHT, reference].map((arithmetic) => runHarness(PUBLISHED_SEED, arithmetic))
  expect(plain.trajectory).toBe(numpy.trajectory)
  expect(plain.digest).not.toBe(numpy.digest)
})

it('a printed digit that is another is marked, and no other line', () => {
  const { reported } = loadNumericClaim('configs/claims/capstone-41.8.yaml')
  const changed = { ...reported, perSeed: { ...reported.perSeed, 3: '0.010349' } }
  const differing = bookLines(changed).digits.filter(({ equal }) => !equal)
  expect(differing.map(({ what, ours }) => [what, ours])).toEqual([['seed 3', '0.010348']])
})

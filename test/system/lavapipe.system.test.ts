// Goal: the bits do not depend on the driver. The kernel tests pass on lavapipe >= 25 as they do on SwiftShader, and a
// training gives the same digests on both. Needs root (for apt) on Debian 12, and skips by name elsewhere.
// Left out: hardware adapters (npm run test:gpu will be theirs).
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { documentOf, reducible, Scratch } from '../end-to-end/reducible.ts'

const NEEDS = 'needs root and apt on Debian 12, for lavapipe out of bookworm-backports'

/** The environment that makes lavapipe the system's driver; undefined where it cannot be had. */
function lavapipeEnvironment(): NodeJS.ProcessEnv | undefined {
  const folder = join(tmpdir(), 'reducible-lavapipe')
  const { status } = spawnSync(join(projectRoot, 'test/system/unpack-lavapipe.sh'), [folder], { stdio: 'ignore' })
  if (status !== 0) return undefined
  return {
    LD_LIBRARY_PATH: join(folder, 'usr/lib/x86_64-linux-gnu'),
    VK_DRIVER_FILES: join(folder, 'lvp_icd.json'),
  }
}

const lavapipe = lavapipeEnvironment()

it('the kernel tests pass on lavapipe', ({ skip }) => {
  if (!lavapipe) skip(NEEDS)
  const environment = { ...process.env, ...lavapipe, TEST_ADAPTER: 'llvmpipe', COUNTS_FILE: '' }
  const words = ['run', '--project', 'fast', 'test/gradient/arithmetic.test.ts', 'test/gradient/kernels.test.ts']
  const vitest = join(projectRoot, 'node_modules/.bin/vitest')
  const { status, stdout } = spawnSync(vitest, words, { cwd: projectRoot, env: environment, encoding: 'utf8' })
  expect(status, stdout).toBe(0)
  expect(stdout).toMatch(/\n\d{2,} passed, 0 failed, 0 skipped\n/)
})

it.for([
  ['least squares', 'run configs/smoke.yaml --seeds 0'],
  ['softmax', 'run configs/mnist-softmax.yaml --nodes 2 --seeds 0 --steps 10'],
])('a training of %s gives the same weights on lavapipe and SwiftShader', async ([, words], { skip }) => {
  if (!lavapipe) skip(NEEDS)
  using scratch = new Scratch()
  const digestsOn = async (adapter: string): Promise<unknown> => {
    const finished = await reducible(
      [...words.split(' '), '--adapter', adapter, '--json', '--out', scratch.path],
      lavapipe,
    )
    expect(finished.status, finished.stderr).toBe(0)
    return documentOf(finished).arms?.map(({ trials }) => trials.map(({ weightsSha256 }) => weightsSha256))
  }
  expect(await digestsOn('lavapipe')).toEqual(await digestsOn('swiftshader'))
})

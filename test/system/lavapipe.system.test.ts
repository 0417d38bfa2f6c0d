// Goal: the bits do not depend on the driver. The kernel tests and the probe pass on lavapipe >= 25 as they do on SwiftShader;
// gradients, trainings, and a cluster that mixes both give the same digests. Needs root (for apt) on Debian 12, and skips by name elsewhere.
// Left out: hardware adapters (npm run test:gpu will be theirs).
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { projectRoot } from '../../src/core/paths.ts'
import { chooseAdapter } from '../../src/gradient/gpu/adapters.ts'
import type { ProbeRow } from '../../src/gradient/gpu/probe-record.ts'
import { documentOf, type ResultDocument, reducible, Scratch } from '../end-to-end/reducible.ts'

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

it('the probe passes on both, and finds what each does with plain expressions', async ({ skip }) => {
  if (!lavapipe) skip(NEEDS)
  const outcomesOn = async (adapter: string): Promise<Record<string, string>> => {
    const finished = await reducible(['gpu', 'probe', '--adapter', adapter, '--json'], lavapipe)
    expect(finished.status, finished.stderr).toBe(0)
    const rows = documentOf(finished).rows as readonly ProbeRow[]
    expect(rows.filter(({ pass }) => pass === false)).toEqual([])
    return Object.fromEntries(rows.map(({ name, outcome }) => [name, outcome]))
  }
  const [onLavapipe, onSwiftShader] = [await outcomesOn('lavapipe'), await outcomesOn('swiftshader')]
  expect(onLavapipe['subnormal result of +']).toBe('kept')
  expect(onSwiftShader['subnormal result of +']).toBe('flushed, sign kept')
  expect(onLavapipe.TwoSum).toMatch(/^other in \d+/)
  expect(onSwiftShader.TwoSum).toBe('as written')
})

it('the gradient bits of every workload are equal on lavapipe and SwiftShader', async ({ skip }) => {
  if (!lavapipe) skip(NEEDS)
  const { environment, adapter } = await chooseAdapter('swiftshader')
  const digestsOn = (name: string, driver: NodeJS.ProcessEnv): unknown => {
    const script = join(projectRoot, 'test/gradient/fixtures/print-gradients.ts')
    const env = { ...process.env, ...driver }
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, name], { env, encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    return JSON.parse(stdout)
  }
  const onLavapipe = digestsOn('llvmpipe', lavapipe ?? {})
  expect(Object.keys(onLavapipe as object)).toEqual(['linear', 'mnist', 'mnist-mlp'])
  expect(onLavapipe).toEqual(digestsOn(adapter.name, environment))
})

it('a cluster of one node on each trains to the bits of an unmixed one, and records who had which', async ({
  skip,
}) => {
  if (!lavapipe) skip(NEEDS)
  using scratch = new Scratch()
  const study = parse(readFileSync(join(projectRoot, 'configs/mnist-mlp.yaml'), 'utf8')) as { training: object }
  const runOn = async (name: string, adapter: string | string[]): Promise<ResultDocument> => {
    const file = join(scratch.path, `${name}.yaml`)
    const arms = [{ name: '2-nodes', nodes: 2 }]
    writeFileSync(file, stringify({ ...study, arms, adapter, training: { ...study.training, steps: 10 } }))
    const finished = await reducible(['run', file, '--json', '--out', scratch.path], lavapipe)
    expect(finished.status, finished.stderr).toBe(0)
    return documentOf(finished)
  }
  const trialOf = ({ arms }: ResultDocument) => arms?.[0].trials[0]
  const mixed = await runOn('mixed', ['swiftshader', 'lavapipe'])
  const unmixed = await runOn('unmixed', 'swiftshader')
  const [swiftShader, llvmpipe] = [expect.stringContaining('SwiftShader'), expect.stringContaining('llvmpipe')]
  expect(trialOf(mixed)).toMatchObject({ adapterByNode: [swiftShader, llvmpipe] })
  expect(mixed.cluster).toMatchObject({ accelerators: [{ name: swiftShader }, { name: llvmpipe }] })
  expect(trialOf(unmixed)).toMatchObject({ adapterByNode: [swiftShader, swiftShader] })
  expect(trialOf(mixed)?.weightsSha256).toMatch(/^[0-9a-f]{64}$/)
  expect(trialOf(mixed)?.weightsSha256).toBe(trialOf(unmixed)?.weightsSha256)
})

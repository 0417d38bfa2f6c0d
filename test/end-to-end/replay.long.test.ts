// Goal: a replay makes the recorded tree where the current one is another, and leaves none behind; perturbed runs keep or lose
// the conclusion; swapped inputs share out a difference as separate runs find it. npm ci wants the registry or npm's cache.
// Left out: refusals (replay.test.ts), the arithmetic of shares (shapley.test.ts).
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { metricValue } from '../../src/evidence/comparison.ts'
import { commitAll, committedTree, git, type TreeCopy } from '../mutation/tree.ts'
import { Command, documentOf, type ResultDocument, Scratch } from './reducible.ts'

const scratch = new Scratch()
const temporary = join(scratch.path, 'tmp')
let tree: TreeCopy

beforeAll(() => {
  mkdirSync(temporary)
  tree = committedTree()
})
afterAll(() => {
  tree[Symbol.dispose]()
  scratch[Symbol.dispose]()
})

function start(...words: string[]): Command {
  return new Command([...words, '--out', scratch.path], { TMPDIR: temporary }, tree.root)
}

async function finish(words: string, status = 0): Promise<ResultDocument> {
  const finished = await start(...words.split(' '), '--json').finished
  expect(finished.status, finished.stderr).toBe(status)
  return documentOf(finished)
}

const worktrees = (): number => git(tree, 'worktree', 'list').trimEnd().split('\n').length
const leftovers = (): string[] => readdirSync(temporary).filter((name) => name.startsWith('reducible-'))

/** A study on the CPU, committed nowhere. */
function studyFile(name: string, batch: number, seeds: readonly number[]): string {
  const file = join(scratch.path, `${name}.yaml`)
  const study = {
    purpose: 'a test',
    workload: { name: 'linear', rows: 1000 },
    arms: [{ name: '2-nodes', nodes: 2 }],
    training: { steps: 40, learningRate: 0.05, batch },
    seeds,
    engine: 'cpu',
  }
  writeFileSync(file, JSON.stringify(study))
  return file
}

describe('a run whose sources are no longer the current ones', () => {
  let run: string

  beforeAll(async () => {
    run = String((await finish(`run ${studyFile('recorded', 100, [0, 1])}`)).run)
    appendFileSync(join(tree.root, 'src/core/ulp.ts'), '// later\n')
  })

  it('comes out again from a worktree of its commit, which is gone afterwards', async () => {
    const { level, steps } = await finish(`replay ${run}`)
    expect(level).toEqual({ claimed: null, expected: 'numerical', achieved: 'numerical' })
    expect(JSON.stringify(steps)).toContain(
      'the sources of the current tree are others; the source digest is the recorded one',
    )
    expect(worktrees()).toBe(1)
    expect(leftovers()).toEqual([])
  })

  it('leaves no worktree when it is stopped while it makes one', async () => {
    const command = start('replay', run)
    await command.until(() => leftovers().length > 0)
    command.child.kill('SIGTERM')
    expect((await command.finished).status).toBe(143)
    expect(worktrees()).toBe(1)
    expect(leftovers()).toEqual([])
  })

  it('that was dirty itself is made with its recorded diff, where the level is lowered', async () => {
    const dirty = String((await finish(`run ${studyFile('dirty', 100, [0, 1])}`)).run)
    git(tree, 'checkout', '--quiet', 'src/core/ulp.ts')
    const { level, steps } = await finish(`replay ${dirty} --level statistical`)
    expect(level).toEqual({ claimed: 'statistical', expected: 'numerical', achieved: 'numerical' })
    expect(JSON.stringify(steps)).toContain('worktree of')
  })

  it('is attributed to its code by a swap of code', async () => {
    tree.apply({
      file: 'cluster/worker/train.ts',
      find: 'const settings = { learningRate,',
      replace: 'const settings = { learningRate: learningRate / 2,',
    })
    commitAll(tree)
    const slower = String((await finish(`run ${studyFile('slower', 100, [5, 6])}`)).run)
    const { inputs, steps } = await finish(`replay ${run} --swap code,seeds --from ${slower}`)
    git(tree, 'reset', '--quiet', '--hard', 'HEAD~1')
    const [code, seeds] = inputs as readonly Share[]
    expect([code.input, seeds.input]).toEqual(['code', 'seeds'])
    // Half the learning rate: forty steps end far higher.
    expect(code.share.value).toBeGreaterThan(0.1)
    expect(Math.abs(seeds.share.value)).toBeLessThan(0.1)
    const trees = (steps as readonly { step: string; evidence: string }[]).filter(({ step }) => step === 'tree')
    expect(trees.map(({ evidence }) => evidence.split(/[ :]/, 3).join(' '))).toEqual([
      'the current tree',
      expect.stringMatching(/^worktree of /),
    ])
    expect(worktrees()).toBe(1)
  })
})

interface Share {
  readonly input: string
  readonly share: { readonly value: number; readonly interval: readonly [number, number] }
  readonly shapley: { readonly value: number }
}

describe('two runs that differ in batch and seeds', () => {
  const meanOf = ({ arms }: ResultDocument): number => {
    const values = arms?.[0].trials.map((trial) => metricValue('final-loss', trial) ?? Number.NaN) ?? []
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }

  it('share out their difference, and each interval holds what separate runs find', async () => {
    const [seedsOfA, seedsOfB] = [
      [0, 1, 2],
      [10, 11, 12, 13],
    ]
    const a = await finish(`run ${studyFile('a', 250, seedsOfA)}`)
    const b = await finish(`run ${studyFile('b', 100, seedsOfB)}`)
    const document = await finish(`replay ${a.run} --swap study,seeds --from ${b.run}`)
    const inputs = document.inputs as readonly Share[]
    const [whole, interaction] = [document.whole, document.interaction] as { readonly value: number }[]
    expect(inputs.map(({ input }) => input)).toEqual(['study', 'seeds'])
    expect(whole.value).toBeCloseTo(meanOf(b) - meanOf(a), 12)
    expect(inputs.reduce((sum, { share }) => sum + share.value, interaction.value)).toBeCloseTo(whole.value, 12)
    expect(inputs.reduce((sum, { shapley }) => sum + shapley.value, 0)).toBeCloseTo(whole.value, 12)

    const separate = [
      await finish(`run ${studyFile('c', 100, seedsOfA)}`),
      await finish(`run ${studyFile('d', 250, seedsOfB)}`),
    ]
    for (const [place, { share }] of inputs.entries()) {
      const effect = meanOf(separate[place]) - meanOf(a)
      expect(share.interval[0]).toBeLessThanOrEqual(effect)
      expect(share.interval[1]).toBeGreaterThanOrEqual(effect)
    }
  })

  it('are refused where nothing of the kind differs', async () => {
    const a = await finish(`run ${studyFile('e', 250, [0])}`)
    const { error } = await finish(`replay ${a.run} --swap study,seeds --from ${a.run}`, 64)
    expect(error?.message).toBe('none of study, seeds can be swapped')
  })
})

describe('a claim under perturbation', () => {
  let run: string

  beforeAll(async () => {
    const words = [
      'reproduce configs/claims/capstone-41.8.yaml',
      '--seeds 0,1 --steps 200 --nodes 4 --adapter swiftshader',
    ]
    run = String((await finish(words.join(' '))).run)
  })

  it('passes tier 3 when its conclusion survives other seeds, nodes and orders', async () => {
    const { verdict, tier, perturbations } = await finish(`replay ${run} --perturb seed,nodes,order`)
    expect(perturbations).toMatchObject([{ survived: true }, { survived: true }, { survived: true }])
    expect(tier).toMatchObject({ three: 'pass' })
    expect(verdict).toBe('true')
  })

  it('has not been tested by one kind', async () => {
    const { tier } = await finish(`replay ${run} --perturb order`)
    expect(tier).toMatchObject({ three: 'not tested' })
  })
})

it('sums that were added as they came are forced into the recorded orders', async () => {
  const words = 'run configs/arrival.yaml --nodes 4 --steps 12 --adapter swiftshader'
  const { level, whyExpected } = await finish(`replay ${(await finish(words)).run}`)
  expect(level).toEqual({ claimed: null, expected: 'numerical', achieved: 'numerical' })
  expect(JSON.stringify(whyExpected)).toContain('the recorded orders are forced')
})

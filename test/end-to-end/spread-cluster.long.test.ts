// Goal: spread --cluster measures an all-reduce and a training on live processes, writes what it found, and a later run is held
// against the floor; bad input is refused in a sentence before a process starts. Left out: GPUs (the CPU twin has their bits).
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AxesRecord } from '../../src/cli/spread-cluster.ts'
import type { TrainingRecord } from '../../src/cli/spread-training.ts'
import type { NumericComparison } from '../../src/evidence/comparison.ts'
import type { NoiseFloor } from '../../src/record/noise-floor.ts'
import { writeNpy } from '../../src/record/npy.ts'
import { ARITHMETIC_NAMES, roundsOnTheWire } from '../../src/reduce/arithmetics.ts'
import type { ReducedOnce } from '../../src/spread/reductions.ts'
import { Command, documentOf, manifestOf, reducible, runFolders, Scratch, workersOf } from './reducible.ts'

const TRAINING = `
workload: { name: linear, rows: 256, columns: 32 }
training: { steps: 10, learningRate: 0.05 }
engine: cpu
`
const STUDY = `
purpose: What does the order change here?
${TRAINING}
gradients: { source: step, step: 3 }
ranks: [2, 4]
algorithms: [rank-order, 'fixed-tree:4', arrival]
arithmetics: [f32, f64]
launches: 2
calls: 2
orders: { nodes: 4, algorithms: [rank-order, recursive-doubling] }
`

const scratch = new Scratch()
afterAll(() => scratch[Symbol.dispose]())

function studyFile(text: string, name = 'spread-small.yaml'): string {
  const file = join(scratch.path, name)
  writeFileSync(file, text)
  return file
}

function cluster(text: string): ReturnType<typeof reducible> {
  return reducible(['spread', '--cluster', studyFile(text), '--out', scratch.path, '--json'])
}

describe('spread --cluster', () => {
  let run: string
  let axes: AxesRecord
  let envelopes: TrainingRecord
  let floor: NoiseFloor
  beforeAll(async () => {
    const finished = await cluster(STUDY)
    expect(finished.status, finished.stderr).toBe(0)
    const document = documentOf(finished)
    run = document.run ?? expect.unreachable()
    ;({
      axes,
      envelopes,
      noiseFloor: floor,
    } = document as unknown as {
      axes: AxesRecord
      envelopes: TrainingRecord
      noiseFloor: NoiseFloor
    })
  }, 180_000)

  it('finds planned orders repeatable, and a fixed tree the same on any rank count', () => {
    const axesOf = (algorithm: string) =>
      axes.byAlgorithm.find((row) => row.algorithm === algorithm && row.arithmetic === 'f32')?.axes
    for (const algorithm of ['rank-order', 'fixed-tree:4']) {
      expect(axesOf(algorithm)).toMatchObject({
        ranks: { outcome: 'bitwise', trials: (1 + 3) * (2 * 2 + 2) },
        calls: { outcome: 'bitwise', trials: 2 * 2 },
        launches: { outcome: 'bitwise', trials: 2 },
        chunking: { outcome: 'bitwise', trials: 2 * 2 },
      })
    }
    expect(axesOf('fixed-tree:4')?.nodeCount.outcome).toBe('bitwise')
    expect(axesOf('rank-order')?.nodeCount.outcome).toBe('within-ulp')
    expect(axesOf('arrival')?.ranks.outcome).toBe('bitwise')
  })

  it('holds every result against the exact sum, within the bound of its order', () => {
    expect(axes.errors).toHaveLength(2 * 3 * 2)
    for (const { max, bound } of axes.errors) expect(max).toBeLessThanOrEqual(bound ?? 0)
  })

  it('tells orders apart by cancellation', () => {
    const kinds = axes.probes.map(({ algorithm, arithmetic, kind }) => `${algorithm} ${arithmetic}: ${kind}`)
    expect(kinds).toContain('rank-order f32: one after the other')
    expect(kinds).toContain('fixed-tree:4 f32: tree of pairs')
    expect(kinds).toContain('rank-order f64: exact')
  })

  it('trains under every order and says when they part', () => {
    expect(envelopes).toMatchObject({ orders: 2, distinctOrders: 2, metric: 'final-loss' })
    expect(envelopes.loss).toHaveLength(10)
    expect(envelopes.firstStepApart).not.toBeNull()
    expect(envelopes.growth.map(({ step }) => step)).toEqual([1, 2, 5, 10])
    expect(floor).toMatchObject({ orders: 2, nodes: 4, arithmetic: 'f32', multiple: 2 })
  })

  it('leaves a folder with its reductions, orders, inputs and figures', () => {
    expect(manifestOf(run).status).toBe('done')
    const lines = readFileSync(join(run, 'reductions.jsonl'), 'utf8').trimEnd().split('\n')
    const reductions = lines.map((line) => JSON.parse(line) as ReducedOnce)
    const probed = ARITHMETIC_NAMES.filter((name) => !roundsOnTheWire(name)).length
    expect(reductions).toHaveLength(2 * 3 * 2 * (2 * 2 + 2) + 3 * probed)
    const orders = readdirSync(join(run, 'orders'))
    for (const { certificates } of reductions) expect(orders).toContain(`${certificates[0]}.txt`)
    expect(readdirSync(join(run, 'figures')).sort()).toEqual(['errors.svg', 'growth.svg', 'loss.svg'])
    expect(JSON.parse(readFileSync(join(run, 'noise-floor.json'), 'utf8'))).toEqual(floor)
    expect(readFileSync(join(run, 'SHA256SUMS'), 'utf8')).toContain('axes.json')
  })

  it('gives the floor to a later run of the same training, and to no other', async () => {
    const arms = 'arms: [{ name: a, nodes: 1 }, { name: b, nodes: 2 }]\nseeds: [0]\n'
    const numericOf = async (training: string): Promise<NumericComparison> => {
      const file = studyFile(`purpose: Is it real?\n${training}${arms}`, 'later.yaml')
      const document = documentOf(await reducible(['run', file, '--out', scratch.path, '--json']))
      const text = readFileSync(join(document.run ?? '', 'comparison.json'), 'utf8')
      return (JSON.parse(text) as { numeric: NumericComparison }).numeric
    }
    expect(await numericOf(TRAINING)).toMatchObject({ noiseFloor: { run }, decision: 'indistinguishable' })
    const other = await numericOf(TRAINING.replace('0.05', '0.06'))
    expect(other.noiseFloor).toBeNull()
  })
})

describe('somebody’s gradients', () => {
  const files = `
purpose: Whose are they?
gradients: { source: files, files: 'dump/step*/rank*.npy' }
algorithms: [rank-order, recursive-doubling]
launches: 1
calls: 1
`
  const dump = (rank: number, values: readonly number[]): void => {
    const folder = join(scratch.path, 'dump', 'step7')
    mkdirSync(folder, { recursive: true })
    writeNpy(join(folder, `rank${rank}.npy`), Float32Array.from(values))
  }

  it('are reduced on as many ranks as there are files; equal numbers have no spread, which is said', async () => {
    for (const rank of [0, 1, 2, 3]) dump(rank, [0.5, 0.5, 0.5])
    const file = studyFile(files)
    const finished = await reducible(['spread', '--cluster', file, '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    expect(finished.stdout).toContain('step7: 4 contributions of 3 f32; all numbers are equal')
    expect(finished.stdout).toMatch(/order \(the algorithm\) +bitwise/)
    expect(finished.stdout).toMatch(/node count +not tested/)
  })

  it('are refused where a rank is missing, before any process starts and any folder is made', async () => {
    dump(5, [1, 2, 3])
    const before = runFolders(scratch, 'spread-small').length
    const finished = await cluster(files)
    expect(finished.status).toBe(64)
    expect(documentOf(finished).error?.message).toContain('has no file of rank 4')
    expect(runFolders(scratch, 'spread-small')).toHaveLength(before)
  })
})

describe('a study that cannot be run', () => {
  it.each([
    ['ranks: [2, 4]', 'ranks: [3, 4]', '4 contributions cannot be dealt to 3 ranks'],
    ['step: 3', 'step: 11', 'gradients.step is 11, the training has 10 steps'],
    ['recursive-doubling', "'permutation:1'", 'rank-order and permutation:1 add in the same order on 4 nodes'],
    ['ranks: [2, 4]', 'ranks: [3]', 'ranks: the largest is 3, want a power of two'],
  ])('%s → %s is refused', async (part, replacement, message) => {
    const finished = await cluster(STUDY.replace(part, replacement))
    expect(finished.status).toBe(64)
    expect(documentOf(finished).error?.message).toContain(message)
  })
})

describe('Ctrl-C', () => {
  it('ends the workers and leaves a folder that says so', async () => {
    const file = studyFile(STUDY.replace('calls: 2', 'calls: 1000'), 'spread-long.yaml')
    const command = new Command(['spread', '--cluster', file, '--out', scratch.path])
    const started = (): boolean =>
      runFolders(scratch, 'spread-long').some((folder) => existsSync(join(folder, 'reductions.jsonl')))
    await command.until(started)
    const workers = workersOf(command.child.pid)
    expect(workers.length).toBeGreaterThan(0)
    command.child.kill('SIGINT')
    expect((await command.finished).status).toBe(130)
    expect(manifestOf(runFolders(scratch, 'spread-long')[0]).status).toBe('interrupted')
    expect(workersOf(command.child.pid)).toEqual([])
  })
})

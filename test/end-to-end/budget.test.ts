// Goal: the budget of a real run follows from its folder, is put to the test by running twice, and is refused for folders that
// are no whole run. Left out: each status (test/evidence/budget.test.ts), the demonstration (budget-demo.long.test.ts), what deterministic
// mode ends (deterministic.long.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Budget } from '../../src/evidence/budget/budget.ts'
import { documentOf, manifestOf, reducible, Scratch } from './reducible.ts'

const scratch = new Scratch()
const study = join(scratch.path, 'small.yaml')
const run = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  reducible(['run', study, ...words, '--json', '--out', scratch.path], environment)

beforeAll(() => {
  const lines = [
    'purpose: What a budget is made of',
    'workload: { name: linear, rows: 256, columns: 16 }',
    'arms: [{ name: ring, nodes: 2 }]',
    'training: { steps: 8, learningRate: 0.05 }',
    'seeds: [0]',
    'engine: cpu',
  ]
  writeFileSync(study, lines.join('\n'))
})
afterAll(() => scratch[Symbol.dispose]())

describe('a run of a planned order', () => {
  let folder: string
  beforeAll(async () => {
    const finished = await run(['--deterministic'])
    folder = documentOf(finished).run ?? expect.unreachable(finished.stderr)
  })

  it('in deterministic mode says so in its manifest', () => {
    expect(manifestOf(folder).determinism.deterministic).toBe(true)
  })

  it('has a budget of one number, and twice more comes to its weights', async () => {
    const finished = await reducible(['budget', folder, '--check', '--json'])
    expect(finished.status, finished.stderr).toBe(0)
    const { rows, recheck, reporting } = documentOf(finished) as unknown as Budget
    expect(recheck).toEqual({
      by: 'two further runs',
      held: true,
      text: expect.stringContaining('those of the run itself'),
    })
    expect(rows.filter(({ numeric }) => numeric?.status === 'bounded')).toEqual([])
    expect(reporting).toMatchObject([{ arm: 'ring', value: expect.stringContaining('one number, seed 0') }])
  })

  it('has weights that another run does not come to where its record was changed: exit 1, with the step', async () => {
    const file = join(folder, 'steps.jsonl')
    const text = readFileSync(file, 'utf8')
    const lines = text.split('\n')
    lines[2] = lines[2].replace(/"weightsHash":"\w+"/, '"weightsHash":"other"')
    writeFileSync(file, lines.join('\n'))
    try {
      const finished = await reducible(['budget', folder, '--check', '--json'])
      expect(finished.status, finished.stderr).toBe(1)
      const { recheck, rows } = documentOf(finished) as unknown as Budget
      expect(recheck.text).toContain('leaves the run itself at step 3')
      expect(rows.filter(({ numeric }) => numeric?.status === 'eliminated')).toEqual([])
    } finally {
      writeFileSync(file, text)
    }
  })

  it('fits 80 columns for people', async () => {
    const { stdout } = await reducible(['budget', folder])
    expect(stdout).toContain('order of the sum')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each<[string, string, (text: string) => string, string]>([
    ['whose steps are cut off', 'steps.jsonl', (text) => text.slice(0, -30), 'steps.jsonl:8 is no step'],
    ['without steps', 'steps.jsonl', () => '', 'steps.jsonl:1 is no step'],
    ['without arms', 'comparison.json', () => '{}', 'comparison.json has no arms'],
    ['with an edited trial', 'comparison.json', (text) => text.replace('"repeat": 0', '"repeat": -1'), 'repeat: '],
    ['with another study', 'study.yaml', (text) => text.replace('linear', 'circular'), 'study.yaml: workload'],
  ])('%s has none', async (_, name, edit, said) => {
    const file = join(folder, name)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, edit(text))
    try {
      const { status, stderr } = await reducible(['budget', folder])
      expect(stderr).toContain('[invalid-run]')
      expect(stderr).toContain(said)
      expect(status).toBe(64)
    } finally {
      writeFileSync(file, text)
    }
  })

  it.each(['running', 'failed'])('that is %s has none', async (status) => {
    const file = join(folder, 'manifest.json')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"status": "done"', `"status": "${status}"`))
    try {
      const { status: exit, stderr } = await reducible(['budget', folder])
      expect(stderr).toContain('its record is not whole')
      expect(exit).toBe(64)
    } finally {
      writeFileSync(file, text)
    }
  })
})

it.each([
  [[], 'budget wants RUN'],
  [['.', '--mode', 'async'], 'budget wants RUN'],
  [['--mode', 'none'], '--mode must be sync, async, elastic'],
  [['--demo', 'elastic'], '--demo must be sync'],
  [['.'], 'cannot read manifest.json'],
])('budget %j is refused: %s', async (words, said) => {
  const { status, stderr } = await reducible(['budget', ...words])
  expect(stderr).toContain(said)
  expect(status).toBe(64)
})

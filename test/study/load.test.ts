// Goal: every file under configs/ loads, and a mistake in one is answered with file, line, key, what came and what was
// wanted. Left out: flags (overrides.test.ts) and what can only be known when a run starts (adapters, rows per rank).
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { ALGORITHM_NAMES } from '../../src/reduce/algorithms.ts'
import { loadClaim, loadSpreadStudy, loadStudy } from '../../src/study/load.ts'

const folder = mkdtempSync(join(tmpdir(), 'study-'))
afterAll(() => rmSync(folder, { recursive: true }))

const STUDY = `purpose: A study of nothing.
workload: { name: linear }
arms:
  - { name: 1-node, nodes: 1 }
  - name: 2-nodes
    nodes: 2
training:
  steps: 3
  learningRate: 0.1
seeds: [0-2, 7]
`
const CLAIM = `statement: It is so.
source: nowhere
study: study.yaml
metric: final-loss
kind: numeric
level: numerical
tier: 1
reported: { perSeed: { 0: '0.1' } }
`

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** The error of a study in which one text stands for another. */
function errorOf(part: string, replacement: string): unknown {
  expect(STUDY).toContain(part)
  return thrownBy(() => loadStudy(file('wrong.yaml', STUDY.replace(part, replacement))))
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act()
  } catch (thrown) {
    return thrown
  }
}

describe('the files of configs/', () => {
  const yamlFilesIn = (path: string): string[] =>
    readdirSync(join(projectRoot, path))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(projectRoot, path, name))

  const isOfSpread = (path: string): boolean => basename(path).startsWith('spread-')

  it.each(yamlFilesIn('configs').filter((path) => !isOfSpread(path)))('%s is a study', (path) => {
    expect(loadStudy(path).study.arms.length).toBeGreaterThan(0)
  })

  it.each(yamlFilesIn('configs').filter(isOfSpread))('%s is a study of spread', (path) => {
    expect(loadSpreadStudy(path).orders?.algorithms.length).toBeGreaterThan(1)
  })

  it.each(yamlFilesIn('configs/claims'))('%s is a claim, whole and quick', (path) => {
    const whole = loadClaim(path, false)
    const { cluster, ...study } = loadStudy(whole.file).study
    expect(whole.study).toMatchObject(study)
    const own = whole.claim.kind === 'performance' ? whole.claim.cluster : undefined
    expect(whole.study.cluster).toBe(own === undefined ? cluster : join('configs/claims', own))
    if (whole.claim.quick === undefined) return
    expect(loadClaim(path, true).study).not.toEqual(whole.study)
  })
})

const ARM_DEFAULTS = {
  ranksPerNode: 1,
  algorithm: 'ring',
  arithmetic: 'f32',
  transport: 'grpc',
  buckets: 'layers',
  dealing: 'contiguous',
}

describe('a study', () => {
  it('has every default filled in, and ranges of seeds written out', () => {
    expect(loadStudy(file('study.yaml', STUDY)).study).toEqual({
      purpose: 'A study of nothing.',
      workload: { name: 'linear', rows: 4096, columns: 16, noise: 0.1 },
      arms: [
        { name: '1-node', nodes: 1, ...ARM_DEFAULTS },
        { name: '2-nodes', nodes: 2, ...ARM_DEFAULTS },
      ],
      training: { steps: 3, learningRate: 0.1, batch: 'full', momentum: 0 },
      seeds: [0, 1, 2, 7],
      repeats: 1,
      engine: 'gpu',
      adapter: 'auto',
      cluster: 'captured',
      launch: 'local',
    })
  })

  it('may name an adapter that this machine lacks: only a run can tell', () => {
    expect(loadStudy(file('adapter.yaml', `${STUDY}adapter: Voodoo 2\n`)).study.adapter).toBe('Voodoo 2')
  })

  it('may deal a list of adapters to the nodes in turn, but not an empty one', () => {
    const list = `${STUDY}adapter: [swiftshader, lavapipe]\n`
    expect(loadStudy(file('adapters.yaml', list)).study.adapter).toEqual(['swiftshader', 'lavapipe'])
    expect(() => loadStudy(file('none.yaml', `${STUDY}adapter: []\n`))).toThrow(/none\.yaml:\d+: adapter: /)
  })

  it.each([
    ['at the top', 'seeds:', 'repeat: 2\nseeds:', ":10: unknown key 'repeat'; did you mean 'repeats'?"],
    [
      'in training',
      'learningRate: 0.1',
      'learningRate: 0.1\n  bach: 8',
      ":10: unknown key 'training.bach'; did you mean 'batch'?",
    ],
    [
      'in an arm',
      'nodes: 2',
      'nodes: 2\n    algoritm: ring',
      ":7: unknown key 'arms.1.algoritm'; did you mean 'algorithm'?",
    ],
    ['in a workload', 'name: linear', 'name: linear, row: 9', ":2: unknown key 'workload.row'; did you mean 'rows'?"],
    ['of a key that must be there', 'training:', 'trainin:', ":7: unknown key 'trainin'; did you mean 'training'?"],
    [
      'of a key that must be there, in training',
      'learningRate:',
      'learningrate:',
      ":9: unknown key 'training.learningrate'; did you mean 'learningRate'?",
    ],
    [
      'far from any',
      'name: linear',
      'name: linear, q: 9',
      ":2: unknown key 'workload.q'; known here: name, rows, columns, noise",
    ],
  ])('with a misspelled key %s names the line, the key and the nearest known', (_, part, replacement, want) => {
    const message = `${join(folder, 'wrong.yaml')}${want}`
    expect(errorOf(part, replacement)).toMatchObject({ code: 'invalid-study', exitStatus: 64, message })
  })

  it.each([
    ['nodes: 1', 'nodes: 0', ':4: arms.0.nodes: Too small: expected number to be >=1 (got 0)'],
    ['nodes: 2', 'nodes: many', ':6: arms.1.nodes: Invalid input: expected number, received string (got "many")'],
    ['nodes: 2', 'nodes: 1.5', ':6: arms.1.nodes: Invalid input: expected int, received number (got 1.5)'],
    [
      'nodes: 2',
      'nodes: 2\n    algorithm: tree',
      `:7: arms.1.algorithm: must be one of ${ALGORITHM_NAMES} (got "tree")`,
    ],
    ['steps: 3', 'steps: -1', ':8: training.steps: Too small: expected number to be >=1 (got -1)'],
    ['steps: 3', 'steps: 3\n  batch: 0', ':9: training.batch: Too small: expected number to be >=1 (got 0)'],
    ['learningRate: 0.1', 'learningRate: 0', ':9: training.learningRate: Too small: expected number to be >0 (got 0)'],
    ['[0-2, 7]', '[0-2, x]', ':10: seeds.1: must be like 0-9 (got "x")'],
    ['[0-2, 7]', '[]', ':10: seeds: Too small: expected array to have >=1 items'],
    ['[0-2, 7]', '[0-99999]', ':10: seeds: must name between 1 and 10,000 seeds'],
    ['[0-2, 7]', '[4294967296]', ':10: seeds.0: Too big: expected number to be <=4294967295 (got 4294967296)'],
    [
      '[0-2, 7]',
      '[4294967295-4294967296]',
      ':10: seeds.0: must end at 4294967295 or before (got "4294967295-4294967296")',
    ],
    ['[0-2, 7]', '[7-0]', ':10: seeds.0: must be a rising range like 0-9 (got "7-0")'],
    ['[0-2, 7]', '[3, 7-0]', ':10: seeds.1: must be a rising range like 0-9 (got "7-0")'],
    ['[0-2, 7]', '[0-2, 7-0, 9]', ':10: seeds.1: must be a rising range like 0-9 (got "7-0")'],
    ['name: 2-nodes', 'name: 1-node', ':3: arms: must have different names'],
    [
      'name: 2-nodes',
      'name: ../up',
      ':5: arms.1.name: must be lower-case letters, digits, dots and dashes (got "../up")',
    ],
    ['name: linear', 'name: cubic', ":2: workload.name: Invalid discriminator value. Expected 'linear' | 'mnist'"],
  ])('with %s as %s names the line, the key, what came and what was wanted', (part, replacement, want) => {
    const message = expect.stringContaining(`${join(folder, 'wrong.yaml')}${want}`)
    expect(errorOf(part, replacement)).toMatchObject({ code: 'invalid-study', exitStatus: 64, message })
  })

  it('that is missing is named', () => {
    expect(thrownBy(() => loadStudy('configs/nowhere.yaml'))).toMatchObject({
      code: 'invalid-study',
      message: expect.stringContaining('cannot read configs/nowhere.yaml'),
      remedy: 'name a file under configs/',
    })
  })

  it.each([
    ['broken', `${STUDY}x: [1,\n`, / at line 12, /],
    ['a key twice', `${STUDY}purpose: Another.\n`, /Map keys must be unique at line 11, /],
    ['empty', '', /the file: Invalid input: expected object, received null/],
    ['a list', '- 1\n', /the file: Invalid input: expected object, received array/],
  ])('that is no study, %s, is refused with its name', (_, text, want) => {
    const path = file('broken.yaml', text)
    expect(thrownBy(() => loadStudy(path))).toMatchObject({
      code: 'invalid-study',
      message: expect.stringMatching(want),
    })
    expect(thrownBy(() => loadStudy(path))).toMatchObject({ message: expect.stringContaining(path) })
  })
})

describe('a claim', () => {
  file('study.yaml', STUDY)

  it('finds its study from its own folder', () => {
    const { study, claim } = loadClaim(file('claim.yaml', CLAIM), false)
    expect(study.seeds).toEqual([0, 1, 2, 7])
    expect(claim.reported).toEqual({ perSeed: { 0: '0.1' }, digests: {}, tolerance: 0 })
  })

  it('replaces keys of its study where it is quick', () => {
    const path = file('claim.yaml', `${CLAIM}quick:\n  seeds: [5]\n`)
    expect(loadClaim(path, true).study).toEqual({ ...loadClaim(path, false).study, seeds: [5] })
  })

  it('without a quick block cannot be quick', () => {
    const path = file('claim.yaml', CLAIM)
    expect(thrownBy(() => loadClaim(path, true))).toMatchObject({
      code: 'usage',
      message: `${path} has no quick: block`,
      remedy: 'run it without --quick',
    })
  })

  it.each([
    ['seed: [5]', "unknown key 'seed'; did you mean 'seeds'?"],
    ['seeds: []', 'seeds: Too small: expected array to have >=1 items'],
  ])('with a mistake in its quick block, %s, is refused by its own name', (line, want) => {
    const path = file('claim.yaml', `${CLAIM}quick:\n  ${line}\n`)
    const thrown = thrownBy(() => loadClaim(path, true))
    expect(thrown).toMatchObject({ code: 'invalid-study', message: expect.stringContaining(`${path}, quick:`) })
    expect(thrown).toMatchObject({ message: expect.stringContaining(want) })
  })

  it('that misspells a key names the line, the key and the nearest known', () => {
    const path = file('claim.yaml', `${CLAIM}quik: {}\n`)
    expect(thrownBy(() => loadClaim(path, false))).toMatchObject({
      code: 'invalid-study',
      message: `${path}:9: unknown key 'quik'; did you mean 'quick'?`,
    })
  })
})

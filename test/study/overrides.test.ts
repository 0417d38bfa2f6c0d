// Goal: a flag replaces its key in every arm, arms that become equal are dropped, and a bad flag is a usage error that
// names it.
// Left out: reading flags from a command line (src/cli) and what a study itself may say (load.test.ts).
import { describe, expect, it } from 'vitest'
import { ALGORITHM_NAMES } from '../../src/reduce/algorithms.ts'
import { applyOverrides, type Overrides } from '../../src/study/overrides.ts'
import { type Study, studySchema } from '../../src/study/schema.ts'

const STUDY: Study = studySchema.parse({
  purpose: 'A study of nothing.',
  workload: { name: 'linear' },
  arms: [
    { name: '1-node', nodes: 1 },
    { name: '8-nodes', nodes: 8, algorithm: 'ring' },
    { name: '8-in-order', nodes: 8, algorithm: 'rank-order' },
  ],
  training: { steps: 200, learningRate: 0.05 },
  seeds: ['0-9'],
})

/** `name: nodes algorithm` of each arm. */
function armsWith(overrides: Overrides): string[] {
  return applyOverrides(STUDY, overrides).arms.map(({ name, nodes, algorithm }) => `${name}: ${nodes} ${algorithm}`)
}

describe('flags', () => {
  it('that are not given change nothing', () => {
    expect(applyOverrides(STUDY, {})).toEqual(STUDY)
  })

  it('replace their key in every arm, name the arms after what they are now, and drop those that become equal', () => {
    expect(armsWith({})).toEqual(['1-node: 1 ring', '8-nodes: 8 ring', '8-in-order: 8 rank-order'])
    expect(armsWith({ nodes: '4' })).toEqual(['4-nodes-ring: 4 ring', '4-nodes-rank-order: 4 rank-order'])
    expect(armsWith({ algorithm: 'rank-order' })).toEqual([
      '1-node-rank-order: 1 rank-order',
      '8-nodes-rank-order: 8 rank-order',
    ])
    expect(armsWith({ nodes: '1', algorithm: 'ring' })).toEqual(['1-node-ring: 1 ring'])
    expect(armsWith({ nodes: '4', algorithm: 'hierarchical:ring/bcube:2' })).toEqual([
      '4-nodes-hierarchical-ring-bcube-2: 4 hierarchical:ring/bcube:2',
    ])
    expect(armsWith({ nodes: '4', algorithm: 'ring', arithmetic: 'f64' })).toEqual(['4-nodes-ring-f64: 4 ring'])
  })

  it.each<[Overrides, Partial<Study>]>([
    [{ steps: '20' }, { training: { ...STUDY.training, steps: 20 } }],
    [{ adapter: 'lavapipe' }, { adapter: 'lavapipe' }],
    [{ seeds: '5' }, { seeds: [5] }],
    [{ seeds: '0-4,7' }, { seeds: [0, 1, 2, 3, 4, 7] }],
    [{ seeds: '0, 3, 0' }, { seeds: [0, 3, 0] }],
    [{ cluster: 'captured', launch: 'local' }, {}],
  ])('%j replace no more than they name', (overrides, changed) => {
    expect(applyOverrides(STUDY, overrides)).toEqual({ ...STUDY, ...changed })
  })

  it.each<[Overrides, string]>([
    [{ nodes: '0' }, '--nodes: Too small: expected number to be >=1 (got 0)'],
    [{ nodes: '-1' }, '--nodes: Too small: expected number to be >=1 (got -1)'],
    [{ nodes: 'abc' }, '--nodes: Invalid input: expected number, received string (got "abc")'],
    [{ nodes: '' }, '--nodes: Invalid input: expected number, received string (got "")'],
    [{ nodes: ' ' }, '--nodes: Invalid input: expected number, received string (got " ")'],
    [{ nodes: '1.5' }, '--nodes: Invalid input: expected int'],
    [{ nodes: '1025' }, '--nodes: Too big'],
    [{ algorithm: 'tree' }, `--algorithm: must be one of ${ALGORITHM_NAMES} (got "tree")`],
    [{ algorithm: 'bcube:1' }, '--algorithm: must be one of '],
    [{ algorithm: 'fixed-tree:3' }, '--algorithm: must be one of '],
    [{ algorithm: 'permutation:x' }, '--algorithm: must be one of '],
    [{ algorithm: 'hierarchical:ring' }, '--algorithm: must be one of '],
    [{ algorithm: 'ring:2' }, '--algorithm: must be one of '],
    [{ algorithm: 'toString' }, '--algorithm: must be one of '],
    [{ arithmetic: 'f65' }, '--arithmetic: '],
    [{ transport: 'pigeon' }, '--transport: '],
    [{ cluster: 'mine' }, '--cluster: '],
    [{ launch: 'slurm' }, '--launch: '],
    [{ adapter: '' }, '--adapter: Too small'],
    [{ steps: '0' }, '--steps: Too small'],
    [{ steps: 'ten' }, '--steps: Invalid input: expected number, received string (got "ten")'],
    [{ steps: '' }, '--steps: Invalid input: expected number, received string (got "")'],
    [{ seeds: 'x' }, '--seeds: must be like 0-9 (got "x")'],
    [{ seeds: '0,,1' }, '--seeds: must be like 0-9 (got "")'],
    [{ seeds: '7-0' }, '--seeds: must be a rising range like 0-9 (got "7-0")'],
    [{ seeds: '3,7-0' }, '--seeds: must be a rising range like 0-9 (got "7-0")'],
    [{ seeds: '' }, '--seeds: must be like 0-9 (got "")'],
    [{ seeds: '0-10000' }, '--seeds: must name between 1 and 10,000 seeds'],
  ])('%j are a usage error: %s', (overrides, start) => {
    const usage = { code: 'usage', exitStatus: 64, message: expect.stringContaining(start) }
    expect(() => applyOverrides(STUDY, overrides)).toThrow(expect.objectContaining(usage))
  })
})

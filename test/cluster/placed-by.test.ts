// Goal: the record says which engine placed the nodes, and where, only when one engine placed them all. Left out: a real Slurm
// (slurm.system.test.ts).
import { expect, it } from 'vitest'
import { placedBy, placementOf } from '../../cluster/launch/placed-by.ts'

const slurm = (node: string, job = '7') => placedBy({ SLURM_JOB_ID: job, SLURMD_NODENAME: node })

it.each([
  [{}, undefined],
  [{ SLURM_JOB_ID: '7' }, undefined],
  [
    { SLURM_JOB_ID: '7', SLURMD_NODENAME: 'n3' },
    { engine: 'slurm', job: '7', node: 'n3' },
  ],
  [{ REDUCIBLE_PLACEMENT: 'ssh:a.example' }, { engine: 'ssh', job: null, node: 'a.example' }],
  [
    { REDUCIBLE_PLACEMENT: 'kubernetes:pod-0', SLURM_JOB_ID: '7', SLURMD_NODENAME: 'n3' },
    { engine: 'kubernetes', job: null, node: 'pod-0' },
  ],
])('%j says %j', (environment, placed) => {
  expect(placedBy(environment)).toEqual(placed)
})

it.each(['slurm:n0', 'ssh:', 'n0'])('REDUCIBLE_PLACEMENT=%s is refused by name', (stated) => {
  expect(() => placedBy({ REDUCIBLE_PLACEMENT: stated })).toThrow(/REDUCIBLE_PLACEMENT must be like/)
})

it('nodes of one job are a placement; a node of another job, or one that was started by hand, makes them none', () => {
  const [a, b] = [slurm('n0'), slurm('n1')]
  expect(placementOf([a, b])).toEqual({ engine: 'slurm', job: '7', nodes: ['n0', 'n1'] })
  expect(placementOf([a, slurm('n1', '8')])).toBeUndefined()
  expect(placementOf([a, undefined])).toBeUndefined()
  expect(placementOf([undefined, b])).toBeUndefined()
})

// Goal: a rank, a size and an address that a launcher put into the environment are read as that launcher means them, and
// what cannot be meant is refused by the variable's name. Left out: what happens to a rank that is taken (roster.test.ts).
import { describe, expect, it } from 'vitest'
import { placeFromEnvironment } from '../../cluster/launch/ranks-from-environment.ts'

describe('the place of a process', () => {
  it.each([
    [{}, {}, []],
    [{ RANK: '2', WORLD_SIZE: '4' }, { rank: 2, worldSize: 4 }, ['RANK', 'WORLD_SIZE']],
    [{ SLURM_PROCID: '0', SLURM_NTASKS: '3' }, { rank: 0, worldSize: 3 }, ['SLURM_PROCID', 'SLURM_NTASKS']],
    [{ SLURM_NTASKS: '3' }, { worldSize: 3 }, ['SLURM_NTASKS']],
    [
      { OMPI_COMM_WORLD_RANK: '1', OMPI_COMM_WORLD_SIZE: '2' },
      { rank: 1, worldSize: 2 },
      ['OMPI_COMM_WORLD_RANK', 'OMPI_COMM_WORLD_SIZE'],
    ],
    [{ JOB_COMPLETION_INDEX: '3' }, { rank: 3 }, ['JOB_COMPLETION_INDEX']],
    [{ JOB_COMPLETION_INDEX: '3', RANK: '1', WORLD_SIZE: '2' }, { rank: 1, worldSize: 2 }, ['RANK', 'WORLD_SIZE']],
    [{ RANK: '1', SLURM_PROCID: '0', SLURM_NTASKS: '1' }, { rank: 1 }, ['RANK']],
    [{ MASTER_ADDR: 'first', MASTER_PORT: '29500' }, { coordinator: 'first:29500' }, ['MASTER_ADDR', 'MASTER_PORT']],
    [{ MASTER_ADDR: 'fd00::2', MASTER_PORT: '1' }, { coordinator: '[fd00::2]:1' }, ['MASTER_ADDR', 'MASTER_PORT']],
    [{ MASTER_ADDR: 'first' }, {}, []],
  ])('in %j is %j', (environment, place, from) => {
    expect(placeFromEnvironment(environment)).toEqual({ ...place, from })
  })

  it.each([
    [{ RANK: 'one' }, "RANK must be a whole number from 0 on (got 'one')"],
    [{ RANK: '-1' }, 'RANK must be'],
    [{ RANK: '' }, "RANK must be a whole number from 0 on (got '')"],
    [{ JOB_COMPLETION_INDEX: 'a' }, 'JOB_COMPLETION_INDEX must be a whole number from 0 on'],
    [{ WORLD_SIZE: '0' }, 'WORLD_SIZE must be a whole number from 1 on'],
    [{ SLURM_PROCID: '4', SLURM_NTASKS: '4' }, 'SLURM_PROCID is 4, but SLURM_NTASKS is 4'],
    [{ MASTER_ADDR: 'first', MASTER_PORT: '99999' }, 'MASTER_ADDR:MASTER_PORT must be like'],
  ])('in %j is refused', (environment, said) => {
    expect(() => placeFromEnvironment(environment)).toThrow(said)
  })
})

import { fileURLToPath } from 'node:url'
import { fastest, findPython, firstLineOf, launch, type Peer, programArguments } from './peer.ts'

const PROGRAM = fileURLToPath(new URL('mpi_allreduce.py', import.meta.url))
/** mpirun refuses root without both; a container has nobody else. */
const AS_ROOT = { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' }

/** Open MPI between processes over shared memory; the best of waiting busily and yielding. */
export const openMpi: Peer = {
  name: 'Open MPI',
  transport: 'shared',
  install: 'apt-get install openmpi-bin python3-mpi4py',
  async find() {
    const mpirun = await firstLineOf('mpirun', '--version')
    const python = await findPython('mpi4py')
    if (!mpirun?.includes('Open MPI') || python === undefined) return undefined
    return `${mpirun}, mpi4py ${python.version}`
  },
  async run(request) {
    const python = (await findPython('mpi4py'))?.python ?? 'python3'
    const program = [python, PROGRAM, ...programArguments(request)]
    // Version 5 calls the shared-memory layer sm, version 4 vader.
    const shared = / [0-4]\.\d/.test((await firstLineOf('mpirun', '--version')) ?? '') ? 'vader' : 'sm'
    const runs = []
    for (const yields of ['0', '1']) {
      const settings = ['--mca', 'btl', `self,${shared}`, '--mca', 'mpi_yield_when_idle', yields]
      const ranks = ['--oversubscribe', '--bind-to', 'none', '-np', String(request.ranks)]
      const measured = await launch('mpirun', [...ranks, ...settings, ...program], AS_ROOT)
      runs.push(...measured.map((run) => ({ ...run, variant: `${run.variant}, ${shared}, yield ${yields}` })))
    }
    return fastest(runs)
  },
}

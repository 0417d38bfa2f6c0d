import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import {
  fastest,
  findPython,
  firstLineOf,
  launch,
  type Peer,
  type PeerRequest,
  p50,
  programArguments,
  type Variant,
} from './peer.ts'

const PROGRAM = fileURLToPath(new URL('mpi_allreduce.py', import.meta.url))
/** mpirun refuses root without both; a container has nobody else. */
const AS_ROOT = { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' }
/** Values of coll_tuned_allreduce_algorithm in Open MPI 4 and 5; 0 leaves the choice to its own rules. */
const ALGORITHMS = [
  'own rules',
  'basic linear',
  'nonoverlapping',
  'recursive doubling',
  'ring',
  'segmented ring',
  'rabenseifner',
] as const
type Algorithm = (typeof ALGORITHMS)[number]
const SWEEP_ITERATIONS_MAX = 5

/** Open MPI between processes over shared memory. */
export const openMpiShared = openMpi('Open MPI, shared memory', 'shared', async () => [
  // Version 5 calls the shared-memory layer sm, version 4 vader.
  '--mca',
  'btl',
  / [0-4]\.\d/.test((await firstLineOf('mpirun', '--version')) ?? '') ? 'self,vader' : 'self,sm',
])

/** Open MPI between processes over TCP on loopback. */
export const openMpiTcp = openMpi('Open MPI over TCP', 'grpc', async () => [
  ...['--mca', 'btl', 'self,tcp'],
  ...['--mca', 'btl_tcp_if_include', process.platform === 'darwin' ? 'lo0' : 'lo'],
])

interface Sweep {
  readonly algorithm: Algorithm
  readonly p50Seconds: Readonly<Record<string, number>>
}

/**
 * Its algorithms are swept in the first launch of each rank count and size; the best one is launched anew each time,
 * waiting busily and yielding.
 */
function openMpi(name: string, transport: Peer['transport'], layer: () => Promise<string[]>): Peer {
  const sweeps = new Map<string, Sweep>()
  return {
    name,
    transport,
    install: 'apt-get install openmpi-bin python3-mpi4py',
    async find() {
      const mpirun = await firstLineOf('mpirun', '--version')
      const python = await findPython('mpi4py')
      if (!mpirun?.includes('Open MPI') || python === undefined) return undefined
      return `${mpirun}, mpi4py ${python.version}`
    },
    async run(request) {
      const settings = await layer()
      const key = `${request.ranks} ranks, ${request.bytes} bytes`
      const sweep = sweeps.get(key) ?? (await sweepAlgorithms(settings, request))
      sweeps.set(key, sweep)
      const best = fastest([
        ...(await measure(settings, sweep.algorithm, 0, request)),
        ...(await measure(settings, sweep.algorithm, 1, request)),
      ])
      return { ...best, triedP50Seconds: { ...sweep.p50Seconds, ...best.triedP50Seconds } }
    },
  }
}

/** While it sweeps, it waits as Open MPI does by itself: busily where every rank has a core. */
async function sweepAlgorithms(settings: readonly string[], request: PeerRequest): Promise<Sweep> {
  const shorter = { ...request, iterations: Math.min(request.iterations, SWEEP_ITERATIONS_MAX) }
  const yields = request.ranks > availableParallelism() ? 1 : 0
  const p50Seconds: Record<string, number> = {}
  let best: { readonly algorithm: Algorithm; readonly p50Seconds: number } | undefined
  for (const algorithm of ALGORITHMS) {
    const run = fastest(await measure(settings, algorithm, yields, shorter))
    for (const [variant, seconds] of Object.entries(run.triedP50Seconds)) p50Seconds[`sweep: ${variant}`] = seconds
    const ownP50 = p50(run.seconds)
    if (best === undefined || ownP50 < best.p50Seconds) best = { algorithm, p50Seconds: ownP50 }
  }
  return { algorithm: best?.algorithm ?? ALGORITHMS[0], p50Seconds }
}

async function measure(
  settings: readonly string[],
  algorithm: Algorithm,
  yields: 0 | 1,
  request: PeerRequest,
): Promise<Variant[]> {
  const python = (await findPython('mpi4py'))?.python ?? 'python3'
  const ranks = ['--oversubscribe', '--bind-to', 'none', '-np', String(request.ranks)]
  const parameters = {
    pml: 'ob1',
    mpi_yield_when_idle: yields,
    coll_tuned_use_dynamic_rules: 1,
    coll_tuned_allreduce_algorithm: ALGORITHMS.indexOf(algorithm),
  }
  const chosen = Object.entries(parameters).flatMap(([key, value]) => ['--mca', key, String(value)])
  const program = [python, PROGRAM, ...programArguments(request)]
  const runs = await launch('mpirun', [...ranks, ...settings, ...chosen, ...program], AS_ROOT)
  return runs.map((run) => ({ ...run, variant: `${algorithm}, ${run.variant}, yield ${yields}` }))
}

import { isDeepStrictEqual } from 'node:util'
import { ReducibleError } from '../core/errors.ts'
import { identityOf } from '../record/inputs.ts'
import type { Study } from '../study/schema.ts'
import type { RecordedInputs } from './input-differences.ts'

export const SWAPPABLE = ['code', 'study', 'environment', 'data', 'seeds', 'cluster'] as const
export type SwappableInput = (typeof SWAPPABLE)[number]

/** How one input of two runs stands: can it be taken from either, on this machine? */
export interface InputStanding {
  readonly input: SwappableInput
  readonly differs: boolean
  /** Why it cannot be swapped here; null: it can, or need not. */
  readonly obstacle: string | null
}

/** Of every input, whether it differs between two runs and can be swapped. */
export function standings(a: RecordedInputs, b: RecordedInputs): InputStanding[] {
  const differ = (of: (run: RecordedInputs) => unknown): boolean => !isDeepStrictEqual(of(a), of(b))
  const environment = differ(({ manifest }) => manifest.environment)
  const code = differ(({ manifest }) => manifest.code.sourceDigest)
  const sameLockfile = !differ(({ manifest }) => manifest.environment.lockfile.sha256)
  return [
    {
      input: 'code',
      differs: code,
      obstacle: code && !sameLockfile ? 'its commit has another lockfile, and so another environment' : null,
    },
    { input: 'study', differs: differ((run) => configurationOf(run.study)), obstacle: null },
    {
      input: 'environment',
      differs: environment,
      obstacle: environment
        ? 'the environment of the other run is not at hand: here is one Node, one system and one set of packages'
        : null,
    },
    { input: 'data', differs: differ((run) => sourceOf(run.study)), obstacle: null },
    { input: 'seeds', differs: differ(({ study }) => study.seeds), obstacle: null },
    clusterStanding(a, b),
  ]
}

/** Another adapter of this machine is at hand; another machine is not. */
function clusterStanding(a: RecordedInputs, b: RecordedInputs): InputStanding {
  const machineOf = ({ cluster }: RecordedInputs): unknown => {
    const {
      accelerator: _,
      accelerators: __,
      nodeCounts: ___,
      ...machine
    } = identityOf(cluster) as Record<string, unknown>
    return machine
  }
  const adaptersOf = ({ cluster }: RecordedInputs): unknown => cluster.accelerators ?? cluster.accelerator
  const machines = !isDeepStrictEqual(machineOf(a), machineOf(b))
  const adapters =
    !isDeepStrictEqual(adaptersOf(a), adaptersOf(b)) || !isDeepStrictEqual(a.study.adapter, b.study.adapter)
  return {
    input: 'cluster',
    differs: machines || adapters,
    obstacle: machines ? 'the cluster of the other run is not at hand' : null,
  }
}

/** Study A with some inputs of study B. */
export function hybridStudy(a: Study, b: Study, inputs: ReadonlySet<SwappableInput>): Study {
  const configured = inputs.has('study') ? b : a
  const source = inputs.has('data') ? b : a
  return {
    ...configured,
    workload: { ...modelOf(configured.workload), ...sourceOf(source) } as Study['workload'],
    seeds: inputs.has('seeds') ? b.seeds : a.seeds,
    adapter: inputs.has('cluster') ? b.adapter : a.adapter,
  }
}

/** Where the rows come from, as far as a workload says; MNIST's come with the packages. */
function sourceOf({ workload }: Study): object {
  if (workload.name !== 'linear') return {}
  const { rows, columns, noise } = workload
  return { rows, columns, noise }
}

/** The configuration half of code: all that a study says but where rows come from, seeds and the adapter. */
function configurationOf({ workload, seeds: _, adapter: __, purpose: ___, ...rest }: Study): object {
  return { ...rest, model: modelOf(workload) }
}

function modelOf(workload: Study['workload']): object {
  if (workload.name !== 'linear') return workload
  const { rows: _, columns: __, noise: ___, ...model } = workload
  return model
}

/** All combinations of so many inputs are still run. */
const MOST_INPUTS = 4

/**
 * The inputs to swap: those asked for that differ.
 * @throws {ReducibleError} usage: none differs, one cannot be swapped here, or the combinations are too many.
 */
export function inputsToSwap(asked: readonly SwappableInput[], all: readonly InputStanding[]): SwappableInput[] {
  const differing = all.filter(({ input, differs }) => differs && asked.includes(input))
  const possible = differing.filter(({ obstacle }) => obstacle === null).map(({ input }) => input)
  if (possible.length === 0) {
    const why = differing.map(({ input, obstacle }) => `${input}: ${obstacle}`).join('; ')
    const found = all.filter(({ differs }) => differs).map(({ input }) => input)
    throw new ReducibleError('usage', `none of ${asked.join(', ')} can be swapped${why === '' ? '' : ` (${why})`}`, {
      remedy: found.length === 0 ? 'name two runs that differ' : `these differ: ${found.join(', ')}`,
    })
  }
  if (possible.length > MOST_INPUTS) {
    const text = `${possible.length} inputs have ${2 ** possible.length} combinations, at most ${2 ** MOST_INPUTS} are run`
    throw new ReducibleError('usage', text, { remedy: `swap ${MOST_INPUTS} inputs at most` })
  }
  return possible
}

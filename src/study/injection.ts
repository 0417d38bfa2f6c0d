import { z } from 'zod'
import { ReducibleError } from '../core/errors.ts'
import { streamKey, threefry } from '../core/streams.ts'

/** Which rounds of a study are disturbed: the last of each `every`, so that the first one never is. */
const every = z.int().min(2).max(1000).default(2)
/** The first step of such a round that is. */
const fromStep = z.int().min(1).default(1)

/** One source of variation, brought into a run on purpose. `diagnose` never reads it. */
const injectionSchema = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('arrival-order'),
    /** Mean of the exponential delay by which a rank hands its gradient over. */
    delayUs: z.number().positive().max(1e6),
  }),
  z.strictObject({
    source: z.literal('network'),
    /** What is left of the rate of every link. */
    rate: z.number().gt(0).lt(1),
    every,
    fromStep,
  }),
  z.strictObject({
    source: z.literal('tenant'),
    /** Threads that compute beside the run without end; half a one computes half of the time. */
    load: z.number().positive().max(64),
    every,
    fromStep,
  }),
  z.strictObject({
    source: z.literal('node-count'),
    /** Nodes that are gone. */
    lose: z.int().min(1),
    every,
  }),
  z.strictObject({
    source: z.literal('unlike-hardware'),
    node: z.int().min(0),
    /** How many times as slowly it computes. */
    factor: z.number().gt(1).max(100),
  }),
])

export const injectionsSchema = z
  .array(injectionSchema)
  .min(1)
  .refine((list) => new Set(list.map(({ source }) => source)).size === list.length, 'must have different sources')

type Injection = z.output<typeof injectionSchema>
export type InjectionSource = Injection['source']
type OfSource<S extends InjectionSource> = Extract<Injection, { source: S }>

/** What a study brings into its runs. */
interface Injecting {
  readonly inject?: readonly Injection[]
}

/** What a study injects of a source. */
export function injectionOf<S extends InjectionSource>({ inject = [] }: Injecting, source: S): OfSource<S> | undefined {
  return inject.find((one): one is OfSource<S> => one.source === source)
}

/** The same, where it falls into a round. @param round from 0. */
export function injectedIn<S extends 'network' | 'tenant' | 'node-count'>(
  study: Injecting,
  source: S,
  round: number,
): OfSource<S> | undefined {
  const injection = injectionOf(study, source)
  if (injection === undefined || !('every' in injection)) return undefined
  return round % injection.every === injection.every - 1 ? injection : undefined
}

/** By how many milliseconds a rank hands a gradient over late. @param at counted from 0, but for the step. */
export function delayMs(
  study: Injecting,
  at: { readonly round: number; readonly step: number; readonly rank: number },
): number {
  const injection = injectionOf(study, 'arrival-order')
  return injection === undefined ? 0 : (exponential(at.round, 'delay', at.step, at.rank) * injection.delayUs) / 1000
}

/** A draw of mean 1, by inversion. */
export function exponential(seed: number, stream: 'delay' | 'unrest', step: number, rank: number): number {
  const [word] = threefry(streamKey(seed, stream, step), [rank, 0])
  return -Math.log1p(-word / 2 ** 32)
}

/** What injections have to fit. */
interface InjectedStudy extends Injecting {
  readonly arms: readonly { readonly name: string; readonly nodes: number; readonly algorithm: string }[]
  readonly seeds: readonly number[]
  readonly repeats: number
  readonly training: { readonly steps: number }
}

/** @throws {ReducibleError} invalid-study: an injection that would disturb nothing, or leave nothing. */
export function checkInjections(study: InjectedStudy): void {
  const { arms, inject = [], training } = study
  const rounds = study.seeds.length * study.repeats
  for (const injection of inject) {
    const refuse = (problem: string, remedy: string): never => {
      throw new ReducibleError('invalid-study', `inject ${injection.source}: ${problem}`, { remedy })
    }
    if ('every' in injection && injection.every > rounds)
      refuse(`it falls into every ${injection.every}th round, and there are ${rounds}`, 'use more repeats or seeds')
    if ('fromStep' in injection && injection.fromStep > training.steps)
      refuse(`it begins at step ${injection.fromStep}, and there are ${training.steps}`, 'use more steps')
    switch (injection.source) {
      case 'arrival-order':
        if (!arms.some(({ algorithm, nodes }) => algorithm === 'arrival' && nodes > 1))
          refuse('every arm adds in a planned order, whoever is late', 'give an arm the algorithm arrival')
        break
      case 'node-count': {
        const few = arms.find(({ nodes }) => nodes <= injection.lose)
        if (few) refuse(`arm ${few.name} has ${few.nodes} nodes and would have none left`, 'lose fewer')
        break
      }
      case 'unlike-hardware':
        if (arms.every(({ nodes }) => nodes <= injection.node))
          refuse(`no arm has a node ${injection.node}`, 'nodes count from 0')
        break
      default:
    }
  }
}

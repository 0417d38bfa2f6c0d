import { codeState, requireClean } from '../record/code-state.ts'
import type { Overrides } from '../study/overrides.ts'
import type { CommonOptions } from './command.ts'

/** Flags that `run` and `reproduce` share. */
export interface StudyOptions extends CommonOptions, CleanOptions, Overrides {
  readonly out: string
  readonly joinTimeout: string
  readonly operator?: string
  readonly recordGradients?: string
  readonly deterministic?: boolean
  /** A run whose recorded orders are forced. */
  readonly replayOrders?: string
}

/** Flags of a claim beside those of its study. */
export interface ClaimOptions extends StudyOptions {
  readonly quick?: boolean
  /** A claim of speed is judged on a cluster that is not its own. */
  readonly onAnotherCluster?: boolean
}

export interface CleanOptions {
  /** Undefined: where CI=true. */
  readonly requireClean?: boolean
}

/** @throws {ReducibleError} not-clean, where a clean tree is asked for. */
export function refuseUnclean(options: CleanOptions): void {
  if (options.requireClean ?? process.env.CI === 'true') requireClean(codeState())
}

const OVERRIDE_FLAGS: readonly (keyof Overrides)[] = [
  'nodes',
  'algorithm',
  'arithmetic',
  'transport',
  'adapter',
  'cluster',
  'launch',
  'seeds',
  'steps',
  'repeats',
  'mode',
]

/** The overrides among the flags of a command. */
export function overridesIn(options: Overrides): Record<string, string> {
  const given = OVERRIDE_FLAGS.map((flag) => [flag, options[flag]] as const)
  return Object.fromEntries(given.filter((entry): entry is [keyof Overrides, string] => entry[1] !== undefined))
}

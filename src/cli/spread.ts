import { ReducibleError } from '../core/errors.ts'
import { type CommandResult, type CommonOptions, runCommand } from './command.ts'

export interface SpreadOptions extends CommonOptions {
  readonly book?: boolean
  readonly orders?: string
  readonly diff?: readonly string[]
  readonly cluster?: string
  readonly values: string
  readonly mix?: string
  readonly fraction: string
  readonly count: string
  readonly arrays: string
  readonly ranks: string
  readonly seed: string
  readonly numpy?: boolean
  readonly out: string
  /** Of `--cluster`. Undefined: where CI=true. */
  readonly requireClean?: boolean
}

/** What `spread` is asked for by; one of them at a time. */
const WAYS = ['book', 'orders', 'diff', 'cluster'] as const

/** `reducible spread`: how far the order of a sum moves its result. */
export async function spreadCommand(options: SpreadOptions): Promise<never> {
  return runCommand('spread', options, async (signal): Promise<CommandResult> => {
    const [way, ...others] = WAYS.filter((name) => options[name] !== undefined)
    switch (others.length > 0 ? undefined : way) {
      case 'book':
        return (await import('./spread-array.ts')).bookCommand(options)
      case 'orders':
        return (await import('./spread-array.ts')).exerciseCommand(options, signal)
      case 'diff':
        return (await import('./spread-diff.ts')).diffCommand(options.diff ?? [])
      case 'cluster':
        return (await import('./spread-cluster.ts')).clusterCommand(options.cluster ?? '', options, signal)
      default: {
        const flags = WAYS.map((name) => `--${name}`).join(', ')
        const got = way === undefined ? 'none' : [way, ...others].map((name) => `--${name}`).join(' and ')
        throw new ReducibleError('usage', `spread wants one of ${flags} (got ${got})`)
      }
    }
  })
}

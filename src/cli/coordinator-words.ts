import { JOIN_TIMEOUT } from './command.ts'
import { overridesIn, type StudyOptions } from './execute-study.ts'

/** The flags of a study as they were given, for a coordinator that an engine starts. */
export function coordinatorWords(flags: StudyOptions): string[] {
  const { launch: _, ...overrides } = overridesIn(flags)
  const { joinTimeout, operator, recordGradients, replayOrders, requireClean, deterministic } = flags
  const valued = {
    ...overrides,
    'join-timeout': joinTimeout === JOIN_TIMEOUT ? undefined : joinTimeout,
    operator,
    'record-gradients': recordGradients,
    'replay-orders': replayOrders,
  }
  return [
    ...Object.entries(valued).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(requireClean === undefined ? [] : [requireClean ? '--require-clean' : '--no-require-clean']),
    ...(deterministic ? ['--deterministic'] : []),
  ]
}

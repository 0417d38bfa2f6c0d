import { JOIN_TIMEOUT } from './command.ts'
import { type ClaimOptions, overridesIn } from './study-flags.ts'

/** The flags of a study or claim as they were given, for a coordinator that an engine starts. */
export function coordinatorWords(flags: ClaimOptions): string[] {
  const { launch: _, ...overrides } = overridesIn(flags)
  const { joinTimeout, operator, recordGradients, replayOrders, requireClean, ...isSet } = flags
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
    ...(isSet.deterministic ? ['--deterministic'] : []),
    ...(isSet.quick ? ['--quick'] : []),
    ...(isSet.onAnotherCluster ? ['--on-another-cluster'] : []),
  ]
}

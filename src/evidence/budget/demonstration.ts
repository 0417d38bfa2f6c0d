import type { TrialRecord } from '../../record/trial-record.ts'

/** A trial of the demonstration, and what it is there to show. */
export interface ShownTrial extends Pick<TrialRecord, 'arm' | 'nodes' | 'weightsSha256' | 'trainSeconds'> {
  /** `planned`: one order, twice · `other`: another order or node count · `forced`: what the first arrival trial recorded. */
  readonly setting: 'planned' | 'other' | 'arrival' | 'forced' | 'exact'
}

export interface Demonstration {
  readonly trials: readonly ShownTrial[]
  readonly findings: readonly Finding[]
}

/** What the digests came to: equal bits or not. */
interface Finding {
  readonly holds: boolean
  readonly text: string
}

/** Says of trials of one seed what happened, not what should have. */
export function demonstrationOf(all: readonly ShownTrial[]): Demonstration {
  const of = (setting: ShownTrial['setting']): ShownTrial[] => all.filter((trial) => trial.setting === setting)
  const digestsOf = (trials: readonly ShownTrial[]): number =>
    new Set(trials.map(({ weightsSha256 }) => weightsSha256)).size
  const [planned, other, arrival, forced, exact] = (['planned', 'other', 'arrival', 'forced', 'exact'] as const).map(of)
  const [firstArrival] = arrival
  const changed = other.filter(({ weightsSha256 }) => weightsSha256 !== planned[0].weightsSha256)
  const came = digestsOf(arrival)
  const times = new Set(all.map(({ trainSeconds }) => trainSeconds)).size
  const findings: Finding[] = [
    equal(digestsOf(planned) === 1, `same seed, same planned order, ${planned.length} times`),
    equal(
      changed.length === 0,
      `same seed, another algorithm or node count (${changed.length} of ${other.length} differ)`,
    ),
    came === 1
      ? {
          holds: true,
          text: `arrival order agreed this time: ${arrival.length} runs of one seed, one digest; nothing makes it so`,
        }
      : {
          holds: false,
          text: `same seed, arrival order: ${arrival.length} runs, ${came} digests. The seed does not control who comes first`,
        },
    equal(digestsOf([firstArrival, ...forced]) === 1, 'the recorded orders of the first arrival run, forced again'),
    equal(digestsOf(exact) === 1, 'exact sums, whatever the arrival order and node count'),
    { holds: times === 1, text: `times: ${times} different ones in ${all.length} trials. No seed controls a time` },
  ]
  return { trials: all, findings }
}

function equal(holds: boolean, what: string): Finding {
  return { holds, text: `${what}: ${holds ? 'the same bits' : 'other bits'}` }
}

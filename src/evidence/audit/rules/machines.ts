import type { TrialMachine } from '../../../record/trial-record.ts'
import { differences, type Finding, missing, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { AuditedTrial, RunEvidence } from '../run-evidence.ts'

/** No clock is trusted beyond this: machines have their own, and one may be set in the middle of a run. */
const CLOCKS_APART_MS = 60_000

/** What the machines of a trial say of themselves agrees with its nodes, its times and the other trials. */
export const MACHINE_RULES: readonly AuditRule[] = [
  {
    id: 'machines-of-their-trials',
    guards: ['comparison.arms.*.trials.*.machines'],
    states:
      'every node was on one machine, trials trained one after the other, and a machine tells the same things each time',
    consequence: 'a disturbed trial may pass for an undisturbed one',
    fix: 'restore comparison.json from the original run, or run the study again',
    appliesTo: (run) => run.hasArms && run.trials.some(({ record }) => record.machines !== undefined),
    check: (run) => [
      ...run.trials.flatMap((trial) => [...checkNodes(trial), ...checkGpus(trial, run)]),
      ...checkTurns(run),
      ...checkKnown(run.trials),
    ],
  },
]

function checkNodes({ path, record, arm }: AuditedTrial): Finding[] {
  const places = (record.machines ?? []).flatMap(({ nodes }, place) =>
    nodes.map((node, at) => ({ node, path: `${path}.machines.${place}.nodes.${at}` })),
  )
  const byNode = Map.groupBy(places, ({ node }) => node)
  const odd = places.filter(({ node }) => node >= arm.nodes || byNode.get(node)?.length !== 1)
  const absent = Array.from({ length: arm.nodes }, (_, node) => node).filter((node) => !byNode.has(node))
  return [
    ...odd.map(({ node, path: at }) => wrong(at, node, `a node below ${arm.nodes} that no other place has`)),
    ...absent.map((node) => missing(`${path}.machines.0.nodes`, `node ${node}`)),
  ]
}

/** Software adapters are no GPUs of a machine. */
function checkGpus({ path, record }: AuditedTrial, { cluster }: RunEvidence): Finding[] {
  const { accelerator, accelerators = [accelerator] } = cluster
  if (accelerators.some((each) => each?.software === false)) return []
  return (record.machines ?? []).flatMap(({ gpus }, place) => differences(`${path}.machines.${place}.gpus`, gpus, []))
}

/** Within the run, in the order of the plan, as long apart as each trained. */
function checkTurns({ trials, manifest }: RunEvidence): Finding[] {
  const ends = Date.parse(manifest.endedAt ?? manifest.startedAt)
  return trials.flatMap(({ path, record }, place) => {
    const next = trials[place + 1]?.record.machines?.[0].startedAtUtc
    const last = trials[place - 1]?.record
    const least =
      last?.machines === undefined ? Date.parse(manifest.startedAt) : endOf(last.machines[0], last.trainSeconds)
    return (record.machines ?? []).flatMap((machine, at) => {
      const start = Date.parse(machine.startedAtUtc)
      const most = next === undefined ? ends : Date.parse(next)
      if (start + CLOCKS_APART_MS >= least && endOf(machine, record.trainSeconds) - CLOCKS_APART_MS <= most) return []
      const want = `${new Date(least).toISOString()} or later, ${record.trainSeconds} s before ${new Date(most).toISOString()}`
      return [wrong(`${path}.machines.${at}.startedAtUtc`, machine.startedAtUtc, want)]
    })
  })
}

function endOf({ startedAtUtc }: TrialMachine, trainSeconds: number): number {
  return Date.parse(startedAtUtc) + trainSeconds * 1000
}

const SENSORS = ['loadAverage', 'stealShare', 'cpuMhz', 'cpuCelsius', 'cpuThrottles', 'pressure'] as const

/** A machine that can tell something once can tell it in every trial. */
function checkKnown(trials: readonly AuditedTrial[]): Finding[] {
  const places = trials.flatMap(({ path, record }) =>
    (record.machines ?? []).map((machine, at) => ({ machine, path: `${path}.machines.${at}` })),
  )
  return SENSORS.flatMap((sensor) => {
    const silent = places.filter(({ machine }) => JSON.stringify(machine[sensor]).includes('unknown'))
    if (silent.length === 0 || silent.length === places.length) return []
    const fewer = silent.length * 2 <= places.length ? silent : places.filter((place) => !silent.includes(place))
    const want = fewer === silent ? 'a figure, as in other trials' : 'unknown, as in other trials'
    return fewer.flatMap(({ machine, path }) =>
      sensor === 'pressure'
        ? Object.entries(machine.pressure).map(([name, value]) => wrong(`${path}.pressure.${name}`, value, want))
        : [wrong(`${path}.${sensor}`, machine[sensor], want)],
    )
  })
}

import type { FoundNoiseFloor } from '../../record/noise-floor.ts'
import type { StepRecord } from '../../record/trial-record.ts'
import { type ArmFacts, type RunFacts, reducingArms, type TrialFacts } from './facts.ts'
import type { Effect } from './sources.ts'

/** The order in which ranks' sums are added: planned and witnessed, or as they came and recorded. */
export function sumOrder(facts: RunFacts): Effect {
  const reducing = reducingArms(facts)
  if (reducing.length === 0) {
    return eliminated('every arm has one rank, which adds alone', namesOf(facts.arms), 'comparison.json: arms')
  }
  const arriving = reducing.filter(({ bitsFollowArrival }) => bitsFollowArrival)
  if (arriving.length > 0) return arrivalOrder(facts, arriving)
  const steps = reducing.flatMap(({ trials }) => trials.flatMap((trial) => trial.steps))
  const orders = new Set(steps.flatMap(({ orderCertificates }) => orderCertificates))
  return eliminated(
    'planned orders, or exact sums; the adder witnesses each, and another order fails the trial',
    `${orders.size} order${plural(orders.size)} in ${steps.length} steps of ${namesOf(reducing)}`,
    'steps.jsonl: orderCertificates',
  )
}

function arrivalOrder({ comparison }: RunFacts, arriving: readonly ArmFacts[]): Effect {
  const trials = arriving.flatMap((arm) => arm.trials)
  const orders = new Set(trials.flatMap(({ steps }) => steps.flatMap(({ orderCertificates }) => orderCertificates)))
  const lost = trials.find(({ unreplayable }) => unreplayable !== null)
  const evidence = `${namesOf(arriving)}: ${orders.size} order${plural(orders.size)} came about`
  const mechanism = 'sums are added as they come'
  if (lost) {
    const why = `; ${lost.record.trial} cannot be made again: ${lost.unreplayable}`
    return { status: 'open', mechanism, evidence: evidence + why, where: 'orders/', bound: null }
  }
  return {
    status: 'bounded',
    mechanism: `${mechanism}, recorded, replayable: run STUDY --replay-orders RUN`,
    evidence: `${evidence}, all of them readable`,
    where: 'steps.jsonl: orderCertificates; orders/',
    bound: orderBound(comparison.numeric?.noiseFloor ?? null, arriving),
  }
}

/** How far orders move the metric: by the measured floor, else by the seeds that ran twice. */
function orderBound(floor: FoundNoiseFloor | null, arriving: readonly ArmFacts[]): string {
  if (floor !== null) {
    return `differences of ${floor.metric} up to ${floor.limit.toExponential(1)}, over ${floor.orders} orders (${floor.run}/noise-floor.json)`
  }
  const ranges = arriving.flatMap(({ repeats, trials }) =>
    repeats.map(({ seed, digests }) => ({
      ...rangeOf(trials.filter(({ record }) => record.seed === seed)),
      digests: new Set(digests).size,
    })),
  )
  if (ranges.length === 0) return 'not measured: repeat a seed, or run spread --cluster for the noise floor'
  const widest = ranges.reduce((most, range) => (range.width > most.width ? range : most))
  const { width, n, digests } = widest
  return `metric ${width.toExponential(1)} apart, ${digests} digest${plural(digests)}, over ${n} runs of one seed (comparison.json: trials)`
}

function rangeOf(trials: readonly TrialFacts[]): { width: number; n: number } {
  const values = trials.map(({ metric }) => metric).filter((metric) => metric !== null)
  return { width: values.length === 0 ? 0 : Math.max(...values) - Math.min(...values), n: values.length }
}

/** What an adapter does with f32, as its probe found it. */
export function kernels({ accelerators, study }: RunFacts): Effect {
  if (study.engine === 'cpu') {
    const text = 'f32 by Math.fround, which ECMAScript fixes to the bit; sums in a fixed order'
    return eliminated(text, 'CPU engine', 'study.yaml: engine')
  }
  const mechanism = 'add, multiply and integers only, settled against fusing; fixed trees'
  const where = 'cluster.yaml: accelerator.probe'
  const failing = accelerators.filter(({ probe }) => probe?.passed !== true)
  if (failing.length > 0) {
    const found = failing.map(({ name, probe }) =>
      probe === undefined ? `${name} was not probed` : `${name} fails ${probe.failed.join(', ')}`,
    )
    return { status: 'open', mechanism, evidence: found.join('; '), where, bound: null }
  }
  const asked = accelerators.map(({ name, probe }) => {
    const outcomes = probe?.outcomes ?? {}
    return `${name}: ${Object.keys(outcomes).length} questions, none failed`
  })
  return eliminated(mechanism, asked.join('; '), where)
}

/** The pieces of a sum: the same in every step of a trial. */
export function chunking(facts: RunFacts): Effect {
  const trials = reducingArms(facts).flatMap((arm) => arm.trials)
  const cutOf = ({ nodes: [first] }: StepRecord): string => first.buckets.map(({ elements }) => elements).join('+')
  const changing = trials.find(({ steps }) => new Set(steps.map(cutOf)).size > 1)
  const mechanism = 'buckets and chunks are cut by the plan, and are part of the order'
  const where = 'steps.jsonl: nodes.buckets.elements'
  if (changing) {
    const evidence = `${changing.record.trial} was cut in more than one way`
    return { status: 'open', mechanism, evidence, where, bound: null }
  }
  const cuts = new Set(trials.flatMap(({ steps }) => steps.slice(0, 1).map(cutOf)))
  const said = cuts.size === 0 ? 'no sum was cut' : `elements by bucket: ${[...cuts].join(', ')}, in every step`
  return eliminated(mechanism, said, where)
}

/** What a seed draws for. */
export function seeds({ manifest }: RunFacts): Effect {
  const { values, streams } = manifest.seeds
  const distinct = new Set(values).size
  const drawn = streams.map(({ stream }) => stream).join(', ')
  const guard = manifest.determinism.deterministic
    ? 'any other draw ended the trial (--deterministic)'
    : 'no other draw is in our sources; --deterministic would end a trial at one'
  return eliminated(
    `named streams of one seed; ${guard}`,
    `${distinct} seed${plural(distinct)}; streams: ${drawn === '' ? 'none, nothing is random' : drawn}`,
    'manifest.json: seeds',
  )
}

/** Do all arms of a seed hold the same data? */
export function workerSeeding(facts: RunFacts): Effect {
  const same = sameBySeed(facts, ({ record }) => JSON.stringify(record.dataDigests))
  const mechanism = 'a draw is keyed by seed, step and place in the global batch, never by rank'
  return sameOrOpen(same, mechanism, 'data digests', 'comparison.json: trials.dataDigests')
}

/** Do all arms of a seed see the same rows in the same steps? */
export function dataOrder(facts: RunFacts): Effect {
  const same = sameBySeed(facts, ({ record }) => record.rowMapDigest)
  const mechanism = "the batch is global: an epoch's permutation comes from the seed, and nodes take slices"
  return sameOrOpen(same, mechanism, 'row maps', 'manifest.json: rowMaps')
}

interface SeedAgreement {
  readonly seeds: number
  readonly trials: number
  /** Seeds whose trials differ. */
  readonly differing: readonly number[]
}

function sameBySeed({ arms }: RunFacts, keyOf: (trial: TrialFacts) => string): SeedAgreement {
  const trials = arms.flatMap((arm) => arm.trials)
  const bySeed = Map.groupBy(trials, ({ record }) => record.seed)
  const differing = [...bySeed].filter(([, ofSeed]) => new Set(ofSeed.map(keyOf)).size > 1).map(([seed]) => seed)
  return { seeds: bySeed.size, trials: trials.length, differing }
}

function sameOrOpen(agreement: SeedAgreement, mechanism: string, what: string, where: string): Effect {
  const { seeds: count, trials, differing } = agreement
  if (differing.length > 0) {
    const evidence = `${what} differ between trials of seed ${differing.join(', ')}`
    return { status: 'open', mechanism, evidence, where, bound: null }
  }
  return eliminated(mechanism, `one set of ${what} a seed: ${count} in ${trials} trials`, where)
}

/** Operations that other frameworks warn of, where this one refuses. */
export function refusals({ manifest }: RunFacts, order: Effect, kernel: Effect): Effect {
  const { deterministic } = manifest.determinism
  const where = 'manifest.json: determinism.deterministic'
  if (deterministic) {
    return eliminated('refused before the first step, never warned of', 'deterministic mode was on', where)
  }
  const worst = [order, kernel].find(({ status }) => status !== 'eliminated')
  const mechanism = '--deterministic refuses arrival order, inexact adapters and draws without a name'
  if (worst === undefined) return eliminated(mechanism, 'off, and there was nothing it would have refused', where)
  return {
    status: worst.status,
    mechanism,
    evidence: 'off, and this run has what it refuses',
    where,
    bound: worst.bound,
  }
}

/** Narrow formats are rounded by our own code, wherever they are computed. */
export function precision({ arms }: RunFacts, kernel: Effect): Effect {
  const arithmetics = [...new Set(arms.map(({ arm }) => arm.arithmetic))].join(', ')
  const mechanism = 'f32 kernels rounded once an operation; what travels is rounded by the ranks, never by an adapter'
  return { ...kernel, mechanism, evidence: `arithmetic ${arithmetics}; ${kernel.evidence}` }
}

/** Did every node open the adapter that it was started for? */
export function gpuSettings({ arms, manifest, study }: RunFacts): Effect {
  const { adapters, dawnFlags } = manifest.determinism
  const where = 'comparison.json: trials.adapterByNode'
  if (study.engine === 'cpu') return eliminated('no GPU is started', 'CPU engine', 'study.yaml: engine')
  const mechanism = "driver and flags are in a worker's environment before it starts; a node reports what it opened"
  const known = new Set(adapters.map(({ name }) => name))
  const opened = arms.flatMap(({ trials }) => trials.flatMap(({ record }) => record.adapterByNode))
  const other = opened.find((name) => name === null || !known.has(name))
  if (other !== undefined) {
    return { status: 'open', mechanism, evidence: `a node opened ${other}, which was not chosen`, where, bound: null }
  }
  return eliminated(mechanism, `${opened.length} nodes opened ${[...known].join(', ')}; ${dawnFlags.join(', ')}`, where)
}

/** What was installed, against what the lockfile names. */
export function versions({ manifest, accelerators }: RunFacts): Effect {
  const { node, lockfile } = manifest.environment
  const drivers = accelerators.map(({ driver }) => driver).join(', ')
  const mechanism = 'the lockfile pins Node, packages and the embedded driver; a kept probe is of one driver'
  const where = 'manifest.json: environment'
  const evidence = `Node ${node}${drivers === '' ? '' : `, ${drivers}`}; lockfile drift: ${lockfile.drift}`
  if (lockfile.drift === 'none') return eliminated(mechanism, evidence, where)
  return { status: 'open', mechanism, evidence, where, bound: null }
}

/** Do nodes compute with different adapters, and does it matter? */
export function hardware({ arms }: RunFacts, kernel: Effect): Effect {
  const used = new Set(arms.flatMap(({ trials }) => trials.flatMap(({ record }) => record.adapterByNode)))
  const said = used.size === 1 ? 'all nodes compute alike' : `nodes compute with ${used.size} adapters`
  const mechanism = 'bits are specified: an adapter whose probe passes has those of the twin'
  return { ...kernel, mechanism, evidence: `${said}; ${kernel.evidence}` }
}

/** Was the number of nodes in every step what the arm says? */
export function autoscaling({ arms, study }: RunFacts): Effect {
  const mechanism = 'a trial has a fixed number of nodes, and one that is lost ends it'
  const where = 'steps.jsonl: nodes'
  for (const { arm, trials } of arms) {
    for (const { record, steps } of trials) {
      const odd = steps.find(({ nodes }) => nodes.length !== arm.nodes)
      const missing = record.status === 'finished' && steps.length !== study.training.steps
      if (odd === undefined && !missing) continue
      const evidence = odd
        ? `step ${odd.step} of ${record.trial} has ${odd.nodes.length} nodes, want ${arm.nodes}`
        : `${record.trial} has ${steps.length} steps, want ${study.training.steps}`
      return { status: 'open', mechanism, evidence, where, bound: null }
    }
  }
  const steps = arms.reduce((sum, { trials }) => sum + trials.reduce((n, trial) => n + trial.steps.length, 0), 0)
  return eliminated(mechanism, `every node reported each of ${steps} steps`, where)
}

/** What acts on time alone, and on numbers only where the order of a sum follows time. */
export function throughArrival(order: Effect): Effect | null {
  if (order.status === 'eliminated') return null
  return {
    ...order,
    mechanism: 'moves the numbers only by what arrives first',
    evidence: null,
    bound: 'as the order of the sum',
  }
}

function eliminated(mechanism: string, evidence: string, where: string): Effect {
  return { status: 'eliminated', mechanism, evidence, where, bound: null }
}

function namesOf(arms: readonly ArmFacts[]): string {
  return arms.map(({ arm }) => arm.name).join(', ')
}

function plural(count: number): string {
  return count === 1 ? '' : 's'
}

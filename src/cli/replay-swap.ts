import { ReducibleError } from '../core/errors.ts'
import { metricValue } from '../evidence/comparison.ts'
import {
  hybridStudy,
  type InputStanding,
  inputsToSwap,
  SWAPPABLE,
  type SwappableInput,
  standings,
} from '../evidence/hybrids.ts'
import type { ReplayTree } from '../evidence/replay.ts'
import {
  type Attribution,
  attribute,
  type Combination,
  type CombinationValues,
  combinations,
} from '../evidence/shapley.ts'
import type { CommandResult } from './command.ts'
import { type ReplayableRun, type ReplaySession, type ReplayStep, studyNameOf } from './replay-session.ts'
import { counterfactualText } from './replay-text.ts'

/** replay-verdict.json of runs with inputs of two others: which input makes how much of their difference. */
export interface Counterfactual extends Attribution<SwappableInput> {
  readonly schemaVersion: 1
  readonly kind: 'counterfactual'
  readonly a: string
  readonly b: string
  /** What is compared: the mean metric of the last arm. */
  readonly number: string
  readonly standings: readonly InputStanding[]
  /** The number of every combination that was run or read, by the inputs it has of B. */
  readonly combinations: readonly {
    readonly ofB: readonly SwappableInput[]
    readonly mean: number
    readonly run: string
  }[]
  /** What the recorded B has beyond A with every swapped input of B: the work of inputs that were not swapped. */
  readonly notSwapped: number
  readonly steps: readonly ReplayStep[]
}

interface RanCombination extends CombinationValues {
  readonly ofB: readonly SwappableInput[]
  readonly run: string
}

/** `replay A --swap LIST --from B`: A with each combination of B's inputs, and what each input makes of the difference. */
export async function swapInputs(
  session: ReplaySession,
  runA: string,
  runB: string,
  list: string,
): Promise<CommandResult> {
  const asked = parseInputs(list)
  const [a, b] = [session.open(runA), session.open(runB)]
  const metric = a.comparison.metric.name
  if (b.comparison.metric.name !== metric) {
    throw new ReducibleError('usage', `${runA} ends with ${metric}, ${runB} with ${b.comparison.metric.name}`, {
      remedy: 'name two runs of one metric',
    })
  }
  const all = standings(a, b)
  const inputs = inputsToSwap(asked, all)
  const ran = await runCombinations(session, a, b, inputs, all)
  const attribution = attribute(inputs, (combination) => ran[combination])
  const recordedB = valuesOf(b)
  const means = ran.map(({ ofB, run, values }) => ({ ofB, run, mean: meanOf(values) }))
  const result: Counterfactual = {
    schemaVersion: 1,
    kind: 'counterfactual',
    a: a.manifest.runId,
    b: b.manifest.runId,
    number: `mean ${metric.replace('-', ' ')} of the last arm`,
    standings: all,
    ...attribution,
    combinations: means,
    notSwapped: meanOf(recordedB) - means[means.length - 1].mean,
    steps: session.steps,
  }
  session.keep(result)
  return { text: counterfactualText(result, session.options.explain === true), json: { ...result, runs: session.runs } }
}

/** By combination. A is read from its record, and so is B where nothing else differs; the others are run. */
async function runCombinations(
  session: ReplaySession,
  a: ReplayableRun,
  b: ReplayableRun,
  inputs: readonly SwappableInput[],
  all: readonly InputStanding[],
): Promise<RanCombination[]> {
  const wholly = all.every(({ input, differs }) => !differs || inputs.includes(input))
  await using trees = new Trees(session, a, b)
  const ran: RanCombination[] = []
  for (const combination of combinations(inputs.length)) {
    const ofB = inputsIn(combination, inputs)
    const recorded = ofB.length === 0 ? a : wholly && ofB.length === inputs.length ? b : null
    const run = recorded ?? (await runHybrid(session, trees, a, b, new Set(ofB)))
    ran.push({ ofB, run: run.manifest.runId, seeds: ofB.includes('seeds') ? 'B' : 'A', values: valuesOf(run) })
  }
  return ran
}

async function runHybrid(
  session: ReplaySession,
  trees: Trees,
  a: ReplayableRun,
  b: ReplayableRun,
  ofB: ReadonlySet<SwappableInput>,
): Promise<ReplayableRun> {
  const tree = await trees.of(ofB.has('code') ? b : a)
  const name = [studyNameOf(a), 'with', ...ofB].join('-')
  const study = hybridStudy(a.study, b.study, ofB)
  return session.run(tree, { ...a, claim: null }, { study, name, forceOrders: false })
}

/** The trees of both runs, each opened when it is first needed. */
class Trees implements AsyncDisposable {
  readonly #session: ReplaySession
  readonly #shared: boolean
  readonly #opened = new Map<ReplayableRun, ReplayTree>()
  readonly #first: ReplayableRun

  constructor(session: ReplaySession, a: ReplayableRun, b: ReplayableRun) {
    this.#session = session
    this.#first = a
    this.#shared = a.manifest.code.sourceDigest === b.manifest.code.sourceDigest
  }

  async of(run: ReplayableRun): Promise<ReplayTree> {
    const owner = this.#shared ? this.#first : run
    const tree = this.#opened.get(owner) ?? (await this.#session.openTree(owner))
    this.#opened.set(owner, tree)
    return tree
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const tree of this.#opened.values()) await tree[Symbol.asyncDispose]()
  }
}

function inputsIn(combination: Combination, inputs: readonly SwappableInput[]): SwappableInput[] {
  return inputs.filter((_, i) => (combination & (1 << i)) !== 0)
}

/** The metric of the last arm by seed, in the order of the study's seeds, the first trial of each. @throws {ReducibleError} invalid-run: a trial diverged. */
function valuesOf({ comparison, study, run }: ReplayableRun): number[] {
  const arm = comparison.arms[comparison.arms.length - 1]
  return [...new Set(study.seeds)].map((seed) => {
    const trial = arm.trials.find((one) => one.seed === seed && one.repeat === 0)
    const value = trial ? metricValue(comparison.metric.name, trial) : null
    if (value !== null) return value
    throw new ReducibleError(
      'invalid-run',
      `${arm.name}, seed ${seed} of ${run} has no ${comparison.metric.name}: it diverged`,
      {
        remedy: 'swap fewer inputs, or runs whose training is stable',
      },
    )
  })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** @throws {ReducibleError} usage: no such input. */
function parseInputs(list: string): SwappableInput[] {
  return list.split(',').map((word) => {
    const input = SWAPPABLE.find((one) => one === word.trim())
    if (input !== undefined) return input
    throw new ReducibleError('usage', `--swap wants some of ${SWAPPABLE.join(', ')} (got '${word}')`)
  })
}

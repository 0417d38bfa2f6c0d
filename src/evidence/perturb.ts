import type { Arm, Study } from '../study/schema.ts'

export const PERTURBATIONS = ['seed', 'nodes', 'order', 'adapter'] as const
export type Perturbation = (typeof PERTURBATIONS)[number]

/** A study with one input changed on purpose, or why there is none. */
export type Perturbed =
  | { readonly kind: Perturbation; readonly study: Study; readonly what: string }
  | { readonly kind: Perturbation; readonly study: null; readonly what: string }

/** What a study may be changed to on this machine. */
export interface AtHand {
  /** Can this study run at all: are its batches large enough, its schedules proved? */
  readonly isPossible: (study: Study) => boolean
  /** Names of the adapters that the recorded run did not use. */
  readonly otherAdapters: readonly string[]
}

/** Changes one input of a study and leaves the rest: arms keep their places, and are named after what they became. */
export function perturb(study: Study, kind: Perturbation, atHand: AtHand): Perturbed {
  switch (kind) {
    case 'seed':
      return withFreshSeeds(study)
    case 'nodes':
      return firstPossible(
        kind,
        study,
        [halved, doubled],
        atHand,
        'no arm of several nodes can have another number of them',
      )
    case 'order':
      return firstPossible(
        kind,
        study,
        ORDERS.map(reordered),
        atHand,
        'no arm adds three ranks or more: two have one order',
      )
    case 'adapter':
      return withOtherAdapter(study, atHand)
  }
}

/** Far enough that no seed is one of the recorded ones, and easy to see. */
const SEED_OFFSET = 1000

function withFreshSeeds(study: Study): Perturbed {
  const { seeds } = study
  const offset = Math.max(SEED_OFFSET, Math.max(...seeds) - Math.min(...seeds) + 1)
  const shifted = { ...study, seeds: seeds.map((seed) => seed + offset) }
  return { kind: 'seed', study: shifted, what: `${seeds.length} seeds, each the recorded one + ${offset}` }
}

/** An arm as it becomes, or itself where this change does not apply. */
type ArmChange = (arm: Arm) => Arm

const halved: ArmChange = (arm) => withNodes(arm, Math.floor(arm.nodes / 2))
const doubled: ArmChange = (arm) => withNodes(arm, 2 * arm.nodes)

function withNodes(arm: Arm, nodes: number): Arm {
  return arm.nodes < 2 || nodes < 2 ? arm : { ...arm, nodes, name: `${arm.name}-with-${nodes}-nodes` }
}

const ORDERS = ['rank-order', 'ring', 'binomial-tree', 'reverse-rank']

function reordered(algorithm: string): ArmChange {
  return (arm) =>
    arm.nodes * arm.ranksPerNode < 3 || arm.algorithm === algorithm
      ? arm
      : { ...arm, algorithm, name: `${arm.name}-by-${algorithm}` }
}

/** The first change that alters an arm and gives a study that can run. */
function firstPossible(
  kind: Perturbation,
  study: Study,
  changes: readonly ArmChange[],
  { isPossible }: AtHand,
  otherwise: string,
): Perturbed {
  for (const change of changes) {
    const arms = study.arms.map(change)
    const altered = arms.filter((arm, place) => arm !== study.arms[place])
    const changed = { ...study, arms }
    if (altered.length > 0 && isPossible(changed)) {
      return { kind, study: changed, what: `arms ${altered.map(({ name }) => name).join(', ')}` }
    }
  }
  return { kind, study: null, what: otherwise }
}

function withOtherAdapter(study: Study, { otherAdapters: [other] }: AtHand): Perturbed {
  const kind = 'adapter'
  if (study.engine === 'cpu') return { kind, study: null, what: 'a CPU computed: there was no adapter' }
  if (other === undefined) return { kind, study: null, what: 'this machine has no other adapter' }
  return { kind, study: { ...study, adapter: other }, what: `adapter ${other}` }
}

/** Whether a conclusion outlived one perturbation; null: not at hand, or the run concluded nothing. */
export interface Survival {
  readonly kind: Perturbation
  readonly survived: boolean | null
}

/** Tier 3 wants this many kinds of perturbation that the conclusion survives. */
export const TIER_3_KINDS = 3

/** Passes when the conclusion survives three kinds or more and falls to none; fails when it falls to one. */
export function tierThree(outcomes: readonly Survival[]): 'pass' | 'fail' | 'not tested' {
  if (outcomes.some(({ survived }) => survived === false)) return 'fail'
  const kinds = new Set(outcomes.filter(({ survived }) => survived).map(({ kind }) => kind))
  return kinds.size >= TIER_3_KINDS ? 'pass' : 'not tested'
}

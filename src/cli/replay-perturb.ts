import { checkStudy } from '../../cluster/coordinator/check-study.ts'
import { ReducibleError } from '../core/errors.ts'
import {
  PERTURBATIONS,
  type Perturbation,
  type Perturbed,
  perturb,
  type Survival,
  TIER_3_KINDS,
  tierThree,
} from '../evidence/perturb.ts'
import type { ReplayTree } from '../evidence/replay.ts'
import { checkConclusion, conclusionOf } from '../evidence/replay-level.ts'
import type { Check } from '../evidence/verdict.ts'
import { listAdapters } from '../gradient/gpu/adapters.ts'
import type { Study } from '../study/schema.ts'
import type { CommandResult } from './command.ts'
import { type ReplayableRun, type ReplaySession, type ReplayStep, studyNameOf } from './replay-session.ts'
import { robustText } from './replay-text.ts'

/** replay-verdict.json of runs whose input was changed on purpose: does the conclusion outlive it? */
export interface RobustVerdict {
  readonly schemaVersion: 1
  readonly of: string
  readonly kind: 'robust'
  readonly signed: false
  /** `true` where the conclusion survived every perturbation at hand and concluded something; `false` where it fell to one. */
  readonly verdict: 'true' | 'false' | 'inconclusive'
  readonly tier: {
    readonly claimed: 1 | 2 | 3 | null
    readonly three: 'pass' | 'fail' | 'not tested'
    readonly wants: string
  }
  readonly perturbations: readonly PerturbedRun[]
  readonly steps: readonly ReplayStep[]
}

interface PerturbedRun extends Survival {
  readonly what: string
  /** Its id. Null: not at hand. */
  readonly run: string | null
  readonly conclusion: Check | null
}

/** `replay RUN --perturb LIST`: one run a kind, each held against the recorded conclusion. */
export async function perturbRun(session: ReplaySession, run: string, list: string): Promise<CommandResult> {
  const kinds = parseKinds(list)
  const recorded = session.open(run)
  const adapters = kinds.includes('adapter') ? (await listAdapters()).map(({ adapter }) => adapter.name) : []
  const used = recorded.manifest.determinism.adapters.map(({ name }) => name)
  const atHand = { isPossible, otherAdapters: adapters.filter((name) => !used.includes(name)) }
  const perturbed = kinds.map((kind) => perturb(recorded.study, kind, atHand))
  const outcomes = await runAll(session, recorded, perturbed)
  const verdict = robustVerdict(session, recorded, outcomes)
  session.keep(verdict)
  return {
    verdict: verdict.verdict,
    text: robustText(verdict, session.options.explain === true),
    json: { ...verdict, runs: session.runs },
  }
}

async function runAll(
  session: ReplaySession,
  recorded: ReplayableRun,
  perturbed: readonly Perturbed[],
): Promise<PerturbedRun[]> {
  if (perturbed.every(({ study }) => study === null)) return perturbed.map(notAtHand)
  await using tree = await session.openTree(recorded)
  const outcomes: PerturbedRun[] = []
  for (const one of perturbed)
    outcomes.push(one.study === null ? notAtHand(one) : await runOne(session, recorded, tree, one))
  return outcomes
}

function notAtHand({ kind, what }: Perturbed): PerturbedRun {
  return { kind, what: `not at hand: ${what}`, survived: null, run: null, conclusion: null }
}

async function runOne(
  session: ReplaySession,
  recorded: ReplayableRun,
  tree: ReplayTree,
  { kind, study, what }: Perturbed & { readonly study: Study },
): Promise<PerturbedRun> {
  const name = `${studyNameOf(recorded)}-${kind}`
  const now = await session.run(tree, recorded, { study, name, forceOrders: false })
  const floor = recorded.comparison.numeric?.noiseFloor ?? null
  const [then, again] = [recorded, now].map(({ comparison, verdict }) => conclusionOf(comparison, verdict, floor))
  const conclusion = checkConclusion(then, again)
  const survived = conclusion.outcome === 'not tested' ? null : conclusion.outcome === 'pass'
  return { kind, what, survived, run: now.manifest.runId, conclusion }
}

function robustVerdict(
  session: ReplaySession,
  { manifest }: ReplayableRun,
  perturbations: readonly PerturbedRun[],
): RobustVerdict {
  const three = tierThree(perturbations)
  const survived = perturbations.some((one) => one.survived === true)
  const wanted = manifest.tier === 3 ? three === 'pass' : survived
  return {
    schemaVersion: 1,
    of: manifest.runId,
    kind: 'robust',
    signed: false,
    verdict: three === 'fail' ? 'false' : wanted ? 'true' : 'inconclusive',
    tier: {
      claimed: manifest.tier,
      three,
      wants: `the conclusion survives ${TIER_3_KINDS} kinds of perturbation or more, and falls to none`,
    },
    perturbations,
    steps: session.steps,
  }
}

function isPossible(study: Study): boolean {
  try {
    checkStudy(study)
    return true
  } catch (thrown) {
    if (thrown instanceof ReducibleError) return false
    throw thrown
  }
}

/** @throws {ReducibleError} usage: no such kind. */
function parseKinds(list: string): Perturbation[] {
  const kinds = list.split(',').map((word) => {
    const kind = PERTURBATIONS.find((one) => one === word.trim())
    if (kind !== undefined) return kind
    throw new ReducibleError('usage', `--perturb wants some of ${PERTURBATIONS.join(', ')} (got '${word}')`)
  })
  return [...new Set(kinds)]
}

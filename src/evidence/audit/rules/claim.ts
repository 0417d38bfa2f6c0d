import { parse } from 'yaml'
import { canonicalJson, sha256OfJson } from '../../../core/canonical-json.ts'
import type { ClusterSpec } from '../../../record/cluster-spec/schema.ts'
import { CLAIMED_FILE, SPEC_FILE } from '../../../record/run-folder.ts'
import { trajectorySteps } from '../../../study/plan.ts'
import type { Claim } from '../../../study/schema.ts'
import { gradientBytesOf, judgeSpeedup } from '../../performance-verdict.ts'
import { TrajectoryJudge } from '../../trajectory.ts'
import { judge } from '../../verdict.ts'
import { differences, disagreements, type Finding, missing, unknown, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'
import { weightsOf } from '../trial-weights.ts'
import { excuseWording } from '../wording.ts'
import { isOfSpeed } from './cluster.ts'

const RESTORE = 'restore the file from the original run, or run the claim again'
const hasClaim = ({ claim }: RunEvidence): boolean => claim !== null
const hasVerdict = (run: RunEvidence): boolean =>
  run.numericVerdict !== null && run.numericClaim !== null && run.hasArms

export const CLAIM_RULES: readonly AuditRule[] = [
  {
    id: 'claim-has-its-digest',
    guards: ['manifest.claim', 'manifest.claimFile', 'manifest.kind', 'manifest.level', 'manifest.tier', 'claim'],
    states: 'claim.yaml has the digest in the manifest, which states its kind, level and tier',
    consequence: 'the run may be held against another figure, or a stronger claim, than the one it was made for',
    fix: RESTORE,
    check: checkClaim,
  },
  {
    id: 'verdict-follows',
    guards: ['verdict'],
    states: 'judging the recorded trials again gives this verdict, word for word',
    consequence: 'the verdict is not the one that these numbers earn',
    fix: RESTORE,
    appliesTo: hasVerdict,
    check(run) {
      const { numericClaim: claim, numericVerdict: verdict, study, trials, manifest } = run
      if (claim === null || verdict === null) return []
      const records = trials.map(({ record }) => record)
      const again = judge(claim, study, records, verdict.trajectory, manifest.quick)
      return excuseWording(run, differences('verdict', verdict, again))
    },
  },
  {
    id: 'speedup-follows',
    guards: ['verdict'],
    states: 'judging the recorded times and clusters again gives this verdict, word for word',
    consequence: 'the verdict is not the one that these times earn',
    fix: RESTORE,
    appliesTo: ({ claim, verdict }) => claim?.kind === 'performance' && verdict !== null && 'speed' in verdict,
    check: checkSpeedup,
  },
  {
    id: 'verdict-is-there',
    guards: ['verdict', 'claim'],
    states: 'a run that ended with a claim has its verdict, and one without a claim has none',
    consequence: 'nobody can see whether the claim held',
    fix: RESTORE,
    check({ manifest, claim, verdict }) {
      if (manifest.status !== 'done' || (claim === null) === (verdict === null)) return []
      return [
        claim === null ? wrong('verdict', 'a verdict', 'nothing: there is no claim') : missing('verdict', 'a verdict'),
      ]
    },
  },
  {
    id: 'trajectory-made-again',
    guards: ['verdict.trajectory'],
    states: 'the float64 oracle ran again, and the kept weights are as far from it as the verdict says',
    consequence: 'a final loss can hide a broken all-reduce that the trajectory shows',
    fix: RESTORE,
    deep: true,
    appliesTo: hasVerdict,
    check: checkTrajectory,
  },
  {
    id: 'bytes-need-synchrony',
    guards: ['manifest.determinism.synchronization', 'manifest.level'],
    states: 'equal bytes are claimed of synchronous training only',
    consequence: 'asynchronous and elastic training add in the order of arrival: the same seed gives other bytes',
    fix: 'claim level statistical, with a mean and a spread over seeds',
    appliesTo: hasClaim,
    check({ manifest: { determinism, level } }) {
      const { synchronization } = determinism as { readonly synchronization: string }
      if (level !== 'numerical' || synchronization === 'sync') return []
      return [wrong('manifest.level', level, `statistical at most: the training is ${synchronization}`)]
    },
  },
  {
    id: 'a-seed-is-no-evidence-of-speed',
    guards: ['claim.reported', 'claim.kind'],
    states: 'no seed is offered as evidence for a speed',
    consequence: 'a seed fixes which numbers are drawn, not how fast: the speed of one run can be luck',
    fix: 'report repeated runs with their interval on the stated cluster',
    appliesTo: ({ claim }) => isOfSpeed(claim),
    check({ claim }) {
      const { perSeed = {}, digests = {} } = (claim?.reported ?? {}) as Partial<Claim['reported']>
      const offered = [
        ...Object.keys(perSeed).map((seed) => `claim.reported.perSeed.${seed}`),
        ...Object.keys(digests).map((seed) => `claim.reported.digests.${seed}`),
      ]
      return offered.map((path) => wrong(path, 'a seed', 'repeats and an interval'))
    },
  },
  {
    id: 'not-one-lucky-seed',
    guards: [],
    topic: 'robustness',
    states: 'every arm ran with two seeds or more; a claim of tier 3 also under other conditions',
    consequence: 'with n = 1 there is no spread: the number may be the best of many that nobody sees',
    fix: 'run with --seeds 0-4 or more',
    appliesTo: (run) => run.hasArms,
    check({ trials, study, claim }) {
      const lonely = study.arms.filter(
        ({ name }) => new Set(trials.filter(({ arm }) => arm.name === name).map(({ plan }) => plan.seed)).size < 2,
      )
      return [
        ...lonely.map(({ name }) => unknown('manifest.seeds.values', `n = 1, no spread, in ${name}`)),
        ...(claim?.tier === 3
          ? [unknown('claim.tier', 'no run under other conditions stands beside this one (replay --perturb)')]
          : []),
      ]
    },
  },
]

function checkClaim({ manifest, claim }: RunEvidence): Finding[] {
  const { kind, level, tier, claimFile } = manifest
  if (claim === null) {
    const stated = {
      'manifest.claim': manifest.claim,
      'manifest.claimFile': claimFile,
      'manifest.kind': kind,
      'manifest.level': level,
      'manifest.tier': tier,
    }
    const found = Object.entries(stated).flatMap(([path, value]) => differences(path, value, null))
    return found.length > 0 ? [missing('claim', 'the claim that the manifest names'), ...found] : []
  }
  const digest = sha256OfJson(claim)
  const isStated = digest === manifest.claim?.sha256
  return [
    ...(isStated ? [] : [wrong('claim', digest, `${manifest.claim?.sha256}, as manifest.claim.sha256`)]),
    ...(manifest.claim === null
      ? [missing('manifest.claim', digest)]
      : differences('manifest.claim.sha256', manifest.claim.sha256, digest)),
    ...disagreements([
      ['manifest.kind', kind],
      ['claim.kind', claim.kind],
    ]),
    ...disagreements([
      ['manifest.level', level],
      ['claim.level', 'level' in claim ? claim.level : null],
    ]),
    ...disagreements([
      ['manifest.tier', tier],
      ['claim.tier', claim.tier],
    ]),
  ]
}

function checkSpeedup(run: RunEvidence): Finding[] {
  const { claim, verdict, comparison, study, manifest, trials } = run
  if (claim?.kind !== 'performance') return []
  const [claimed, found] = [CLAIMED_FILE, SPEC_FILE].map((file) => parse(run.textOf(file)) as ClusterSpec)
  const [[, weights] = [0, new Float32Array(0)]] = trials.flatMap(({ plan }) => weightsOf(run, plan.id))
  const gradientBytes = gradientBytesOf(study, weights.length)
  const evidence = { arms: comparison.arms, study, claimed, found, gradientBytes, quick: manifest.quick }
  return differences('verdict', verdict, judgeSpeedup(claim, evidence))
}

const judges = new Map<string, TrajectoryJudge>()

async function checkTrajectory(run: RunEvidence): Promise<Finding[]> {
  const { study, numericVerdict: verdict } = run
  const steps = trajectorySteps(study.training.steps)
  const key = canonicalJson({ workload: study.workload, training: study.training })
  const judge = judges.get(key) ?? new TrajectoryJudge(study, steps)
  judges.set(key, judge)
  const made = []
  for (const { plan } of run.trials) {
    const weights = weightsOf(run, plan.id).filter(([step]) => steps.includes(step))
    made.push(await judge.check(plan.id, plan.seed, new Map(weights)))
  }
  return differences('verdict.trajectory', verdict?.trajectory, made)
}

import { relative } from 'node:path'
import { ReducibleError } from '../core/errors.ts'
import { gradientBytesOf, judgeSpeedup, type PerformanceVerdict } from '../evidence/performance-verdict.ts'
import { loadClusterSpec, loadStatedCluster } from '../record/cluster-spec/load.ts'
import { clusterLine } from '../record/host.ts'
import type { PerformanceClaim } from '../study/schema.ts'
import { statedLines } from './cluster-text.ts'
import type { CommandResult } from './command.ts'
import { speedLine } from './decision-lines.ts'
import { type ClaimedCluster, type ExecutedStudy, executeStudy, type StudyRequest, studyLine } from './execute-study.ts'
import { speedLines } from './speed-lines.ts'
import { overridesIn } from './study-flags.ts'
import { wrap } from './table.ts'

/** Runs the study of a claim of speed and judges it. @param cluster of the study as the claim has it, without overrides. */
export async function reproduceSpeedup(
  claim: PerformanceClaim,
  cluster: string,
  request: StudyRequest,
): Promise<CommandResult> {
  const { study, quick } = request
  const claimed = claimedCluster(cluster)
  checkArms(claim, request)
  return executeStudy({ ...request, claimed }, async (executed): Promise<CommandResult> => {
    const { folder, comparison, trials, spec: found } = executed
    const weights = trials[0]?.trajectory.values().next().value?.length ?? 0
    const evidence = {
      arms: comparison.arms,
      study,
      claimed: claimed.spec,
      found,
      gradientBytes: gradientBytesOf(study, weights),
      quick,
    }
    const verdict = judgeSpeedup(claim, evidence)
    folder.writeJson('verdict.json', verdict)
    folder.writeJson('comparison.json', comparison)
    return {
      verdict: verdict.verdict,
      text: verdictText(claim, verdict, executed, request),
      json: { run: folder.path, result: verdict, arms: comparison.arms, cluster: executed.cluster },
    }
  })
}

/** @throws {ReducibleError} usage: a speedup without a cluster says nothing. */
function claimedCluster(file: string): ClaimedCluster {
  if (file === 'captured') {
    throw new ReducibleError('usage', 'a claim of speed needs the cluster that it was made on', {
      remedy: 'name its spec in the study (cluster: …); `reducible cluster capture` makes one',
    })
  }
  return { ...loadStatedCluster(file), spec: loadClusterSpec(file) }
}

/** @throws {ReducibleError} invalid-study: the claim names an arm that the study does not have. */
function checkArms({ reported }: PerformanceClaim, { study, claimFile }: StudyRequest): void {
  const names = study.arms.map(({ name }) => name)
  for (const key of ['of', 'over'] as const) {
    if (names.includes(reported[key])) continue
    const text = `${claimFile}: reported.${key}: the study has no arm ${reported[key]} (it has ${names.join(', ')})`
    throw new ReducibleError('invalid-study', text)
  }
}

const SENTENCES = {
  true: 'the published speedup was reproduced',
  false: 'the published speedup was not reproduced',
  inconclusive: 'the published speedup was neither reproduced nor refuted',
} as const

function verdictText(
  claim: PerformanceClaim,
  verdict: PerformanceVerdict,
  { comparison, cluster, stated, folder }: ExecutedStudy,
  { study, quick, options }: StudyRequest,
): string {
  const changed = Object.entries(overridesIn(options)).map(([key, value]) => `${key} ${value}`)
  const stamps = [
    ...(quick ? [' (quick: fewer trials than the claim)'] : []),
    ...(changed.length > 0 ? [` (overridden: ${changed.join(', ')})`] : []),
  ].join('')
  const { of, over, claimed, speed } = verdict
  const measured = speed === null ? 'not measured' : `${speed.ratio.toFixed(2)} ×`
  return [
    wrap(claim.statement),
    wrap(`Source: ${claim.source}`),
    wrap(`Study: ${studyLine(study)}`, '  '),
    '',
    ...speedLines(comparison, study),
    ...(isBetweenEnds(verdict, comparison.arms) ? [] : speedLine(speed, study.training.steps)),
    '',
    wrap(`speedup of ${of} over ${over}: published ${claimed} ×, measured ${measured}`, '  '),
    wrap(`verdict ${verdict.verdict}: ${SENTENCES[verdict.verdict]}${stamps}`, '  '),
    ...verdict.reasons.map((reason) => wrap(`  ${reason}`, '    ')),
    wrap(`cluster: ${clusterLine(cluster)}`, '  '),
    ...statedLines(stated),
    `run ${relative('.', folder.path)}`,
  ].join('\n')
}

/** Is it the speed that a comparison shows anyway? */
function isBetweenEnds({ of, over }: PerformanceVerdict, arms: readonly { readonly name: string }[]): boolean {
  return arms[0].name === over && arms[arms.length - 1].name === of
}

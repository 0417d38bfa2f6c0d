import { join, relative } from 'node:path'
import { projectRoot } from '../core/paths.ts'
import type { Comparison } from '../evidence/comparison.ts'
import { TrajectoryJudge } from '../evidence/trajectory.ts'
import { judge, type Verdict } from '../evidence/verdict.ts'
import { clusterLine } from '../record/host.ts'
import { formatMeanSd } from '../stats/summary.ts'
import { DEFAULT_CLAIM } from '../study/default-claim.ts'
import { type LoadedClaim, loadClaim } from '../study/load.ts'
import type { Claim, Study } from '../study/schema.ts'
import { statedLines } from './cluster-text.ts'
import { type CommandResult, runCommand } from './command.ts'
import { numericLine } from './decision-lines.ts'
import { type ExecutedStudy, executeStudy, type Gather, studyLine, studyRequest } from './execute-study.ts'
import { reproduceSpeedup } from './reproduce-speedup.ts'
import { speedLines } from './speed-lines.ts'
import { type ClaimOptions, overridesIn } from './study-flags.ts'
import { formatTable, wrap } from './table.ts'

/** `reducible reproduce [CLAIM]`: runs a claim's study and says whether the published result came out again. */
export async function reproduceCommand(
  claimFile: string = relative('.', join(projectRoot, DEFAULT_CLAIM)),
  options: ClaimOptions,
): Promise<never> {
  return runCommand('reproduce', options, async (signal) =>
    reproduceClaim(loadClaim(claimFile, options.quick === true), options, signal),
  )
}

/** Runs the study of a claim and judges it. @param gather waits for workers; absent: the study says how they are started. */
export async function reproduceClaim(
  { claim, claimFile, study: stated, file }: LoadedClaim,
  options: ClaimOptions,
  signal: AbortSignal,
  gather?: Gather,
): Promise<CommandResult> {
  const quick = options.quick === true
  const { study, ...running } = studyRequest(stated, options, signal, gather)
  const request = { study, studyFile: file, claimFile, quick, claim, ...running }
  if (claim.kind === 'performance') return reproduceSpeedup(claim, stated.cluster, request)
  return executeStudy(request, async (executed, progress): Promise<CommandResult> => {
    progress.note('comparing the weights with the float64 oracle')
    const verdict = await judgeRun(claim, study, executed, quick)
    executed.folder.writeJson('verdict.json', verdict)
    executed.folder.writeJson('comparison.json', executed.comparison)
    return {
      verdict: verdict.verdict,
      text: verdictText(claim, study, executed, verdict, overridesIn(options)),
      json: { run: executed.folder.path, result: verdict, arms: executed.comparison.arms, cluster: executed.cluster },
    }
  })
}

async function judgeRun(claim: Claim, study: Study, { trials }: ExecutedStudy, quick: boolean): Promise<Verdict> {
  const steps = [...new Set(trials.flatMap(({ trajectory }) => [...trajectory.keys()]))]
  const oracle = new TrajectoryJudge(study, steps)
  const checks = []
  for (const { record, trajectory } of trials) checks.push(await oracle.check(record.trial, record.seed, trajectory))
  return judge(
    claim,
    study,
    trials.map(({ record }) => record),
    checks,
    quick,
  )
}

function verdictText(
  claim: Claim,
  study: Study,
  { comparison, cluster, stated, folder }: ExecutedStudy,
  verdict: Verdict,
  overrides: Readonly<Record<string, string>>,
): string {
  const changed = Object.entries(overrides).map(([key, value]) => `${key} ${value}`)
  const quick = verdict.quick ? ' (quick: fewer seeds and nodes than the claim)' : ''
  const bound = changed.length > 0 ? ` (overridden: ${changed.join(', ')})` : ''
  const reasons = verdict.reasons.map((reason) => wrap(`  ${reason}`, '    '))
  return [
    wrap(claim.statement),
    wrap(`Source: ${claim.source}`),
    wrap(`Study: ${studyLine(study)}`, '  '),
    '',
    valueTable(claim, comparison, verdict),
    '',
    ...digestLines(claim, verdict),
    ...verdict.checks.map(({ name, outcome, detail }) =>
      wrap(`${`${name}:`.padEnd(17)}${outcome}: ${detail}`, ' '.repeat(17)),
    ),
    '',
    ...numericLine(comparison),
    ...speedLines(comparison, study),
    '',
    wrap(`verdict ${verdict.verdict}: ${sentence(verdict)}${quick}${bound}`, '  '),
    ...reasons,
    wrap(`cluster: ${clusterLine(cluster)}`, '  '),
    ...statedLines(stated),
    `run ${relative('.', folder.path)}`,
  ].join('\n')
}

function sentence({ verdict }: Verdict): string {
  switch (verdict) {
    case 'true':
      return 'the published result was reproduced'
    case 'false':
      return 'the published result was not reproduced'
    case 'inconclusive':
      return 'the published result was neither reproduced nor refuted'
  }
}

/** The published table with ours beside it: a row a trial of a seed, then mean and s. */
function valueTable(claim: Claim, comparison: Comparison, verdict: Verdict): string {
  const { metric, reported } = claim
  const names = comparison.arms.map(({ name }) => name)
  const rows = [...new Set(verdict.values.map(({ seed }) => seed))].flatMap((seed) => {
    const bySeed = names.map((name) => verdict.values.filter((value) => value.arm === name && value.seed === seed))
    const repeats = Math.max(...bySeed.map((values) => values.length))
    return Array.from({ length: repeats }, (_, repeat) => [
      repeat === 0 ? String(seed) : `${seed} again`,
      repeat === 0 ? shorten(reported.perSeed[seed] ?? '–') : '',
      ...bySeed.map((values) => formatValue(values[repeat]?.ours)),
    ])
  })
  const summaries = verdict.arms.map(({ summary }) => summary)
  const header = ['seed', 'published', ...names]
  const statistics = [
    ['mean', reported.mean ?? '–', ...summaries.map((summary) => summary?.mean.toFixed(6) ?? '–')],
    ['s', reported.sd ?? '–', ...summaries.map((summary) => summary?.sd?.toFixed(6) ?? 'n = 1, no spread')],
  ]
  const align = header.map((_, column) => (column === 0 ? ('left' as const) : ('right' as const)))
  const { mean, sd, n } = reported
  const published = mean && sd && n ? formatMeanSd({ mean: Number(mean), sd: Number(sd), n }) : 'no mean and s printed'
  const ours = verdict.arms.map(
    ({ arm, summary }) => `${arm.padEnd(11)} ${summary ? formatMeanSd(summary) : 'diverged'}`,
  )
  return [
    `${metric.replace('-', ' ')} by seed`,
    formatTable(header, [...rows, ...statistics], align),
    '',
    `published   ${published}`,
    ...ours,
  ].join('\n')
}

/** Digests of the seeds that ran twice, one line an arm, and the published one that can only stand beside them. */
function digestLines({ reported }: Claim, { repeats }: Verdict): string[] {
  if (repeats.length === 0) return []
  const ours = repeats.map(({ arm, seed, digests, equal }) => {
    const [first, second] = digests.map((digest) => digest?.slice(0, 16) ?? 'diverged')
    return `  ${arm.padEnd(12)} seed ${seed}: ${first} ${equal ? '=' : '≠'} ${second}`
  })
  const published = Object.entries(reported.digests).map(([seed, { value, of }]) =>
    wrap(`  published    seed ${seed}: ${value} is of ${of}: not comparable`, ' '.repeat(15)),
  )
  return ['same seed twice, SHA-256 of the f32 weights, then the loss', ...ours, ...published, '']
}

function formatValue(value: number | null | undefined): string {
  if (value === undefined) return '–'
  return value === null ? 'diverged' : value.toFixed(6)
}

/** A printed figure cut to what a column holds; the verdict uses all its digits. */
function shorten(printed: string): string {
  return printed.length > 10 ? `${printed.slice(0, 9)}…` : printed
}

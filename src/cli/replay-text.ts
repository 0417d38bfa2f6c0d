import { relative } from 'node:path'
import type { InputDifference } from '../evidence/input-differences.ts'
import type { RecoveredArm } from '../evidence/recovered-values.ts'
import type { Effect } from '../evidence/shapley.ts'
import { formatMeanSd } from '../stats/summary.ts'
import type { Claim } from '../study/schema.ts'
import type { ReplayVerdict } from './replay.ts'
import type { RobustVerdict } from './replay-perturb.ts'
import type { ReplayStep } from './replay-session.ts'
import type { Counterfactual } from './replay-swap.ts'
import { formatTable, wrap } from './table.ts'

/** A replay, for people. */
export function replayText(verdict: ReplayVerdict, folder: string, metric: Claim['metric'], explain: boolean): string {
  const { of, level, whyExpected, checks, inputsThatDiffer, arms, steps } = verdict
  const { claimed, expected, achieved } = level
  return [
    `Replay of ${of}`,
    '',
    ...stepLines(steps, explain),
    '',
    armTable(metric, arms),
    ...arms.flatMap(rateLines),
    ...(expected === 'numerical'
      ? ['  by bits: no faithful replay is refused, and no change of a final weight missed']
      : []),
    '',
    ...Object.values(checks).map(({ name, outcome, detail }) =>
      wrap(`${`${name}:`.padEnd(12)}${outcome}: ${detail}`, INDENT),
    ),
    '',
    ...differenceLines(inputsThatDiffer),
    wrap(`level: claimed ${claimed ?? 'none'}, expected ${expected}, achieved ${achieved}`, '  '),
    ...whyExpected.map((why) => wrap(`  expected ${expected}: ${why}`, '    ')),
    wrap(`verdict ${verdict.verdict}: ${kindText(verdict.kind)}, unsigned`, '  '),
    `run ${relative('.', folder)}`,
  ].join('\n')
}

/** The perturbations of a run, for people. */
export function robustText({ of, verdict, tier, perturbations, steps }: RobustVerdict, explain: boolean): string {
  const rows = perturbations.map(({ kind, survived, what, conclusion }) => {
    const outcome = survived === null ? (conclusion === null ? '–' : 'not tested') : survived ? 'survived' : 'FELL'
    return wrap(
      `${kind.padEnd(9)}${outcome.padEnd(12)}${what}${conclusion ? `; ${conclusion.detail}` : ''}`,
      ' '.repeat(21),
    )
  })
  const claimed = tier.claimed === null ? 'no tier claimed' : `tier ${tier.claimed} claimed`
  return [
    `Perturbations of ${of}`,
    '',
    ...stepLines(steps, explain),
    '',
    ...rows,
    '',
    wrap(`tier 3: ${tier.three} (${claimed}; it wants that ${tier.wants})`, '  '),
    `verdict ${verdict}: robust, unsigned`,
  ].join('\n')
}

/** What each input makes of the difference of two runs, for people. */
export function counterfactualText(result: Counterfactual, explain: boolean): string {
  const { a, b, number, whole, inputs, interaction, interactionFromB, notSwapped, standings, steps } = result
  const rows = [
    ...inputs.flatMap(({ input, share, shareFromB, shapley }) => [
      effectRow(input, 'A with it of B', share),
      effectRow('', 'B, less with it of A', shareFromB),
      effectRow('', 'Shapley share', shapley),
    ]),
    effectRow('interaction', 'left over from A', interaction),
    effectRow('', 'left over from B', interactionFromB),
    effectRow('together', '', whole),
  ]
  const left = standings.filter(({ input, differs }) => differs && !inputs.some((one) => one.input === input))
  return [
    `A ${a}`,
    `B ${b}`,
    '',
    ...stepLines(steps, explain),
    '',
    wrap(`B less A, ${number}; intervals are over seeds`),
    formatTable(['input', 'what', 'effect', '95 % interval'], rows, ['left', 'left', 'right', 'right']),
    '',
    ...left.map(({ input, obstacle }) => wrap(`  ${input} also differs: ${obstacle ?? 'not asked for'}`, '    ')),
    ...(left.length > 0 ? [`  made by what was not swapped: ${signed(notSwapped)}`] : []),
  ].join('\n')
}

const INDENT = ' '.repeat(12)

/** The steps of the recipe. @param explain with why each is taken. */
export function stepLines(steps: readonly ReplayStep[], explain: boolean): string[] {
  return steps.flatMap(({ step, why, evidence }, index) => {
    const line = wrap(`${String(index + 1).padStart(2)} ${step.padEnd(14)}${evidence}`, ' '.repeat(17))
    return explain ? [line, wrap(`${' '.repeat(17)}why: ${why}`, ' '.repeat(22))] : [line]
  })
}

function armTable(metric: Claim['metric'], arms: readonly RecoveredArm[]): string {
  const rows = arms.map(({ arm, recorded, recovered, judged }) => [
    arm,
    recorded ? formatMeanSd(recorded) : 'diverged',
    recovered ? recovered.mean.toPrecision(6) : 'diverged',
    judged ? judged.predictionInterval.map((bound) => bound.toPrecision(6)).join(' … ') : '–',
    judged ? (judged.insidePublishedRule ? 'inside' : 'outside') : '–',
  ])
  const header = [metric.replace('-', ' '), 'recorded', 'now', '95 % prediction', 'mean ± s']
  return formatTable(header, rows, ['left', 'right', 'right', 'right', 'right'])
}

/** What this many values could and could not have seen. */
function rateLines({ arm, recorded, recovered, judged, largestPairedDifference }: RecoveredArm): string[] {
  if (judged === null || recorded === null || recovered === null) {
    return [wrap(`  ${arm}: too few values for an interval, so no rates`, '    ')]
  }
  const { falseAlarmRate, publishedRuleFalseAlarmRate, missRateByShift, smallestChange } = judged
  const apart = largestPairedDifference ? `; farthest trial ${largestPairedDifference.toPrecision(2)} off` : ''
  const missed = Object.entries(missRateByShift).map(([shift, rate]) => `${percent(rate)} at ${shift}`)
  return [
    wrap(
      `  ${arm}: ${recovered.n} against ${recorded.n} seeds; a faithful one is refused in ${percent(falseAlarmRate)} ` +
        `(by mean ± s in ${percent(publishedRuleFalseAlarmRate)}), a shift is missed in ${missed.join(', ')}; ` +
        `smallest change seen in 80 %: ${smallestChange.toPrecision(2)}${apart}`,
      '    ',
    ),
  ]
}

/** Inputs that are not the recorded ones. */
export function differenceLines(differences: readonly InputDifference[]): string[] {
  if (differences.length === 0) return ['inputs that differ: none']
  const lines = differences.map(({ path, recorded, now }) =>
    wrap(`  ${path}: ${shown(recorded)} → ${shown(now)}`, '    '),
  )
  return ['inputs that differ, then → now:', ...lines]
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** How the one who replays stands to the one who ran. */
export function kindText(kind: ReplayVerdict['kind']): string {
  switch (kind) {
    case 'repeat':
      return 'repeat (the same operator)'
    case 'reproduce':
      return 'reproduce (another operator)'
    case 'robust':
      return 'robust (an input changed on purpose)'
    case 'operator unknown':
      return 'operator unknown (then or now)'
  }
}

function effectRow(input: string, what: string, { value, interval }: Effect): string[] {
  return [
    input,
    what,
    signed(value),
    interval === null ? 'one seed, none' : `${signed(interval[0])} … ${signed(interval[1])}`,
  ]
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toPrecision(3)}`
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(rate < 0.1 ? 1 : 0)} %`
}

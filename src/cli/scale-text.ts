import type { ScalingPoint } from '../evidence/scaling/curve.ts'
import type { ModelFit } from '../evidence/scaling/fits.ts'
import { PHASES } from '../evidence/scaling/phases.ts'
import type { Scaling } from '../evidence/scaling/scaling.ts'
import { formatTable, wrap } from './table.ts'

/** What a scaling run came to, for people: 80 columns where arms have short names. */
export function scalingText(scaling: Scaling): string[] {
  const { points, mode, paced, limits, conclusion, reason, sources, cluster, warmUpSteps } = scaling
  return [
    ...speedTable(points),
    ...(paced === null ? [] : [wrap(paced, '  ')]),
    wrap(
      `${mode} scaling; speedup: throughput over the base's, median of pairs of one seed and repeat; the first ${warmUpSteps} steps of a trial are in no figure but "first"`,
      '  ',
    ),
    ...points.flatMap((point) => decisionLine(point)),
    '',
    ...phaseTable(points),
    '',
    ...eventLines(scaling),
    '',
    ...scaling.curves.flatMap(({ algorithm, fits, fitted }) => fitLines(algorithm, fits, fitted?.model)),
    ...costLines(scaling),
    '',
    ...limits.map((limit) => wrap(limit, '  ')),
    ...(conclusion === 'inconclusive' ? [wrap(`inconclusive: ${reason}`, '  ')] : []),
    '',
    wrap(sourcesParagraph(sources)),
    '',
    wrap(`cluster: ${cluster}`, '  '),
  ]
}

function speedTable(points: readonly ScalingPoint[]): string[] {
  const header = ['nodes', 'p50(ms)', 'p95', 'p99', 'first', 'rows/s', 'MB/s', 'speedup', 'eff', 'n']
  const labelOf = labelsOf(points)
  const rows = points.map(({ oversubscribed, stepSeconds, speedup, trials, ...point }) => [
    labelOf(point) + (oversubscribed ? ' *' : ''),
    milliseconds(stepSeconds.p50.value),
    digits(1e3 * stepSeconds.p95.value, 3),
    digits(1e3 * stepSeconds.p99.value, 3) + (stepSeconds.p99.interval[1] === null ? '+' : ''),
    digits(1e3 * point.firstStepSeconds, 3),
    digits(point.samplesPerSecond, 4),
    digits(point.bytesPerSecond / 1e6, 2),
    speedup ? `${speedup.ratio.toFixed(2)}x` : 'base',
    speedup ? speedup.efficiency.toFixed(2) : '–',
    String(trials.length),
  ])
  const align = header.map((_, column) => (column === 0 ? ('left' as const) : ('right' as const)))
  const notes = [
    points.some(({ stepSeconds }) => stepSeconds.p99.interval[1] === null)
      ? 'steps in ms; + too few of them for an upper bound of p99 (299)'
      : '',
    points.some(({ oversubscribed }) => oversubscribed) ? '* oversubscribed: more ranks than cores' : '',
  ].filter((note) => note !== '')
  return [formatTable(header, rows, align), ...notes.map((note) => `  ${note}`)]
}

/** `4`, and where there are several algorithms `4 ring`: names of arms may be long. */
function labelsOf(
  points: readonly ScalingPoint[],
): (point: Pick<ScalingPoint, 'nodes' | 'ranks' | 'algorithm'>) => string {
  const several = new Set(points.filter(({ ranks }) => ranks > 1).map(({ algorithm }) => algorithm)).size > 1
  return ({ nodes, ranks, algorithm }) => (several && ranks > 1 ? `${nodes} ${algorithm}` : String(nodes))
}

/** The median with its interval, or where it has none every trial. */
function decisionLine({ arm, speedup, trials }: ScalingPoint): string[] {
  if (speedup === null) return []
  const { ratio, interval, decision, reason, base } = speedup
  const [lower, upper] = interval
  const each = trials.map((trial) => trial.speedup?.toFixed(2) ?? '–').join(', ')
  const range =
    lower === null || upper === null
      ? `trials ${each}`
      : `95 % ${lower.toFixed(2)} to ${upper.toFixed(2)} by order statistics of ${speedup.pairs} pairs`
  const why = reason === null ? '' : `, ${reason}`
  return [wrap(`${arm} against ${base}: ${ratio.toFixed(2)}x (${range}): ${decision}${why}`, '  ')]
}

/** Mean milliseconds a step, an arm a column; what no arm has is left out. */
function phaseTable(points: readonly ScalingPoint[]): string[] {
  const labelOf = labelsOf(points)
  const recorded = points.flatMap((point) => (point.phases ? [{ label: labelOf(point), phases: point.phases }] : []))
  if (recorded.length === 0) return ['no phases were recorded']
  const shown = [...PHASES, 'rest' as const].filter((phase) =>
    recorded.some(({ phases }) => phase === 'rest' || Math.abs(phases[phase]) >= 5e3),
  )
  const totalOf = (phases: NonNullable<ScalingPoint['phases']>): number =>
    PHASES.reduce((sum, phase) => sum + phases[phase], 0)
  const worst = Math.max(...recorded.map(({ phases }) => Math.abs(phases.rest) / totalOf(phases)))
  return [
    ...columnsThatFit(recorded).map((some) => {
      const header = ['ms a step', ...some.map(({ label }) => label)]
      const rows = shown.map((phase) => [phase, ...some.map(({ phases }) => (phases[phase] / 1e6).toFixed(2))])
      return formatTable(header, rows, ['left', ...some.map(() => 'right' as const)])
    }),
    wrap(
      `means over nodes, steps and trials, warm-up included; phases come to the step within ${(100 * worst).toFixed(2)} %`,
      '  ',
    ),
  ]
}

const COLUMNS = 80
const PHASE_LETTERS = 9
const NUMBER_LETTERS = 8

/** In parts that are no wider than a terminal. */
function columnsThatFit<T extends { readonly label: string }>(points: readonly T[]): T[][] {
  const parts: T[][] = [[]]
  let width = PHASE_LETTERS
  for (const point of points) {
    const own = 2 + Math.max(NUMBER_LETTERS, point.label.length)
    if (width + own > COLUMNS) {
      parts.push([])
      width = PHASE_LETTERS
    }
    parts[parts.length - 1].push(point)
    width += own
  }
  return parts
}

function eventLines({ stragglers, spikes, points }: Scaling): string[] {
  const late = stragglers.map(
    ({ arm, node, lastShare, steps, behindSeconds }) =>
      `straggler: node ${node} of ${arm} is last in ${Math.round(100 * lastShare)} % of ${steps} steps, ${milliseconds(behindSeconds)} ms behind the median node`,
  )
  const slow = spikes.map(({ arm, count, steps, fenceSeconds, shareOfTime, longest: [worst] }) => {
    const cause = worst.phase === null ? '' : `, most of it in ${worst.phase} of node ${worst.node}`
    return `spikes: ${count} of ${steps} steps of ${arm} above ${milliseconds(fenceSeconds)} ms, ${Math.round(100 * shareOfTime)} % of its time, all counted; the longest ${milliseconds(worst.seconds)} ms (${worst.trial}, step ${worst.step}${cause})`
  })
  const dear = points.filter(({ firstStepSeconds, stepSeconds }) => firstStepSeconds > 1.5 * stepSeconds.p50.value)
  const first = dear.map(
    ({ arm, firstStepSeconds, stepSeconds }) =>
      `first step: ${arm} takes ${(firstStepSeconds / stepSeconds.p50.value).toFixed(1)} times its median for it`,
  )
  const all = [...late, ...slow, ...first].map((line) => wrap(line, '  '))
  return all.length === 0 ? ['no stragglers, no spikes, no dear first step'] : all
}

function fitLines(algorithm: string, fits: readonly ModelFit[], best: string | undefined): string[] {
  if (fits.length === 0) return []
  const rows = fits.map(({ model, coefficients, heldOutError, heldOut, notTold, reason }) => [
    model + (model === best ? ' <' : ''),
    heldOutError === null ? '–' : `${(100 * heldOutError).toFixed(1)} %`,
    heldOut === null ? '–' : `${(100 * Math.max(...heldOut.map(({ error }) => error))).toFixed(1)} %`,
    reason ?? termsText(coefficients ?? {}) + (notTold.length > 0 ? `; ${notTold.join(', ')} not told apart` : ''),
  ])
  return [formatTable([algorithm, 'held out', 'worst', 'coefficients'], rows, ['left', 'right', 'right', 'left'])]
}

function termsText(coefficients: Readonly<Record<string, number>>): string {
  return Object.entries(coefficients)
    .map(([term, value]) => `${term} ${digits(value, 3)}`)
    .join(', ')
}

function costLines({ points, pricePerNodeHour }: Scaling): string[] {
  if (pricePerNodeHour === null) return []
  const currency = pricePerNodeHour.split(' ')[1] ?? ''
  const costs = points.map(({ arm, costPerMillionRows }) => `${arm} ${digits(costPerMillionRows ?? 0, 3)}`)
  return [wrap(`${currency} for a million rows, at ${pricePerNodeHour} for a node and hour: ${costs.join(', ')}`, '  ')]
}

/** The paragraph of section 41.8's five sources. */
function sourcesParagraph(sources: Scaling['sources']): string {
  const of = (standing: string): string =>
    sources
      .filter((one) => one.standing === standing)
      .map(({ source, why }) => `${source} (${why})`)
      .join('; ')
  return `Of the five sources of variation, controlled: ${of('controlled') || 'none'}. Only reported: ${of('only reported') || 'none'}.`
}

function milliseconds(seconds: number): string {
  return digits(1e3 * seconds, 4)
}

/** At most so many significant digits, never as a power. */
function digits(value: number, count: number): string {
  if (value === 0) return '0'
  const places = Math.max(0, Math.min(12, count - 1 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toFixed(places)
}

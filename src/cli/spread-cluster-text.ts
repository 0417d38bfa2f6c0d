import { clusterLine, type LocalCluster } from '../record/host.ts'
import type { NoiseFloor } from '../record/noise-floor.ts'
import { AXES, type Axis, type AxisName } from '../spread/axes.ts'
import { type Envelope, WIDE_LOSS } from '../spread/envelopes.ts'
import type { SpreadStudy } from '../study/spread-schema.ts'
import type { AxesRecord } from './spread-cluster.ts'
import { scientific } from './spread-text.ts'
import type { TrainingRecord } from './spread-training.ts'
import { formatTable, wrap } from './table.ts'

/** What `spread --cluster` found. */
export interface ClusterFindings {
  readonly study: SpreadStudy
  readonly cluster: LocalCluster
  readonly axes: AxesRecord | null
  readonly envelopes: TrainingRecord | null
  readonly noiseFloor: NoiseFloor | null
}

/** Tables and sentences of at most 80 columns. */
export function clusterText({ study, cluster, axes, envelopes, noiseFloor }: ClusterFindings): string {
  return [
    wrap(study.purpose),
    ...(axes === null ? [] : axesLines(axes)),
    ...(envelopes === null ? [] : trainingLines(study, envelopes)),
    ...(noiseFloor === null ? [] : floorLines(noiseFloor)),
    '',
    wrap(`cluster: ${clusterLine(cluster)}`, '  '),
  ].join('\n')
}

const SHORT: Record<AxisName, string> = {
  ranks: 'ranks',
  calls: 'calls',
  launches: 'fresh',
  chunking: 'chunks',
  nodeCount: 'nodes',
  arrival: 'arrival',
}
const LONG: Record<AxisName | 'order', string> = {
  ranks: 'ranks agree',
  calls: 'call to call',
  launches: 'fresh processes',
  chunking: 'message size and chunking',
  nodeCount: 'node count',
  arrival: 'arrival',
  order: 'order (the algorithm)',
}

function axesLines(record: AxesRecord): string[] {
  return [
    '',
    ...record.sets.map((set) => wrap(setText(set), '  ')),
    wrap(
      `${counted(record.launches, 'launch', 'es')} of fresh processes, ${counted(record.calls, 'call')} in each; chunking: messages of ${record.chunking.segmentBytes} bytes, and ${record.chunking.buckets} buckets`,
      '  ',
    ),
    ...record.overAll.flatMap(({ arithmetic, axes }) => [
      '',
      `axes under ${arithmetic}`,
      axisTable(record, arithmetic),
      '',
      `all algorithms under ${arithmetic}`,
      ...[...AXES, 'order' as const].map((name) => `  ${LONG[name].padEnd(26)}${axisText(axes[name])}`),
      `  ${'adapter and driver'.padEnd(26)}not tested`,
    ]),
    '',
    'all results of one sum, in whatever order',
    resultTable(record),
    '',
    'distance from the exact sum, in units of u·Σ|x| (u = 2^-24)',
    errorTable(record),
    wrap('k: additions on the longest way to the result; γ: the bound γ_k / u of the largest distance', '  '),
    '',
    'cancellation probe: {1e8, 1, -1e8, 1} in all 24 placements on 4 ranks',
    probeTable(record),
  ]
}

function trainingLines({ orders, training }: SpreadStudy, found: TrainingRecord): string[] {
  const { loss, growth, evaluations, firstStepApart, lossApartStep, distinctWeights, distinctOrders, metric } = found
  const rows = growth.map(({ step, distance, distinct }) => {
    const evaluation = evaluations.find((one) => one.step === step)
    return [
      String(step),
      loss[step - 1]?.greatest.toPrecision(5) ?? '–',
      widthText(loss[step - 1]),
      ...(metric === 'final-loss' ? [] : [accuracyText(evaluation?.accuracy ?? null)]),
      distance === 0 ? '0' : scientific(distance, 1),
      String(distinct),
    ]
  })
  const accuracy = metric === 'final-loss' ? [] : ['test accuracy']
  const header = ['step', 'batch loss', 'width', ...accuracy, 'max|Δw|/max|w|', 'distinct']
  const wide =
    lossApartStep === null
      ? ` Batch losses stay within ${scientific(WIDE_LOSS, 0)}.`
      : ` Batch losses are further apart than ${scientific(WIDE_LOSS, 0)} from step ${lossApartStep} on: there an order went another way.`
  const parting =
    firstStepApart === null
      ? 'No step parts them.'
      : `Weights are first apart after step ${firstStepApart}; at the end ${distinctWeights} of ${found.orders} orders have weights of their own.${wide}`
  return [
    '',
    wrap(
      `training under ${found.orders} orders (${distinctOrders} different as witnessed) on ${orders?.nodes} nodes, ${training?.steps} steps: least and greatest over orders`,
      '  ',
    ),
    formatTable(
      header,
      rows,
      header.map(() => 'right'),
    ),
    wrap(parting, '  '),
    wrap(finalsText(found), '  '),
    ...(metric === 'final-loss' ? [wrap(swallowedText(found), '  ')] : []),
  ]
}

/** The metric that each order ended with, equal ones together. */
function finalsText({ metric, algorithms, finals }: TrainingRecord): string {
  const byValue = Map.groupBy(algorithms, (_, i) => finals[i])
  const groups = [...byValue].map(([value, names]) => `${Number(value.toPrecision(9))} (${names.join(', ')})`)
  return `Final ${metric.replace('-', ' ')}: ${groups.join('; ')}.`
}

/** Why a final loss shows so little of what became of the weights. */
function swallowedText({ finals, evaluations, growth }: TrainingRecord): string {
  const [least, greatest] = [Math.min(...finals), Math.max(...finals)]
  const last = evaluations[evaluations.length - 1].loss
  const distance = growth[growth.length - 1].distance
  const relative = (a: number, b: number): string => (a === b ? '0' : scientific((b - a) / b, 1))
  return (
    `The final loss swallows it: weights are ${scientific(distance, 1)} apart, the f32 losses ${relative(least, greatest)} ` +
    `(${new Set(finals).size} different of ${finals.length}). Near its minimum the loss is flat: in float64 the losses of these weights are ` +
    `${relative(last.least, last.greatest)} apart, and at the minimum itself only the square of the weights' distance would be left, ${scientific(distance ** 2, 0)}. ` +
    `An f32 mean has steps of ${scientific(2 ** -24, 0)} to ${scientific(2 ** -23, 0)} of itself, so it shows nothing of that.`
  )
}

function floorLines(floor: NoiseFloor): string[] {
  const { metric, value, interval, range, orders, resolution, multiple, limit, falseAlarmRate } = floor
  const isAccuracy = metric === 'test-accuracy'
  const text = (figure: number): string => (isAccuracy ? figure.toFixed(5) : scientific(figure, 1))
  const bounds = interval.map((bound) => (bound === null ? '?' : text(bound))).join(', ')
  const least = isAccuracy
    ? `one test image is ${text(resolution)}`
    : `the f32 spacing of the loss is ${text(resolution)}`
  const sentence =
    `The smallest ${isAccuracy ? 'accuracy' : 'loss'} difference that means anything here: ${text(limit)}. It is the larger of ${multiple} × the noise floor ` +
    `${text(value)} (99th percentile of |difference| between two of ${orders} orders, 95 % interval [${bounds}], max − min ${text(range)}) and what the metric can show (${least}). ` +
    `Two orders would exceed it in ${scientific(falseAlarmRate, 0)} of comparisons, were the metric normal. noise-floor.json keeps it; later runs of this training are held against it.`
  return ['', wrap(sentence, '  ')]
}

/** Greatest − least over the greatest. */
function widthText(envelope: Envelope | undefined): string {
  if (envelope === undefined) return '–'
  const { least, greatest } = envelope
  return least === greatest ? '0' : scientific((greatest - least) / greatest, 1)
}

function accuracyText(accuracy: Omit<Envelope, 'step'> | null): string {
  if (accuracy === null) return '–'
  const { least, greatest } = accuracy
  return least === greatest ? least.toFixed(4) : `${least.toFixed(4)} … ${greatest.toFixed(4)}`
}

function setText({
  name,
  dtype,
  elements,
  contributions,
  largestChange,
  allEqual,
}: AxesRecord['sets'][number]): string {
  const rounded =
    dtype === 'float64' ? `, rounded from f64 (by ${scientific(largestChange, 1)} of a number at most)` : ''
  const equal = allEqual ? '; all numbers are equal' : ''
  return `${name}: ${contributions} contributions of ${elements} f32${rounded}${equal}`
}

function axisTable({ byAlgorithm }: AxesRecord, arithmetic: string): string {
  const own = byAlgorithm.filter((row) => row.arithmetic === arithmetic)
  const rows = own.map(({ algorithm, axes }) => [algorithm, ...AXES.map((name) => shortAxis(axes[name]))])
  const trials = ['n of each', ...AXES.map((name) => String(Math.max(...own.map(({ axes }) => axes[name].trials))))]
  return formatTable(['algorithm', ...AXES.map((name) => SHORT[name])], [...rows, trials], leftThenRight(AXES.length))
}

function shortAxis({ outcome, ulpMax }: Axis): string {
  switch (outcome) {
    case 'bitwise':
      return 'bitwise'
    case 'within-ulp':
      return `≤${ulpMax} ULP`
    case 'varies':
      return 'varies'
    case 'not-tested':
      return '–'
  }
}

function axisText({ outcome, trials, bound, ulpMax, spread }: Axis): string {
  const apart = spread === null ? '' : `, spread ${spread.toPrecision(2)} u·Σ|x|`
  switch (outcome) {
    case 'bitwise':
      return `bitwise (n = ${trials}; others at most ${scientific(bound ?? 1, 0)})`
    case 'within-ulp':
      return `≤ ${ulpMax} ULP${apart} (n = ${trials})`
    case 'varies':
      return `varies, ${ulpMax === null ? 'by rank' : `${ulpText(ulpMax)} ULP`}${apart} (n = ${trials})`
    case 'not-tested':
      return 'not tested'
  }
}

function resultTable({ results, sets }: AxesRecord): string {
  const header = ['ranks', 'arithmetic', 'distinct', 'of', 'differ', 'ULP p50', 'p99', 'max', 'first']
  const several = sets.length > 1
  const rows = results.map(({ set, ranks, arithmetic, allReduces, distinct, differing, elements, ulp, first }) => [
    ...(several ? [set] : []),
    String(ranks),
    arithmetic,
    String(distinct),
    String(allReduces),
    `${((100 * differing) / elements).toFixed(1)} %`,
    ulpText(ulp.p50),
    ulpText(ulp.p99),
    ulpText(ulp.max),
    first === null ? '–' : String(first.element),
  ])
  return formatTable(several ? ['set', ...header] : header, rows, leftThenRight(header.length - (several ? 0 : 1)))
}

function errorTable({ errors, sets }: AxesRecord): string {
  const most = Math.max(...errors.map(({ ranks }) => ranks))
  const several = sets.length > 1
  const rows = errors
    .filter(({ ranks }) => ranks === most)
    .map(({ set, algorithm, arithmetic, max, p99, depth, bound }) => [
      ...(several ? [set] : []),
      algorithm,
      arithmetic,
      max.toFixed(3),
      p99.toFixed(3),
      String(depth),
      bound === null ? '–' : bound.toFixed(3),
    ])
  const header = [...(several ? ['set'] : []), `on ${most} ranks`, 'arithmetic', 'max', 'p99', 'k', 'γ']
  const left = several ? 3 : 2
  return formatTable(
    header,
    rows,
    header.map((_, column) => (column < left ? 'left' : 'right')),
  )
}

function probeTable({ probes }: AxesRecord): string {
  const groups = Map.groupBy(probes, ({ arithmetic, sums, kind }) => `${arithmetic}\0${sums.join(', ')}\0${kind}`)
  return [...groups.values()]
    .map((own) => {
      const [{ arithmetic, sums, kind }] = own
      const names = own.map(({ algorithm }) => algorithm).join(', ')
      return wrap(`  ${arithmetic.padEnd(12)}{${sums.join(', ')}}: ${kind}: ${names}`, ' '.repeat(14))
    })
    .join('\n')
}

function counted(count: number, noun: string, ending = 's'): string {
  return `${count} ${noun}${count === 1 ? '' : ending}`
}

function ulpText(ulp: number): string {
  if (!Number.isFinite(ulp)) return 'NaN'
  return ulp < 1e5 ? String(ulp) : scientific(ulp, 1)
}

function leftThenRight(others: number): ('left' | 'right')[] {
  return ['left', ...Array.from({ length: others }, () => 'right' as const)]
}

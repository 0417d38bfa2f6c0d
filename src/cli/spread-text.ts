import type { ArraySpread } from '../spread/array-spread.ts'
import type { Exercise } from '../spread/exercise.ts'
import type { ConditionFit, Median, Point, Trend } from '../spread/points.ts'
import { formatTable, wrap } from './table.ts'

/** What `spread --orders` found. */
export interface ExerciseFindings {
  readonly exercise: Exercise
  readonly wallSeconds: number
  readonly arrays: readonly ArraySpread[]
  readonly points: readonly Point[]
  readonly trends: readonly Trend[]
  readonly conditionFit: ConditionFit | null
  readonly rule: {
    readonly multiple: number
    readonly falseAlarmRate: number
    /** Of the held-out pairs, whose floor comes from half of the orders. */
    readonly heldOutRate: number | null
  }
}

/** The exercise as tables and sentences of at most 80 columns. */
export function exerciseText(found: ExerciseFindings): string {
  const { exercise, arrays, points } = found
  const { orders, count, fraction, rankCount, numpy } = exercise
  const [{ adversarial, algorithms }] = arrays
  const stream = numpy ? "NumPy's permutations" : 'Threefry permutations'
  const header = [
    `${orders} random orders (${stream}) of ${count} f64, ${fraction.numerator}/${fraction.denominator} of them times the mix`,
    `every figure is the median over ${exercise.arrays} array${exercise.arrays === 1 ? '' : 's'}; [ ] its 95 % interval, ? where too few`,
    'exact: a superaccumulator, rounded once; κ = Σ|x| / |Σx|',
    `sorted: up and down, by value and by magnitude; algorithms: ${algorithms.trees} trees over ${rankCount} ranks; adversarial: greedy window search, ${adversarial.evaluations} orders, a lower bound of the widest`,
  ].map((line) => wrap(`# ${line}`, '#   '))
  const kinds = [...Map.groupBy(points, ({ values }) => values)]
  return [
    ...header,
    ...kinds.map(
      ([values, own]) => `\n${values}\n${randomTable(own)}\n\nspread over |exact|, by kind of order\n${kindTable(own)}`,
    ),
    '',
    ...sentences(found).map((line) => wrap(line, '  ')),
  ].join('\n')
}

function randomTable(points: readonly Point[]): string {
  const header = ['mix', '|mean|', 's', 'spread', '/|mean|', '/|exact|', '/Σ|x|', 'κ']
  const rows = points.map(({ mix, mean, sd, spread, overMean, overExact, overMagnitude, condition }) => [
    scientific(mix, 0),
    ...[mean, sd, spread, overMean, overExact, overMagnitude, condition].map((median) => medianText(median)),
  ])
  return formatTable(
    header,
    rows,
    header.map(() => 'right'),
  )
}

function kindTable(points: readonly Point[]): string {
  const header = ['mix', 'random', '[95 %]', 'algorithms', 'sorted', 'adversarial', 'floor']
  const rows = points.map((point) => [
    scientific(point.mix, 0),
    medianText(point.overExact, 1),
    intervalText(point.overExact),
    medianText(point.algorithmsOverExact, 1),
    medianText(point.sortedOverExact, 1),
    medianText(point.adversarialOverExact, 1),
    medianText(point.floorOverExact, 1),
  ])
  return formatTable(
    header,
    rows,
    header.map(() => 'right'),
  )
}

function sentences(found: ExerciseFindings): string[] {
  return [
    ...equalSentences(found.points),
    ...found.trends.map(trendSentence),
    ...conditionSentence(found.conditionFit),
    ...magnitudeSentence(found.points),
    ...kindSentence(found.points),
    ruleSentence(found),
    timeSentence(found),
  ]
}

function equalSentences(points: readonly Point[]): string[] {
  return points
    .filter(({ allEqual }) => allEqual)
    .map(
      ({ values, mix }) =>
        `${values} × ${scientific(mix, 0)}: all numbers are equal, so every permutation adds the same: spread 0.`,
    )
}

function trendSentence({ values, from, to, direction }: Trend): string {
  const ends = `${medianText(from.overExact, 1)} at mix ${scientific(from.mix, 0)}, ${medianText(to.overExact, 1)} at ${scientific(to.mix, 0)}`
  const said = 'that relative spread grows with dynamic range'
  switch (direction) {
    case 'grows':
      return `${values}: the textbook's sentence ${said} holds here: ${ends}.`
    case 'falls':
      return `${values}: the textbook's sentence ${said} does not hold here, it falls: ${ends}.`
    case 'unclear':
      return `${values}: the textbook's sentence ${said} is not confirmed here, the intervals meet: ${ends}.`
    case 'too-few':
      return `${values}: too few arrays to say whether it grows with dynamic range: ${ends}.`
  }
}

function conditionSentence(fit: ConditionFit | null): string[] {
  if (fit === null) return []
  const { slope, rSquared, arrays } = fit
  return [
    `Over all ${arrays} arrays spread/|exact| goes with κ to the power ${slope.toFixed(2)} (log–log fit, R² ${rSquared.toFixed(2)})${rSquared >= 0.5 ? ': κ sets the level' : ''}.`,
  ]
}

function magnitudeSentence(points: readonly Point[]): string[] {
  const levels = points.flatMap(({ overMagnitude }) =>
    overMagnitude && overMagnitude.value > 0 ? [overMagnitude.value] : [],
  )
  if (levels.length < 2) return []
  const [least, most] = [Math.min(...levels), Math.max(...levels)]
  return [`Over Σ|x| the spread is ${scientific(least, 1)} to ${scientific(most, 1)} at every point.`]
}

function kindSentence(points: readonly Point[]): string[] {
  const ratiosOf = (figure: (point: Point) => Median): number[] =>
    points.flatMap((point) => {
      const [kind, random] = [figure(point), point.overExact]
      return kind && random && random.value > 0 ? [kind.value / random.value] : []
    })
  const text = (ratios: readonly number[]): string =>
    `${scientific(Math.min(...ratios), 0)} to ${scientific(Math.max(...ratios), 0)}`
  const sorted = ratiosOf(({ sortedOverExact }) => sortedOverExact)
  if (sorted.length === 0) return []
  const algorithms = ratiosOf(({ algorithmsOverExact }) => algorithmsOverExact)
  const adversarial = ratiosOf(({ adversarialOverExact }) => adversarialOverExact)
  return [
    `Times the spread of random orders: the algorithms' trees ${text(algorithms)}, sorted orders ${text(sorted)}, adversarial ones ${text(adversarial)}.`,
  ]
}

function ruleSentence({ exercise, points, rule }: ExerciseFindings): string {
  const pairs = points.reduce((sum, { heldOut }) => sum + heldOut.pairs, 0)
  const beyond = points.reduce((sum, { heldOut }) => sum + heldOut.beyond, 0)
  const bound = beyond === 0 ? `, at most ${scientific(3 / pairs, 0)} with 95 % confidence` : ''
  const { multiple, falseAlarmRate, heldOutRate } = rule
  const measured =
    pairs === 0 || heldOutRate === null
      ? ''
      : `; of held-out pairs, with a floor from half of the orders, ${beyond} of ${pairs} did${bound} (calculated: ${scientific(heldOutRate, 0)})`
  return `Rule: a difference is real when it exceeds ${multiple} × the floor, the 99th percentile of |difference| between two random orders; two orders of the same numbers do in ${scientific(falseAlarmRate, 0)} of comparisons (normal sums, floor from ${exercise.orders} orders)${measured}.`
}

function timeSentence({ exercise, arrays, wallSeconds }: ExerciseFindings): string {
  const orders = arrays.length * exercise.orders
  const total = (part: 'drawing' | 'adding' | 'values'): number =>
    arrays.reduce((sum, { seconds }) => sum + seconds[part], 0)
  const ms = (seconds: number, count: number): string => `${((1000 * seconds) / count).toFixed(2)} ms`
  return `Time: ${wallSeconds.toFixed(1)} s; numbers ${ms(total('values'), arrays.length)} an array, drawing ${ms(total('drawing'), orders)} and adding ${ms(total('adding'), orders)} an order, of one thread.`
}

function medianText(median: Median, digits = 2): string {
  return median === null ? '–' : scientific(median.value, digits)
}

function intervalText(median: Median): string {
  return median === null
    ? '–'
    : `[${median.interval.map((bound) => (bound === null ? '?' : scientific(bound, 1))).join(', ')}]`
}

/** `1.64e-01`, as Python prints it. */
export function scientific(value: number, digits: number): string {
  return value.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2')
}

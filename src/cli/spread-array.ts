import { appendFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { ReducibleError } from '../core/errors.ts'
import { SEED_MAX } from '../core/seeds.ts'
import { codeState } from '../record/code-state.ts'
import { prettyJson, writeAtomically } from '../record/files.ts'
import { captureHost } from '../record/host.ts'
import { makeUniqueFolder } from '../record/run-folder.ts'
import { spreadChart } from '../report/spread-chart.ts'
import { type ArraySpread, FLOOR_QUANTILE, REAL_MULTIPLE } from '../spread/array-spread.ts'
import { BOOK_ARRAY, type BookTable, bookTable } from '../spread/book.ts'
import { type Exercise, runExercise } from '../spread/exercise.ts'
import { conditionFit, pointsOf, trendsOf } from '../spread/points.ts'
import { type ArraySpec, parseFraction } from '../spread/values.ts'
import { pairFalseAlarmRate } from '../stats/pair-differences.ts'
import { VALUE_NAMES, type ValueName } from '../study/value-names.ts'
import type { CommandResult } from './command.ts'
import { ProgressLine } from './progress.ts'
import type { SpreadOptions } from './spread.ts'
import { exerciseText, scientific } from './spread-text.ts'
import { formatTable, wrap } from './table.ts'

const MOST_ORDERS = 10_000
const MOST_ELEMENTS = 1e8

/** `--book`: the published table, or another array in its four orders. */
export function bookCommand(options: SpreadOptions): CommandResult {
  return bookResult(bookArrayOf(options))
}

/** `--orders K`: the exercise. */
export function exerciseCommand(options: SpreadOptions, signal: AbortSignal): Promise<CommandResult> {
  return exerciseResult(exerciseOf(options), options.out, signal)
}

function bookArrayOf({ mix = String(BOOK_ARRAY.mix), fraction, count, seed }: SpreadOptions): ArraySpec {
  return {
    values: 'normal',
    mix: numberOf(mix, '--mix'),
    fraction: parseFraction(fraction),
    count: countOf(count),
    seed: seedOf(seed, 1),
  }
}

function bookResult(spec: ArraySpec): CommandResult {
  const table = bookTable(spec)
  const { sums, exact, maxSpread, relativeSpread } = table
  if (!Number.isFinite(exact) || !Number.isFinite(maxSpread)) {
    throw new ReducibleError('usage', `--mix ${spec.mix} makes sums that are not finite`, {
      remedy: 'choose a smaller --mix',
    })
  }
  const printed = {
    ascending: String(sums.ascending),
    descending: String(sums.descending),
    order_a: String(sums.order_a),
    order_b: String(sums.order_b),
    max_spread: scientific(maxSpread, 6),
    relative_spread: relativeSpread === null ? 'none: the exact sum is 0' : scientific(relativeSpread, 2),
  }
  return {
    text: bookText(spec, table, printed),
    json: { array: spec, exact, ...sums, maxSpread, relativeSpread, printed },
  }
}

function bookText(
  { count, seed, mix, fraction }: ArraySpec,
  { exact }: BookTable,
  printed: Record<string, string>,
): string {
  const { numerator, denominator } = fraction
  return [
    wrap(
      `# ${count} normals of NumPy's default_rng(${seed}), ${numerator}/${denominator} of them times ${scientific(mix, 0)}; left-to-right sums in f64`,
      '#   ',
    ),
    formatTable(['order', 'sum'], Object.entries(printed), ['left', 'right']),
    '',
    wrap(`exact sum ${exact}: every bit kept in a superaccumulator, rounded once`, '  '),
    'relative spread = max spread / |exact sum|',
  ].join('\n')
}

function exerciseOf(options: SpreadOptions): Exercise {
  const { mix = '1,1e2,1e4,1e8,1e12' } = options
  const orders = wholeNumber(options.orders ?? '', '--orders', 2)
  if (orders > MOST_ORDERS) {
    throw new ReducibleError('usage', `--orders must be at most ${MOST_ORDERS} (got ${orders})`)
  }
  const count = countOf(options.count)
  const arrays = wholeNumber(options.arrays, '--arrays', 1)
  const rankCount = wholeNumber(options.ranks, '--ranks', 1)
  if (rankCount > count) {
    throw new ReducibleError('usage', `--ranks ${rankCount} leaves ranks without an element of --count ${count}`)
  }
  return {
    values: valuesOf(options.values),
    mixes: unique(
      mix.split(',').map((text) => numberOf(text, '--mix')),
      '--mix',
    ),
    fraction: parseFraction(options.fraction),
    count,
    orders,
    arrays,
    rankCount,
    seed: seedOf(options.seed, arrays),
    numpy: options.numpy === true,
  }
}

async function exerciseResult(exercise: Exercise, out: string, signal: AbortSignal): Promise<CommandResult> {
  const folder = makeUniqueFolder(join(resolve(out), 'runs', 'spread'), codeState())
  const progress = new ProgressLine()
  const arrayCount = exercise.values.length * exercise.mixes.length * exercise.arrays
  const startedMs = performance.now()
  const host = captureHost()
  let measured = 0
  const write = (status: string, results: object): void =>
    writeAtomically(join(folder, 'spread.json'), prettyJson({ schemaVersion: 1, status, host, exercise, ...results }))
  write('running', {})
  progress.showCount('spread: array', 0, arrayCount)
  let arrays: ArraySpread[]
  try {
    arrays = await runExercise(exercise, signal, (array, sums) => {
      const { values, mix, seed } = array
      appendFileSync(join(folder, 'samples.jsonl'), `${JSON.stringify({ values, mix, seed, ...sums })}\n`)
      progress.showCount('spread: array', ++measured, arrayCount)
    })
  } catch (thrown) {
    write(signal.aborted ? 'interrupted' : 'failed', { arraysMeasured: measured })
    throw thrown
  } finally {
    progress.clear()
  }
  const wallSeconds = (performance.now() - startedMs) / 1000
  const points = pointsOf(arrays)
  const rule = {
    multiple: REAL_MULTIPLE,
    floorQuantile: FLOOR_QUANTILE,
    falseAlarmRate: falseAlarmRateOf(exercise.orders),
    heldOutRate: exercise.orders < 4 ? null : falseAlarmRateOf(Math.floor(exercise.orders / 2)),
  }
  const findings = { points, trends: trendsOf(points), conditionFit: conditionFit(arrays) ?? null, rule }
  const document = { host, exercise, wallSeconds, ...findings, arrays }
  write('done', document)
  writeFileSync(join(folder, 'spread.csv'), csvOf(arrays))
  const chart = await spreadChart(points, arrays)
  if (chart !== undefined) writeFileSync(join(folder, 'spread.svg'), chart)
  const files = `arrays, sums${chart === undefined ? '' : ', figure'}: ${relative('.', folder) || '.'}`
  return {
    text: `${exerciseText({ exercise, wallSeconds, arrays, ...findings })}\n${files}`,
    json: { ...document, folder },
  }
}

function falseAlarmRateOf(orders: number): number {
  return pairFalseAlarmRate(orders, FLOOR_QUANTILE, REAL_MULTIPLE)
}

/** @throws {ReducibleError} unwritable. */
function valuesOf(text: string): ValueName[] {
  if (text === 'all') return [...VALUE_NAMES]
  const names = text.split(',').map((name) => {
    const known = VALUE_NAMES.find((value) => value === name)
    if (known === undefined) {
      throw new ReducibleError('usage', `--values must be all, or of ${VALUE_NAMES.join(', ')} (got '${name}')`)
    }
    return known
  })
  return unique(names, '--values')
}

function unique<T>(items: readonly T[], flag: string): T[] {
  const twice = items.find((item, i) => items.indexOf(item) !== i)
  if (twice !== undefined) throw new ReducibleError('usage', `${flag} names ${twice} twice`)
  return [...items]
}

/** `1000000` or `1e6`. */
function countOf(text: string): number {
  const count = /^\d+(e\d{1,2})?$/.test(text) ? Number(text) : Number.NaN
  if (count === 0) throw new ReducibleError('usage', '--count must be at least 1: an empty array has one sum, 0')
  if (Number.isSafeInteger(count) && count <= MOST_ELEMENTS) return count
  throw new ReducibleError('usage', `--count must be a whole number from 1 to ${MOST_ELEMENTS} (got '${text}')`)
}

function wholeNumber(text: string, flag: string, least: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number) && number >= least) return number
  throw new ReducibleError('usage', `${flag} must be a whole number of at least ${least} (got '${text}')`)
}

/** The seed of the first of so many arrays. */
function seedOf(text: string, arrays: number): number {
  const seed = wholeNumber(text, '--seed', 0)
  if (seed + arrays - 1 <= SEED_MAX) return seed
  throw new ReducibleError(
    'usage',
    `--seed must be at most ${SEED_MAX + 1 - arrays} for that many arrays (got ${text})`,
  )
}

function numberOf(text: string, flag: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(number)) return number
  throw new ReducibleError('usage', `${flag} must be a finite number, like 1e8 (got '${text}')`)
}

const EXTENTS = ['random', 'sorted', 'algorithms', 'adversarial'] as const
const EXTENT_COLUMNS = ['spread', 'overExact', 'overMagnitude'] as const

/** A row an array. */
function csvOf(arrays: readonly ArraySpread[]): string {
  const header = [
    ...['values', 'mix', 'array', 'seed', 'count', 'exact', 'magnitude', 'condition'],
    ...['orders', 'distinct', 'mean', 'sd', 'overMean', 'floor'],
    ...EXTENTS.flatMap((kind) => EXTENT_COLUMNS.map((column) => `${kind}${column[0].toUpperCase()}${column.slice(1)}`)),
  ]
  const rows = arrays.map((array) => {
    const { values, mix, seed, count, exact, magnitude, condition, random } = array
    const { orders, distinct, mean, sd, overMean, floor } = random
    return [
      ...[values, mix, array.array, seed, count, exact, magnitude, condition],
      ...[orders, distinct, mean, sd, overMean, floor?.value ?? null],
      ...EXTENTS.flatMap((kind) => EXTENT_COLUMNS.map((column) => array[kind][column])),
    ]
  })
  return `${[header, ...rows].map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')}\n`
}

import { scheduleOf } from '../reduce/algorithms.ts'
import type { ArithmeticName } from '../reduce/arithmetics.ts'
import { type ParsedOrder, parseOrder, unpackOrders } from '../reduce/order.ts'
import { isArrivalOrdered } from '../reduce/schedule.ts'
import type { ExactElements } from './exact-elements.ts'
import type { ReducedOnce, Reductions } from './reductions.ts'
import { nearestRank, UNIT_ROUNDOFF, type Width, widthOf } from './width.ts'

/** In what two all-reduces of the same contributions differ, all else being equal. */
export const AXES = ['ranks', 'calls', 'launches', 'chunking', 'nodeCount', 'arrival'] as const
export type AxisName = (typeof AXES)[number]

/** Results that lie further apart than this are said to vary, and their spread is given. */
export const FEW_ULP = 16

/** What is known of one axis. */
export interface Axis {
  readonly outcome: 'bitwise' | 'within-ulp' | 'varies' | 'not-tested'
  /** Comparisons of two results: of every one after the first of its kind. */
  readonly trials: number
  /** Where all were equal: the share of others is at most this, with 95 % confidence (3/n, at most 1). */
  readonly bound: number | null
  /** The furthest two results lie apart in any element; null where a rank other than 0 held another result. */
  readonly ulpMax: number | null
  /** In units of u·Σ|x|. */
  readonly spread: number | null
}

export interface AxesOfAlgorithm {
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  readonly axes: Readonly<Record<AxisName, Axis>>
  /** Orders that were witnessed, over all rank counts and ways to carry it out. */
  readonly witnessedOrders: number
}

/** All algorithms together: each axis at its worst, and what the choice of the algorithm does. */
export interface AxesOverAll {
  readonly arithmetic: ArithmeticName
  readonly axes: Readonly<Record<AxisName | 'order', Axis>>
}

/** All results of one sum, in whatever order. */
export interface ResultsOfSum extends Width {
  readonly set: string
  readonly ranks: number
  readonly arithmetic: ArithmeticName
  readonly allReduces: number
}

/** How far an algorithm's results lie from the exact sum, in units of u·Σ|x| of the element. */
export interface ErrorOfAlgorithm {
  readonly set: string
  readonly ranks: number
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  readonly max: number
  readonly p99: number
  /** Additions on the longest way from a contribution to the result. */
  readonly depth: number
  /** γ_depth / u, which bounds `max`; null where sums are not rounded once per addition. */
  readonly bound: number | null
}

export interface AxesReport {
  readonly byAlgorithm: readonly AxesOfAlgorithm[]
  readonly overAll: readonly AxesOverAll[]
  readonly results: readonly ResultsOfSum[]
  readonly errors: readonly ErrorOfAlgorithm[]
}

/** Everything that is said of these all-reduces. @param exact by name of the contributions. */
export function axesReport(reductions: Reductions, exact: ReadonlyMap<string, ExactElements>): AxesReport {
  const comparer = new Comparer(reductions, exact)
  const kinds = groupsOf(reductions.all, ({ algorithm, arithmetic }) => [algorithm, arithmetic])
  const byAlgorithm = kinds.map((own): AxesOfAlgorithm => {
    const [{ algorithm, arithmetic }] = own
    const witnessedOrders = new Set(own.flatMap(({ certificates }) => certificates)).size
    return { algorithm, arithmetic, axes: comparer.axesOf(own), witnessedOrders }
  })
  return {
    byAlgorithm,
    overAll: groupsOf(byAlgorithm, ({ arithmetic }) => [arithmetic]).map((own) => {
      const [{ arithmetic }] = own
      const all = reductions.all.filter((one) => one.arithmetic === arithmetic)
      return { arithmetic, axes: { ...worstOf(own.map(({ axes }) => axes)), order: comparer.orderAxis(all) } }
    }),
    results: groupsOf(reductions.all, ({ set, ranks, arithmetic }) => [set, ranks, arithmetic]).map((own) => {
      const [{ set, ranks, arithmetic }] = own
      return { set, ranks, arithmetic, allReduces: own.length, ...comparer.width(own) }
    }),
    errors: groupsOf(reductions.all, (one) => [one.set, one.ranks, one.algorithm, one.arithmetic]).map((own) =>
      comparer.errorOf(own),
    ),
  }
}

/** All-reduces of which the results would be one, were it not for what is asked about. */
type Kin = readonly ReducedOnce[]

class Comparer {
  readonly #reductions: Reductions
  readonly #exact: ReadonlyMap<string, ExactElements>

  constructor(reductions: Reductions, exact: ReadonlyMap<string, ExactElements>) {
    this.#reductions = reductions
    this.#exact = exact
  }

  /** @param own all of one algorithm and arithmetic. */
  axesOf(own: Kin): AxesOfAlgorithm['axes'] {
    const plain = own.filter(({ variant }) => variant === 'plain')
    const first = plain.filter(({ call }) => call === 0)
    const firstOfAll = first.filter(({ launch }) => launch === first[0].launch)
    const others = own.filter(({ variant }) => variant !== 'plain')
    const samples = groupsOf(plain, ({ set, ranks }) => [set, ranks])
    const changes = isArrivalOrdered(scheduleOf(own[0].algorithm, 4, 2))
    return {
      ranks: this.#ranksAxis(own),
      calls: this.#axis(groupsOf(plain, ({ set, ranks, launch }) => [set, ranks, launch])),
      launches: this.#axis(groupsOf(first, ({ set, ranks }) => [set, ranks])),
      chunking: this.#axis(groupsOf([...firstOfAll, ...others], ({ set, ranks }) => [set, ranks])),
      nodeCount: this.#axis(groupsOf(firstOfAll, ({ set }) => [set])),
      // Where the order is not planned and yet only one came about, nothing was put to the test.
      arrival: this.#axis(changes ? samples.filter(haveSeveralOrders) : samples),
    }
  }

  /** The first all-reduce of each algorithm. @param all of one arithmetic. */
  orderAxis(all: Kin): Axis {
    const first = all.filter(({ variant, launch, call }) => variant === 'plain' && launch === 0 && call === 0)
    return this.#axis(groupsOf(first, ({ set, ranks }) => [set, ranks]))
  }

  width(kin: Kin): Width {
    const digests = [...new Set(kin.flatMap((one) => one.digests))]
    const results = digests.flatMap((digest) => this.#reductions.results.get(digest) ?? [])
    return { ...widthOf(results, this.#exactOf(kin)), distinct: digests.length }
  }

  errorOf(kin: Kin): ErrorOfAlgorithm {
    const [{ set, ranks, algorithm, arithmetic }] = kin
    const { sum, magnitude } = this.#exactOf(kin)
    const worst = new Float64Array(sum.length)
    for (const digest of new Set(kin.flatMap(({ digests }) => digests))) {
      const result = this.#reductions.results.get(digest)
      for (let i = 0; result !== undefined && i < sum.length; i++) {
        const error = magnitude[i] === 0 ? 0 : Math.abs(result[i] - sum[i]) / magnitude[i] / UNIT_ROUNDOFF
        worst[i] = Math.max(worst[i], Number.isNaN(error) ? Number.POSITIVE_INFINITY : error)
      }
    }
    worst.sort()
    const certificates = new Set(kin.flatMap((one) => one.certificates))
    const depths = [...certificates].map((certificate) => depthOf(this.#reductions.orders.get(certificate) ?? '0'))
    const depth = Math.max(...depths)
    const bound = boundOf(arithmetic, depth)
    return {
      set,
      ranks,
      algorithm,
      arithmetic,
      max: worst[worst.length - 1],
      p99: nearestRank(worst, 0.99),
      depth,
      bound,
    }
  }

  #ranksAxis(own: Kin): Axis {
    const trials = own.reduce((sum, { digests }) => sum + digests.length - 1, 0)
    const agree = own.every(({ digests }) => digests.every((digest) => digest === digests[0]))
    return agree ? bitwise(trials) : { outcome: 'varies', trials, bound: null, ulpMax: null, spread: null }
  }

  #axis(kins: readonly Kin[]): Axis {
    const compared = kins.filter((kin) => kin.length > 1)
    const trials = compared.reduce((sum, kin) => sum + kin.length - 1, 0)
    if (trials === 0) return NOT_TESTED
    const apart = compared.filter((kin) => kin.some(({ digests }) => digests[0] !== kin[0].digests[0]))
    if (apart.length === 0) return bitwise(trials)
    const widths = apart.map((kin) => this.width(kin))
    const ulpMax = Math.max(...widths.map(({ ulp }) => ulp.max))
    const spread = Math.max(...widths.map((width) => width.spread))
    return { outcome: ulpMax <= FEW_ULP ? 'within-ulp' : 'varies', trials, bound: null, ulpMax, spread }
  }

  #exactOf([{ set }]: Kin): ExactElements {
    const exact = this.#exact.get(set)
    if (exact === undefined) throw new RangeError(`there are no contributions called ${set}`)
    return exact
  }
}

function haveSeveralOrders(kin: Kin): boolean {
  return new Set(kin.flatMap(({ certificates }) => certificates)).size > 1
}

const NOT_TESTED: Axis = { outcome: 'not-tested', trials: 0, bound: null, ulpMax: null, spread: null }

function bitwise(trials: number): Axis {
  return { outcome: 'bitwise', trials, bound: Math.min(1, 3 / trials), ulpMax: 0, spread: 0 }
}

const SEVERITY: readonly Axis['outcome'][] = ['not-tested', 'bitwise', 'within-ulp', 'varies']

function worstOf(all: readonly AxesOfAlgorithm['axes'][]): AxesOfAlgorithm['axes'] {
  const worst = (name: AxisName): Axis => {
    const axes = all.map((axes) => axes[name])
    const outcome = SEVERITY[Math.max(...axes.map((axis) => SEVERITY.indexOf(axis.outcome)))]
    const trials = axes.reduce((sum, axis) => sum + axis.trials, 0)
    if (outcome === 'not-tested') return NOT_TESTED
    if (outcome === 'bitwise') return bitwise(trials)
    const most = (figure: 'ulpMax' | 'spread'): number | null => {
      const known = axes.map((axis) => axis[figure]).filter((value) => value !== null)
      return axes.some((axis) => axis.outcome === 'varies' && axis[figure] === null) ? null : Math.max(...known)
    }
    return { outcome, trials, bound: null, ulpMax: most('ulpMax'), spread: most('spread') }
  }
  return {
    ranks: worst('ranks'),
    calls: worst('calls'),
    launches: worst('launches'),
    chunking: worst('chunking'),
    nodeCount: worst('nodeCount'),
    arrival: worst('arrival'),
  }
}

/** Additions on the longest way through any chunk's tree. @param packed trees. */
export function depthOf(packed: string): number {
  const depth = (tree: ParsedOrder): number =>
    typeof tree === 'number' ? 0 : 1 + Math.max(depth(tree[0]), depth(tree[1]))
  return Math.max(...[...new Set(unpackOrders(packed))].map((tree) => depth(parseOrder(tree))))
}

/**
 * A bound of |result − Σx| / (u·Σ|x|): γ_k = ku / (1 − ku) over u, where k additions are each rounded to f32; where they are rounded to
 * f64, γ_k of 2^-53, then one rounding to f32.
 * @source Higham 2002, Accuracy and Stability of Numerical Algorithms, section 4.2.
 */
function boundOf(arithmetic: ArithmeticName, depth: number): number | null {
  const gamma = (u: number): number => (depth * u) / (1 - depth * u)
  switch (arithmetic) {
    case 'f32':
      return gamma(UNIT_ROUNDOFF) / UNIT_ROUNDOFF
    case 'f64':
      return (UNIT_ROUNDOFF + gamma(2 ** -53) * (1 + UNIT_ROUNDOFF)) / UNIT_ROUNDOFF
    case 'exact':
      return 1 // one rounding, of the exact sum
    default:
      return null
  }
}

/** Those with the same key together, in the order of their first. */
function groupsOf<T>(items: readonly T[], key: (item: T) => readonly (string | number)[]): T[][] {
  return [...Map.groupBy(items, (item) => key(item).join('\0')).values()]
}

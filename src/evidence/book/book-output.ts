import { formatMeanSd, type Summary, summarize } from '../../stats/summary.ts'
import type { Claim } from '../../study/schema.ts'
import { BLAS_ARITHMETICS, type BlasArithmetic, LEFT_TO_RIGHT } from './arithmetics.ts'
import { type BookRun, runHarness } from './harness.ts'

/** What NumPy prints for the published seed on kernels with FMA; `docs/published-digest.md` has where it was measured. */
export const DIGEST_WITH_FMA = '60143aecee4b4b6e'

/** A line of the published output beside ours. */
export interface BookLine {
  readonly what: string
  readonly published: string
  readonly ours: string
  readonly equal: boolean
}

/** The harness on kernels that NumPy may choose, emulated. */
export interface DerivedRun extends BookRun {
  readonly kernels: BlasArithmetic['kernels']
  readonly fused: boolean
  /** Null where nobody has printed one: another seed than the published. */
  readonly wanted: string | null
  readonly equal: boolean | null
}

/** Section 41.8's output in plain float64, and what NumPy's orders of operation make of its digest. */
export interface BookOutput {
  readonly lines: readonly BookLine[]
  readonly derived: readonly DerivedRun[]
  /** Every line is equal that plain float64 can give, and every digest that was derived is. */
  readonly reproduced: boolean
}

/** The published seed of the digest: the only one that the claim gives one for. */
export function digestSeed({ digests }: Claim['reported']): number {
  return Number(Object.keys(digests)[0])
}

/** Runs everything that section 41.8 prints, and holds it against the claim. */
export function bookOutput(reported: Claim['reported']): BookOutput {
  const { bits, digits } = bookLines(reported)
  const derived = derivedRuns(digestSeed(reported), reported)
  return {
    lines: [...bits, ...digits],
    derived,
    reproduced: digits.every(({ equal }) => equal) && derived.every(({ equal }) => equal === true),
  }
}

/** The published output in plain float64: lines whose last bits depend on the order of operation, and those that do not. */
export function bookLines(reported: Claim['reported']): { readonly bits: BookLine[]; readonly digits: BookLine[] } {
  const seed = digestSeed(reported)
  const twice = [runHarness(seed, LEFT_TO_RIGHT), runHarness(seed, LEFT_TO_RIGHT)]
  return {
    bits: twice.flatMap((run, i) => bitLines(run, `seed ${seed}, run ${i + 1}`, reported)),
    digits: [sameTwice(twice), ...statisticsLines(reported)],
  }
}

/** The harness with every order of operation that NumPy was seen to use. */
export function derivedRuns(seed: number, { digests }: Claim['reported']): DerivedRun[] {
  return BLAS_ARITHMETICS.map((arithmetic) => {
    const { kernels, fused } = arithmetic
    const published = digests[seed]?.value ?? null
    const wanted = published !== null && fused ? DIGEST_WITH_FMA : published
    const run = runHarness(seed, arithmetic)
    return { ...run, kernels, fused, wanted, equal: wanted === null ? null : run.digest === wanted }
  })
}

function bitLines({ seed, loss, digest }: BookRun, name: string, { perSeed, digests }: Claim['reported']): BookLine[] {
  return [line(name, perSeed[seed], String(loss)), line('  SHA-256 of its repr', digests[seed].value, digest)]
}

function sameTwice([first, second]: readonly BookRun[]): BookLine {
  const same = first.digest === second.digest && first.trajectory === second.trajectory
  return line('both runs', 'identical', same ? 'identical' : 'not identical')
}

/** The losses of the seeds behind mean and s, then those. */
function statisticsLines(reported: Claim['reported']): BookLine[] {
  const { seeds = [], perSeed, mean = '', sd = '', n = seeds.length } = reported
  const losses = seeds.map((seed) => runHarness(seed, LEFT_TO_RIGHT).loss)
  const summary = summarize(losses)
  return [
    ...seeds.map((seed, i) => line(`seed ${seed}`, perSeed[seed], withDigitsOf(perSeed[seed], losses[i]))),
    line('mean', mean, withDigitsOf(mean, summary.mean)),
    line('s', sd, withDigitsOf(sd, summary.sd ?? Number.NaN)),
    line(`mean ± s, R = ${n}`, headlineOf({ mean: Number(mean), sd: Number(sd), n }), headlineOf(summary)),
  ]
}

/** `0.0101 ± 0.0001` */
function headlineOf(summary: Summary): string {
  return formatMeanSd(summary).split(' (')[0]
}

function line(what: string, published: string, ours: string): BookLine {
  return { what, published, ours, equal: published === ours }
}

/** A number with as many decimals as a printed one has. */
function withDigitsOf(printed: string, value: number): string {
  return value.toFixed(printed.split('.')[1]?.length ?? 0)
}

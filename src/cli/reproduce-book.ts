import { join } from 'node:path'
import { ReducibleError } from '../core/errors.ts'
import { projectRoot } from '../core/paths.ts'
import { SEED_MAX } from '../core/seeds.ts'
import {
  type BookOutput,
  bookOutput,
  type DerivedRun,
  DIGEST_WITH_FMA,
  derivedRuns,
  digestSeed,
} from '../evidence/book/book-output.ts'
import { DEFAULT_CLAIM } from '../study/default-claim.ts'
import { loadNumericClaim } from '../study/load.ts'
import { type CommandResult, runCommand } from './command.ts'
import { type NumpyHarness, runNumpyHarness } from './numpy-harness.ts'
import { pythons } from './python.ts'
import { overridesIn, type StudyOptions } from './study-flags.ts'
import { formatTable, wrap } from './table.ts'

export interface BookOptions extends StudyOptions {
  readonly book?: boolean
  readonly quick?: boolean
  readonly seed?: string
}

/** What follows from the table of the derived digests. */
const FINDINGS = [
  `NumPy: ${DIGEST_WITH_FMA}, as NumPy prints it on FMA kernels. The published digest is what kernels without FMA print, on whatever CPU they run.`,
  'Not derivable: which of the kernels without FMA printed it, for they agree; and what other BLAS print (MKL, Accelerate, OpenBLAS on ARM), whose orders are not emulated. See docs/published-digest.md.',
]

/** `reducible reproduce --book`: section 41.8's output in float64, or the same harness from another seed beside NumPy. */
export async function reproduceBookCommand(claimFile: string | undefined, options: BookOptions): Promise<never> {
  return runCommand('reproduce', options, async (): Promise<CommandResult> => {
    refuseOthers(claimFile, options)
    const { reported } = loadNumericClaim(join(projectRoot, DEFAULT_CLAIM))
    return options.seed === undefined
      ? publishedResult(bookOutput(reported), digestSeed(reported))
      : seedResult(derivedRuns(seedOf(options.seed), reported), await numpyOf(seedOf(options.seed)))
  })
}

/** A flag that would change nothing is refused. */
function refuseOthers(claimFile: string | undefined, options: BookOptions): void {
  if (options.book !== true) {
    throw new ReducibleError('usage', '--seed is of --book', {
      remedy: 'add --book, or name seeds of a study: --seeds',
    })
  }
  const others = [
    ...(claimFile === undefined ? [] : [claimFile]),
    ...(options.quick === true ? ['--quick'] : []),
    ...Object.keys(overridesIn(options)).map(
      (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    ),
  ]
  if (others.length > 0) {
    throw new ReducibleError('usage', `--book runs section 41.8's own harness, without ${others.join(', ')}`, {
      remedy: 'give --book alone, or with --seed and --json',
    })
  }
}

function seedOf(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (seed <= SEED_MAX) return seed
  throw new ReducibleError('usage', `--seed must be a whole number from 0 to ${SEED_MAX} (got '${text}')`)
}

function publishedResult(output: BookOutput, seed: number): CommandResult {
  const { lines, derived, reproduced } = output
  const rows = lines.map(({ what, published, ours, equal }) => [what, published, ours, equalText(equal)])
  return {
    verdict: reproduced ? 'true' : 'false',
    text: [
      "# Section 41.8's output in float64, added from left to right, without FMA",
      formatTable(['line', 'published', 'here', ''], rows, ['left', 'right', 'right', 'left']),
      '',
      wrap(`# The digest of seed ${seed} in the orders of NumPy's kernels on x86-64, emulated`, '#   '),
      derivedTable(derived),
      '',
      ...FINDINGS.map((finding) => wrap(finding, '  ')),
      '',
      wrap(`verdict ${reproduced}: ${verdictSentence(lines.filter(({ equal }) => !equal).length, reproduced)}`, '  '),
    ].join('\n'),
    json: { seed, digestWithFma: DIGEST_WITH_FMA, ...output },
  }
}

function verdictSentence(different: number, reproduced: boolean): string {
  if (!reproduced) return 'a line or a digest that can be derived did not come out'
  if (different === 0) return 'every line is equal'
  return `what can be derived is equal; the ${different} lines marked different depend on the order of operation, and the second table derives them`
}

/** What NumPy made of a seed, and whether ours on its kernels is the same to the last bit of every step. */
interface NumpyComparison {
  readonly harness: NumpyHarness | null
  /** Why there is no comparison. */
  readonly reason: string | null
}

async function numpyOf(seed: number): Promise<NumpyComparison> {
  const reasons: string[] = []
  for (const python of pythons()) {
    const harness = await runNumpyHarness(python, [seed])
    if (typeof harness !== 'string') return { harness, reason: null }
    reasons.push(harness)
  }
  return { harness: null, reason: reasons.find((reason) => reason.startsWith('NumPy failed')) ?? reasons[0] }
}

function seedResult(derived: readonly DerivedRun[], { harness, reason }: NumpyComparison): CommandResult {
  const [{ seed }] = derived
  const twin = harness === null ? undefined : emulationOf(harness, derived)
  const run = harness?.runs[0]
  const equal = twin === undefined ? null : twin.digest === run?.digest && twin.trajectory === run?.trajectory
  return {
    ...(equal !== null && { verdict: equal ? 'true' : 'false' }),
    text: [
      wrap(`# Section 41.8's harness from seed ${seed} in the orders of NumPy's kernels on x86-64, emulated`, '#   '),
      derivedTable(derived),
      '',
      ...(harness === null ? [`${reason}: not compared`] : numpyLines(harness, equal)),
    ].join('\n'),
    json: { seed, derived, numpy: harness, reason, equal },
  }
}

/** The orders are x86-64's: elsewhere the same kernels may fuse. */
function emulationOf({ kernels, architecture }: NumpyHarness, derived: readonly DerivedRun[]): DerivedRun | undefined {
  if (!['x86_64', 'AMD64'].includes(architecture)) return undefined
  return derived.find((run) => run.kernels.some((name) => name === kernels))
}

function numpyLines({ numpy, blas, kernels, architecture, runs }: NumpyHarness, equal: boolean | null): string[] {
  const [{ loss, digest }] = runs
  const chosen = `kernels ${kernels ?? 'unknown'} (${blas ?? 'another BLAS'}, ${architecture})`
  const outcome =
    equal === null
      ? 'these kernels are not emulated: not compared'
      : `loss and the weights of all 200 steps: ${equal ? 'equal to the last bit' : 'different'}`
  return [`NumPy ${numpy} prints  ${loss}  ${digest}`, wrap(`${chosen}: ${outcome}`, '  ')]
}

function derivedTable(derived: readonly DerivedRun[]): string {
  const rows = derived.map(({ kernels, fused, loss, digest, equal }) => [
    kernels.join(', '),
    fused ? 'yes' : 'no',
    String(loss),
    digest,
    ...(equal === null ? [] : [`${equal ? '=' : '≠'} ${fused ? 'NumPy' : 'published'}`]),
  ])
  const judged = derived.some(({ equal }) => equal !== null)
  return formatTable(['kernels', 'FMA', 'final loss', 'SHA-256', ...(judged ? [''] : [])], rows, [
    'left',
    'left',
    'right',
    'left',
    'left',
  ])
}

function equalText(equal: boolean): string {
  return equal ? 'equal' : 'different'
}

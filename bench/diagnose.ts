/**
 * How often `diagnose` is right: 200 simulated runs and 20 real ones with none, one or two of the five sources of variation
 * injected. `npm run bench:diagnose` writes bench/results/diagnose-simulated.json and diagnose-real.json, each when its part is over;
 * `--simulated` and `--real` take one part. `--tuning` takes the seeds that thresholds were tuned on, and writes nothing.
 */
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import { codeDigests } from '../src/record/source-digest.ts'
import { casesFrom, SCORING_SEED, STRENGTHS, STRONG, TUNING_SEED } from './diagnose/cases.ts'
import { diagnoseReal } from './diagnose/real.ts'
import { type Answer, answerOf, confusionOf, type Score, scoreOf, scoreText } from './diagnose/score.ts'
import { diagnoseSimulated } from './diagnose/simulated.ts'

const SIMULATED_CASES = 200
const REAL_CASES = 20
/** Real cases have seeds of their own. */
const REAL_SEEDS_FROM = 500_000
/** A real case during which anything else used more than this is run again; and left out where that never ends. */
const OUTSIDE_SECONDS_MAX = 1
const TRIES_MAX = 3
const TARGETS = { falseAlarmsMax: 0.05, strongRightMin: 0.95, strongCannotTellMax: 0.1 } as const

/** What one part of the benchmark came to. */
interface Part {
  readonly answers: readonly Answer[]
  /** Seeds of real cases that were left out. */
  readonly disturbed: readonly number[]
}

const flags = process.argv.slice(2)
const isTuning = flags.includes('--tuning')
const firstSeed = isTuning ? TUNING_SEED : SCORING_SEED
if (!flags.includes('--real')) await report('simulated', simulatedAnswers)
if (!flags.includes('--simulated')) await report('real', realAnswers)

/** Makes a part, prints it and writes its file. A simulated part that misses a target is a failure. */
async function report(name: 'simulated' | 'real', make: () => Promise<Part>): Promise<void> {
  const [startedMs, loadAverageBefore] = [performance.now(), loadavg()[0]]
  const { answers, disturbed } = await make()
  const seconds = (performance.now() - startedMs) / 1000
  const score = scoreOf(answers)
  console.log(`${scoreText(`${answers.length} ${name} runs, ${seconds.toFixed(0)} s`, answers)}\n`)
  if (disturbed.length > 0) console.log(`left out, because something else used the machine: ${disturbed.join(', ')}\n`)
  if (name === 'simulated' && !isMet(score)) process.exitCode = 1
  if (isTuning) return
  const document = {
    schemaVersion: 1,
    command: `npm run bench:diagnose -- --${name}`,
    host: captureHost(),
    sourceDigest: codeDigests().sourceDigest,
    loadAverageBefore,
    seconds,
    seeds: { tuning: TUNING_SEED, scoring: SCORING_SEED },
    strengths: { ...STRENGTHS, strong: STRONG },
    targets: TARGETS,
    score,
    confusion: confusionOf(answers),
    ...(name === 'real' && { outsideSecondsMax: OUTSIDE_SECONDS_MAX, disturbed }),
    answers,
  }
  writeAtomically(fileURLToPath(new URL(`results/diagnose-${name}.json`, import.meta.url)), prettyJson(document))
}

function isMet({ falseAlarms, strongRight, strongCannotTell }: Score): boolean {
  const { falseAlarmsMax, strongRightMin, strongCannotTellMax } = TARGETS
  return (
    (falseAlarms.share ?? 1) <= falseAlarmsMax &&
    (strongRight.share ?? 0) >= strongRightMin &&
    (strongCannotTell.share ?? 1) <= strongCannotTellMax
  )
}

async function simulatedAnswers(): Promise<Part> {
  const answers: Answer[] = []
  for (const one of casesFrom(firstSeed, SIMULATED_CASES)) answers.push(answerOf(one, await diagnoseSimulated(one)))
  return { answers, disturbed: [] }
}

async function realAnswers(): Promise<Part> {
  const answers: Answer[] = []
  const disturbed: number[] = []
  for (const drawn of casesFrom(firstSeed + REAL_SEEDS_FROM, REAL_CASES)) {
    const one = { ...drawn, strength: Number.POSITIVE_INFINITY }
    let ran = await diagnoseReal(one)
    for (let tries = 1; tries < TRIES_MAX && ran.outsideSeconds > OUTSIDE_SECONDS_MAX; tries++)
      ran = await diagnoseReal(one)
    const answer = answerOf(one, ran.diagnosis)
    const isDisturbed = ran.outsideSeconds > OUTSIDE_SECONDS_MAX
    process.stderr.write(
      `${one.seed} ${one.sources.join(' + ') || 'none'}: ${answer.named.join(' + ') || 'none'}, ${answer.outcome}${isDisturbed ? ', left out' : ''}\n`,
    )
    if (isDisturbed) disturbed.push(one.seed)
    else answers.push(answer)
  }
  return { answers, disturbed }
}

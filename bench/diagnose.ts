/**
 * How often `diagnose` is right: 200 simulated runs and 20 real ones with none, one or two of the five sources of variation
 * injected. `npm run bench:diagnose` writes bench/results/diagnose.json. `--tuning` takes the seeds that thresholds were tuned on,
 * and writes nothing; `--simulated` and `--real` take one part.
 */
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import { codeDigests } from '../src/record/source-digest.ts'
import { casesFrom, SCORING_SEED, STRENGTHS, STRONG, TUNING_SEED } from './diagnose/cases.ts'
import { diagnoseReal } from './diagnose/real.ts'
import { type Answer, answerOf, confusionOf, scoreOf, scoreText } from './diagnose/score.ts'
import { diagnoseSimulated } from './diagnose/simulated.ts'

const RESULT = fileURLToPath(new URL('results/diagnose.json', import.meta.url))
const SIMULATED_CASES = 200
const REAL_CASES = 20
/** Real cases have seeds of their own. */
const REAL_SEEDS_FROM = 500_000
/** A real case during which anything else used more than this is run once more; and if that is so again, left out. */
const OUTSIDE_SECONDS_MAX = 1
const TARGETS = { falseAlarmsMax: 0.05, strongRightMin: 0.95, strongCannotTellMax: 0.1 } as const

const flags = process.argv.slice(2)
const firstSeed = flags.includes('--tuning') ? TUNING_SEED : SCORING_SEED
const startedMs = performance.now()
const loadAverageBefore = loadavg()[0]

const simulated = flags.includes('--real') ? [] : await simulatedAnswers()
const simulatedSeconds = (performance.now() - startedMs) / 1000
const real = flags.includes('--simulated') ? { answers: [], disturbed: [] } : await realAnswers()
const seconds = (performance.now() - startedMs) / 1000

if (simulated.length > 0) console.log(scoreText(`${simulated.length} simulated runs`, simulated), '\n')
if (real.answers.length > 0) console.log(scoreText(`${real.answers.length} real runs`, real.answers), '\n')
console.log(`left out, because something else used the machine: ${real.disturbed.length} real runs`)
console.log(`${seconds.toFixed(0)} s, of which ${simulatedSeconds.toFixed(0)} s simulated`)
if (flags.length === 0) {
  const part = (answers: readonly Answer[]): object => ({
    score: scoreOf(answers),
    confusion: confusionOf(answers),
    answers,
  })
  writeAtomically(
    RESULT,
    prettyJson({
      schemaVersion: 1,
      command: 'npm run bench:diagnose',
      host: captureHost(),
      sourceDigest: codeDigests().sourceDigest,
      loadAverageBefore,
      seconds,
      seeds: { tuning: TUNING_SEED, scoring: SCORING_SEED },
      strengths: { ...STRENGTHS, strong: STRONG },
      targets: TARGETS,
      simulated: part(simulated),
      real: { ...part(real.answers), outsideSecondsMax: OUTSIDE_SECONDS_MAX, disturbed: real.disturbed },
    }),
  )
  const { falseAlarms, strongRight, strongCannotTell } = scoreOf(simulated)
  const isMet =
    (falseAlarms.share ?? 1) <= TARGETS.falseAlarmsMax &&
    (strongRight.share ?? 0) >= TARGETS.strongRightMin &&
    (strongCannotTell.share ?? 1) <= TARGETS.strongCannotTellMax
  process.exitCode = isMet ? 0 : 1
}

async function simulatedAnswers(): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const one of casesFrom(firstSeed, SIMULATED_CASES)) answers.push(answerOf(one, await diagnoseSimulated(one)))
  return answers
}

async function realAnswers(): Promise<{ answers: Answer[]; disturbed: number[] }> {
  const answers: Answer[] = []
  const disturbed: number[] = []
  for (const drawn of casesFrom(firstSeed + REAL_SEEDS_FROM, REAL_CASES)) {
    const one = { ...drawn, strength: Number.POSITIVE_INFINITY }
    let ran = await diagnoseReal(one)
    if (ran.outsideSeconds > OUTSIDE_SECONDS_MAX) ran = await diagnoseReal(one)
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

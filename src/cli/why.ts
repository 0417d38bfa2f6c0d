import { ReducibleError } from '../core/errors.ts'
import { pacedStamp } from '../evidence/paced.ts'
import { sixAnswers } from '../evidence/six-questions.ts'
import {
  curveNumbers,
  isPrintedNumber,
  printsAs,
  type StatedNumber,
  statedNumbers,
} from '../evidence/stated-numbers.ts'
import { clusterLine } from '../record/host.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import { type CommandResult, type CommonOptions, runCommand } from './command.ts'
import { type FinishedRun, readFinishedRun } from './finished-run.ts'
import { wrap } from './table.ts'

/** `reducible why [NUMBER] RUN`: where a number comes from, or what the run is. */
export async function whyCommand(words: readonly string[], options: CommonOptions): Promise<never> {
  return runCommand('why', options, async () => {
    const [number, run] = words.length === 1 ? [undefined, words[0]] : words
    if (run === undefined || words.length > 2) {
      throw new ReducibleError(
        'usage',
        `why wants a run folder, or a number and a run folder (got ${words.length} words)`,
      )
    }
    const finished = readFinishedRun(run)
    return number === undefined ? whyRun(run, finished) : whyNumber(number, finished)
  })
}

function whyRun(run: string, { manifest, study, cluster, comparison }: FinishedRun): CommandResult {
  const answers = sixAnswers(manifest, study, cluster, comparison)
  const text = answers.map(({ question, answer }) => wrap(`${`${question}:`.padEnd(18)}${answer}`, ' '.repeat(18)))
  return {
    text: [`run ${manifest.runId} (${manifest.status}), from ${run}`, ...text, ...inputsLines(manifest)].join('\n'),
    json: { run: manifest.runId, answers, inputs: manifest.inputs },
  }
}

/** Shown of the numbers that print alike, and of the samples of one. */
const MOST_SHOWN = 5

function whyNumber(
  printed: string,
  { manifest, study, cluster, comparison, scaling, samples }: FinishedRun,
): CommandResult {
  if (!isPrintedNumber(printed)) {
    throw new ReducibleError('usage', `'${printed}' is not a number`, {
      remedy: 'give it as it is printed, like 6.2x or 0.0101',
    })
  }
  const stated = [...curveNumbers(scaling?.points ?? []), ...statedNumbers(comparison, samples)]
  const matches = stated.filter(({ value }) => printsAs(printed, value))
  const paced = pacedStamp(study)
  const json = {
    run: manifest.runId,
    number: printed,
    matches,
    paced: paced ?? null,
    inputs: manifest.inputs,
    cluster: clusterLine(cluster),
  }
  if (matches.length === 0) {
    return { failed: true, json, text: `no number of run ${manifest.runId} prints as ${printed}` }
  }
  const more = matches.length - MOST_SHOWN
  return {
    json,
    text: [
      `${printed} in run ${manifest.runId}`,
      ...matches.slice(0, MOST_SHOWN).flatMap(numberLines),
      ...(more > 0 ? [`and ${more} more that print alike (--json has all)`] : []),
      '',
      ...(paced ? [wrap(paced, '  ')] : []),
      ...inputsLines(manifest),
      wrap(`cluster: ${clusterLine(cluster)}`, '  '),
    ].join('\n'),
  }
}

function numberLines({ name, value, unit, how, at, samples }: StatedNumber): string[] {
  const shown = samples
    .slice(0, MOST_SHOWN)
    .map((sample) => `  samples.jsonl:${sample.line}  ${sample.trial}  ${sample.value}`)
  const more = samples.length - shown.length
  return [
    '',
    wrap(`${name} = ${value} ${unit}`, '  '),
    wrap(`  ${how}; ${at}`, '  '),
    ...shown,
    ...(more > 0 ? [`  and ${more} more samples`] : []),
  ]
}

function inputsLines({ inputs, code }: Manifest): string[] {
  return [
    `inputs  ${inputs?.digest ?? 'unknown: the run did not end'}`,
    `commit  ${code.commit ?? 'unknown'} (${code.state})`,
  ]
}

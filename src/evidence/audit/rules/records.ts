import { sha256OfFloats } from '../../../core/digest.ts'
import { hasLabels } from '../../../data/workload.ts'
import { hashText } from '../../../gradient/engine.ts'
import { weightsHash } from '../../../gradient/twin.ts'
import { samplesOf } from '../../../record/sample.ts'
import type { TrialRecord } from '../../../record/trial-record.ts'
import { scheduleOf } from '../../../reduce/algorithms.ts'
import { bytesSentByRank } from '../../../reduce/cost.ts'
import { orderCertificate } from '../../../reduce/order.ts'
import { planTrials, type Trial, trajectorySteps } from '../../../study/plan.ts'
import { trainingDigest } from '../../../study/training-digest.ts'
import { compareArms } from '../../comparison.ts'
import { differences, type Finding, missing, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import { type AuditedTrial, ofBytes, type RunEvidence } from '../run-evidence.ts'
import { type StepSums, sumSteps } from '../step-sums.ts'
import { weightsOf } from '../trial-weights.ts'
import { excuseWording } from '../wording.ts'

const RESTORE = 'restore the file from the original run, or run the study again'
const hasArms = (run: RunEvidence): boolean => run.hasArms

/** Of the numbers: each follows from what was recorded before it. */
export const RECORD_RULES: readonly AuditRule[] = [
  {
    id: 'trials-as-planned',
    guards: ['comparison.arms.*.trials'],
    states: 'the trials are those that the study plans, none left out and none added',
    consequence: 'trials that were left out may be the ones that failed',
    fix: 'run the study again to its end',
    appliesTo: hasArms,
    check: checkTrials,
  },
  {
    id: 'steps-of-every-trial',
    guards: ['steps', 'comparison.arms.*.trials', 'manifest.orders', 'orders'],
    states:
      'every step was recorded; its sums have an order that is kept, and all orders of a trial the digest in the manifest',
    consequence: 'the order of a sum decides its last bits: without it nobody can make the same sum again',
    fix: RESTORE,
    ofEndedRuns: true,
    appliesTo: hasArms,
    check: checkSteps,
  },
  {
    id: 'weights-have-their-digests',
    guards: ['weights', 'steps', 'comparison.arms.*.trials'],
    states: 'the kept weights have the digests of their steps, and the last ones with the loss that of the trial',
    consequence: 'the loss belongs to other weights than those that are kept',
    fix: RESTORE,
    ofEndedRuns: true,
    appliesTo: hasArms,
    check: checkWeights,
  },
  {
    id: 'samples-follow',
    guards: ['samples', 'comparison.arms.*.trials'],
    states: 'every number of a trial stands in samples.jsonl with the context that the study gives it',
    consequence: 'a number without its workers, batch, precision and flags can be compared with nothing',
    fix: RESTORE,
    appliesTo: hasArms,
    check: checkSamples,
  },
  {
    id: 'bytes-of-the-schedule',
    guards: ['comparison.arms.*.trials.*.bytesSentMax'],
    states: 'the busiest rank sent as many bytes as the moves of its schedule have',
    consequence: 'ranks exchanged something else than the schedule says, or not all of it',
    fix: RESTORE,
    appliesTo: hasArms,
    check: checkBytes,
  },
  {
    id: 'noise-floor-of-this-training',
    guards: ['comparison.numeric.noiseFloor'],
    states: 'the noise floor is one of this training, arithmetic and metric, and its limit follows from it',
    consequence: 'a difference passes for real, or for none, by the floor of something else',
    fix: 'measure the floor of this training (reducible spread --cluster) and run again',
    appliesTo: (run) => run.hasArms && (run.comparison.numeric?.noiseFloor ?? null) !== null,
    check: checkNoiseFloor,
  },
  {
    id: 'comparison-follows',
    guards: ['comparison'],
    states: 'comparing the recorded trials again gives this comparison: medians, ratio, difference and decision',
    consequence: 'the ratio or the decision is not the one that the trials give',
    fix: RESTORE,
    ofEndedRuns: true,
    appliesTo: hasArms,
    check: checkComparison,
  },
]

function checkTrials({ study, comparison }: RunEvidence): Finding[] {
  const plans = planTrials(study)
  return study.arms.flatMap(({ name }, index) => {
    const path = `comparison.arms.${index}.trials`
    const planned = plans.filter(({ arm }) => arm.name === name)
    const recorded = comparison.arms[index]?.trials ?? []
    const unplanned = recorded
      .slice(planned.length)
      .map((_, more) => wrong(`${path}.${planned.length + more}`, 'a trial', 'none: the study plans no more'))
    return [
      ...planned.flatMap((plan, at) => checkTrial(`${path}.${at}`, plan, recorded[at], hasLabels(study.workload))),
      ...unplanned,
    ]
  })
}

function checkTrial(
  path: string,
  { id, arm, seed, repeat }: Trial,
  record: TrialRecord | undefined,
  hasLabels: boolean,
): Finding[] {
  if (record === undefined) return [missing(path, `the trial ${id}`)]
  const { name, nodes, ranksPerNode } = arm
  const want = { trial: id, arm: name, nodes, ranksPerNode, seed, repeat }
  return [...differencesIn(path, record, want), ...checkOutcome(path, record, hasLabels)]
}

/** Of the keys that something follows for. */
function differencesIn<T extends object>(path: string, got: T, want: Partial<T>): Finding[] {
  return Object.entries(want).flatMap(([key, value]) => differences(`${path}.${key}`, got[key as keyof T], value))
}

/** What a trial that ran to its end has, and one that diverged has not. */
function checkOutcome(path: string, record: TrialRecord, hasLabels: boolean): Finding[] {
  const { status, divergedStep } = record
  const isFinished = status === 'finished'
  const found = (['loss', 'weightsSha256', 'evaluationOrder', 'accuracy'] as const).flatMap((key) => {
    const isWanted = isFinished && (hasLabels || key !== 'accuracy')
    if (isWanted === (record[key] !== null)) return []
    return [isWanted ? missing(`${path}.${key}`, 'its value') : wrong(`${path}.${key}`, record[key], null)]
  })
  if (isFinished === (divergedStep === null)) return found
  return [
    ...found,
    wrong(`${path}.divergedStep`, divergedStep, isFinished ? null : 'a step'),
    wrong(`${path}.status`, status, isFinished ? 'diverged' : 'finished'),
  ]
}

const sums = new WeakMap<Uint8Array, ReadonlyMap<string, StepSums>>()

function stepSumsOf(run: RunEvidence): ReadonlyMap<string, StepSums> {
  return ofBytes(sums, run.bytesOf('steps.jsonl'), () => sumSteps(run.steps))
}

function checkSteps(run: RunEvidence): Finding[] {
  const byTrial = stepSumsOf(run)
  const { study, manifest, trials } = run
  const ofTrials = trials.flatMap(({ path, record }) => {
    const sum = byTrial.get(record.trial)
    if (sum === undefined) return [missing('steps', `the steps of ${record.trial}`)]
    const want = {
      stepsRecorded: sum.count,
      stepsWithoutOneUpdate: study.engine === 'gpu' ? sum.stepsWithoutOneUpdate : [],
      reduceSeconds: sum.reduceSeconds,
      overlapSeconds: sum.overlapSeconds,
    }
    return differencesIn(path, record, want)
  })
  const inTurn = trials.map(({ record }) => ({
    trial: record.trial,
    sha256: byTrial.get(record.trial)?.ordersSha256(record.evaluationOrder),
  }))
  const wantOrders = manifest.status === 'done' ? inTurn : manifest.orders
  const orders = differences('manifest.orders', manifest.orders, wantOrders)
  return [...ofTrials, ...blameEvaluation(orders, trials), ...checkOrders(run, byTrial)]
}

/** A digest over the orders of a trial can be wrong because the order of its evaluation is. */
function blameEvaluation(orders: readonly Finding[], trials: readonly AuditedTrial[]): Finding[] {
  return orders.flatMap((finding) => {
    const trial = trials[Number(/^manifest\.orders\.(\d+)\.sha256$/.exec(finding.path)?.[1])]
    if (trial === undefined) return [finding]
    const { path, record } = trial
    const want = `an order that gives ${String(finding.got)}, as ${finding.path}`
    return [finding, wrong(`${path}.evaluationOrder`, record.evaluationOrder, want)]
  })
}

function checkOrders(run: RunEvidence, byTrial: ReadonlyMap<string, StepSums>): Finding[] {
  const kept = new Set<string>()
  const changed = [...run.files.keys()].flatMap((file) => {
    const certificate = /^orders\/([0-9a-f]{64})\.txt$/.exec(file)?.[1]
    if (certificate === undefined) return []
    kept.add(certificate)
    const found = orderCertificate(run.textOf(file).trimEnd())
    return found === certificate ? [] : [wrong(file, found, certificate)]
  })
  const wanted = run.trials.flatMap(({ path, record }) => {
    const ofSteps = [...(byTrial.get(record.trial)?.certificates ?? [])].map((certificate) => ['steps', certificate])
    const { evaluationOrder } = record
    return evaluationOrder === null ? ofSteps : [...ofSteps, [`${path}.evaluationOrder`, evaluationOrder]]
  })
  const lost = new Map(wanted.filter(([, certificate]) => !kept.has(certificate)).map(([path, one]) => [one, path]))
  return [
    ...changed,
    ...[...lost].flatMap(([certificate, path]) => [
      missing(`orders/${certificate}.txt`, 'the order of a recorded sum'),
      ...(path === 'steps' ? [] : [wrong(path, certificate, 'an order that is kept in orders/')]),
    ]),
  ]
}

function checkWeights(run: RunEvidence): Finding[] {
  const byTrial = stepSumsOf(run)
  const wanted = trajectorySteps(run.study.training.steps)
  return run.trials.flatMap(({ path, record }) => {
    const kept = new Map(weightsOf(run, record.trial))
    const fileOf = (step: number): string => `weights/${record.trial}/step-${String(step).padStart(6, '0')}.f32`
    const found = wanted
      .filter((step) => step < (record.divergedStep ?? Number.POSITIVE_INFINITY) && !kept.has(step))
      .map((step) => missing(fileOf(step), 'the weights'))
    for (const [step, weights] of kept) {
      const stated = byTrial.get(record.trial)?.weightsHashes.get(step)
      const hash = hashText(weightsHash(weights))
      if (stated !== undefined && hash !== stated) found.push(wrong(fileOf(step), hash, `${stated}, in steps.jsonl`))
    }
    const last = kept.get(run.study.training.steps)
    if (record.weightsSha256 === null || record.loss === null || last === undefined) return found
    const digest = sha256OfFloats(last, Float32Array.of(record.loss))
    if (digest === record.weightsSha256) return found
    return [
      ...found,
      wrong(`${path}.weightsSha256`, record.weightsSha256, `${digest}, of the last weights and the loss`),
      wrong(`${path}.loss`, record.loss, 'the loss that the digest is of'),
    ]
  })
}

function checkSamples({ study, samples, trials }: RunEvidence): Finding[] {
  const want = trials.flatMap(({ arm, record, path }) =>
    samplesOf(study, arm, record).map((sample) => ({ sample, path })),
  )
  return [
    ...want.flatMap(({ sample, path }, index) => {
      const found = differences(`samples.${index + 1}`, samples[index], sample)
      if (!found.some((finding) => finding.path.endsWith('.value'))) return found
      const key = KEY_OF_METRIC[sample.metric]
      return [
        ...found,
        wrong(`${path}.${key}`, sample.value, `${samples[index]?.value}, as samples.${index + 1}.value`),
      ]
    }),
    ...samples
      .slice(want.length)
      .map((_, more) => wrong(`samples.${want.length + more + 1}`, 'a sample', 'none: no trial has it')),
  ]
}

const KEY_OF_METRIC = { 'final-loss': 'loss', 'test-accuracy': 'accuracy', 'train-seconds': 'trainSeconds' } as const

function checkComparison(evidence: RunEvidence): Finding[] {
  const { study, comparison, manifest, numericClaim: claim, cluster, trials } = evidence
  const run = { id: manifest.runId, commit: manifest.code.commit, cluster }
  const noiseFloor = comparison.numeric?.noiseFloor ?? null
  const records = trials.map(({ record }) => record)
  const again = compareArms(study, records, run, claim?.reported ?? null, noiseFloor)
  // JSON has no NaN: an arm without a trial has null.
  const { cluster: _, invocation: _id, commit: _commit, ...want } = JSON.parse(JSON.stringify(again)) as typeof again
  const { cluster: _c, invocation: _i, commit: _m, ...got } = comparison
  return excuseWording(evidence, differences('comparison', got, want))
}

function checkNoiseFloor({ study, comparison: { numeric, metric } }: RunEvidence): Finding[] {
  const floor = numeric?.noiseFloor
  if (!floor) return []
  const { arithmetic } = study.arms[0]
  const want = {
    metric: metric.name,
    arithmetic,
    trainingDigest: trainingDigest(study, arithmetic),
    limit: Math.max(floor.multiple * floor.value, floor.resolution),
  }
  return differencesIn('comparison.numeric.noiseFloor', floor, want)
}

/** Sums of the loss and of the hits. */
const EVALUATION_ELEMENTS = 2
const F32_BYTES = 4

/** Where a node is one rank and an element is always four bytes. */
function checkBytes(run: RunEvidence): Finding[] {
  const byTrial = stepSumsOf(run)
  return run.trials.flatMap(({ path, arm, record }) => {
    const steps = byTrial.get(record.trial)
    const { algorithm, nodes, ranksPerNode, arithmetic } = arm
    if (steps === undefined || record.status !== 'finished' || ranksPerNode > 1 || arithmetic !== 'f32') return []
    const schedule = scheduleOf(algorithm, nodes)
    const sent = new Float64Array(nodes)
    for (const [elements, count] of [...steps.reductions, [EVALUATION_ELEMENTS, 1] as const]) {
      bytesSentByRank(schedule, elements, F32_BYTES).forEach((bytes, rank) => {
        sent[rank] += bytes * count
      })
    }
    return differences(`${path}.bytesSentMax`, record.bytesSentMax, Math.max(...sent))
  })
}

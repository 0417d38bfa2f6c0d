import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { arraySplit } from '../core/array-split.ts'
import { messageOf, ReducibleError } from '../core/errors.ts'
import { batchRowsOf } from '../data/workload.ts'
import type { DiagnosedRun } from '../evidence/diagnose/cohorts.ts'
import { readJson } from '../record/files.ts'
import type { LocalCluster } from '../record/host.ts'
import { readManifest } from '../record/manifest.ts'
import { readSteps } from '../record/recorded-run.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import { check } from '../study/load.ts'
import { studySchema } from '../study/schema.ts'
import { readComparison } from './finished-run.ts'

/** What a diagnosis may know of a study: not what the study injects. */
const { workload, arms, training } = studySchema.shape
const askedSchema = z.object({ workload, arms, training })

/**
 * Reads what a diagnosis is made from, of a run or of a simulation.
 * @throws {ReducibleError} invalid-run: still running, no trial, no steps, or a file that cannot be read.
 */
export function readDiagnosedRun(run: string): DiagnosedRun {
  const simulated = existsSync(join(run, 'simulation.json'))
  if (!simulated && readManifest(run).status === 'running') {
    throw new ReducibleError('invalid-run', `${run} is still running`, { remedy: 'wait for it to end' })
  }
  const trials = simulated ? simulatedTrials(run) : readComparison(run).arms.flatMap((arm) => arm.trials)
  if (trials.length === 0) {
    throw new ReducibleError('invalid-run', `${run} has no trial: it was simulated in time alone`, {
      remedy: 'simulate a workload that is not paced, with --values',
    })
  }
  const steps = readSteps(run)
  const study = check(readYaml(join(run, 'study.yaml')), askedSchema, () => join(run, 'study.yaml'))
  const cluster = simulated ? undefined : (readYaml(join(run, 'cluster.yaml')) as LocalCluster)
  return {
    simulated,
    trials,
    stepsOf: (trial) => steps.get(trial) ?? [],
    rowsOf(name, nodes) {
      const arm = study.arms.find((one) => one.name === name)
      if (arm === undefined) throw new ReducibleError('invalid-run', `${run}/study.yaml has no arm ${name}`)
      const rows = batchRowsOf(study, arm)
      return Array.from({ length: nodes }, (_, node) => {
        const { start, end } = arraySplit(rows, nodes, node)
        return end - start
      })
    },
    cores: cluster === undefined || cluster.nodes !== undefined ? null : cluster.host.cores,
    machineKinds: cluster === undefined ? [] : kindsOf(cluster),
    trialsFile: simulated ? 'simulation.json' : 'comparison.json',
  }
}

function kindsOf({ host, nodes = [host] }: LocalCluster): string[] {
  return [...new Set(nodes.map(({ cpuModel, cores }) => `${cpuModel}, ${cores} cores`))]
}

function simulatedTrials(run: string): TrialRecord[] {
  const { arms: simulated } = readJson(join(run, 'simulation.json')) as { arms: { trials: TrialRecord[] }[] }
  return simulated.flatMap(({ trials }) => trials)
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (thrown) {
    throw new ReducibleError('invalid-run', `cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown })
  }
}

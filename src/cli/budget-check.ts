import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkStudyOf, compareCheck, type RunCheck } from '../evidence/budget/check.ts'
import { type RecordedRun, readRecordedRun } from '../record/recorded-run.ts'
import type { Study } from '../study/schema.ts'
import { executeStudy } from './execute-study.ts'

/** Runs the cut of a run's study twice, the second time in the orders of the first, and compares. Its folders are not kept. */
export async function checkByRunning(run: RecordedRun, signal: AbortSignal): Promise<RunCheck> {
  const scratch = mkdtempSync(join(tmpdir(), 'reducible-budget-'))
  const { deterministic } = run.manifest.determinism
  const options = { out: scratch, deterministic }
  try {
    const study = checkStudyOf(run.study)
    const first = await runInto(study, run.manifest.studyFile, options, signal)
    const second = await runInto(study, run.manifest.studyFile, options, signal, first)
    return compareCheck(run, first, second)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Runs a study and reads its folder. A dirty tree is no hindrance: nothing is claimed of it. */
export async function runInto(
  study: Study,
  studyFile: string,
  { out, deterministic = false }: { readonly out: string; readonly deterministic?: boolean },
  signal: AbortSignal,
  replay?: RecordedRun,
): Promise<RecordedRun> {
  const options = { out, deterministic, joinTimeout: '60', requireClean: false }
  const request = { study, studyFile, claim: null, claimFile: null, quick: false, replay, options, signal }
  return readRecordedRun(await executeStudy(request, async ({ folder }) => folder.path))
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ReducibleError } from '../core/errors.ts'
import { budgetOf } from '../evidence/budget/budget.ts'
import { explain } from '../evidence/budget/explained.ts'
import { factsOf } from '../evidence/budget/facts.ts'
import { MODES, type Mode } from '../evidence/budget/sources.ts'
import { readRecordedRun } from '../record/recorded-run.ts'
import type { Claim } from '../study/schema.ts'
import { checkByRunning } from './budget-check.ts'
import { demonstrate } from './budget-demo.ts'
import { budgetText, explanationText, modesText } from './budget-text.ts'
import { type CommandResult, type CommonOptions, runCommand } from './command.ts'
import { readComparison } from './finished-run.ts'

interface BudgetOptions extends CommonOptions {
  readonly check?: boolean
  readonly mode?: string
  readonly demo?: string
}

/** `reducible budget [RUN]`: what could make a second run come out otherwise, and what became of it. */
export async function budgetCommand(run: string | undefined, options: BudgetOptions): Promise<never> {
  return runCommand('budget', options, async (signal): Promise<CommandResult> => {
    const { mode, demo, check = false } = options
    const asked = [run, mode, demo].filter((one) => one !== undefined)
    if (asked.length !== 1 || (check && run === undefined)) {
      throw new ReducibleError('usage', 'budget wants RUN (with --check or not), or --mode, or --demo', {
        remedy: 'name one of them, like `reducible budget runs/latest`',
      })
    }
    if (mode === 'all') {
      const modes = MODES.map(explain)
      return { text: modesText(modes), json: { measured: false, modes } }
    }
    if (mode !== undefined) {
      const explanation = explain(oneOf('mode', MODES, mode))
      return { text: explanationText(explanation), json: { measured: false, ...explanation } }
    }
    if (demo !== undefined) {
      oneOf('demo', DEMONSTRATED, demo)
      return demonstrate(signal)
    }
    return budgetOfRun(run ?? '', check, signal)
  })
}

/** Modes that exist, and so can be shown. */
const DEMONSTRATED: readonly Mode[] = ['sync']

function oneOf(flag: string, modes: readonly Mode[], given: string): Mode {
  const found = modes.find((mode) => mode === given)
  if (found !== undefined) return found
  throw new ReducibleError('usage', `--${flag} must be ${modes.join(', ')} (got ${given})`, {
    remedy: 'explain a mode with --mode sync, async or elastic, or all of them with --mode all',
  })
}

async function budgetOfRun(run: string, check: boolean, signal: AbortSignal): Promise<CommandResult> {
  const recorded = readRecordedRun(run)
  const facts = factsOf(recorded, readComparison(run))
  const checked = check ? await checkByRunning(recorded, signal) : null
  const budget = budgetOf(facts, claimedSeedsOf(run), checked)
  return {
    text: budgetText(budget, recorded.study),
    json: { measured: true, ...budget, check: checked },
    failed: budget.recheck.held === false,
  }
}

function claimedSeedsOf(run: string): readonly number[] | null {
  const file = join(run, 'claim.yaml')
  if (!existsSync(file)) return null
  const { reported } = parse(readFileSync(file, 'utf8')) as Claim
  return reported.seeds ?? null
}

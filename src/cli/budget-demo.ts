import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Demonstration, demonstrationOf, type ShownTrial } from '../evidence/budget/demonstration.ts'
import type { RecordedRun } from '../record/recorded-run.ts'
import { studySchema } from '../study/schema.ts'
import { runInto } from './budget-check.ts'
import type { CommandResult } from './command.ts'
import { formatTable, wrap } from './table.ts'

const SEED = 0
const TRIES = 3
/** Ten blocks of rows, so that exact sums can be dealt to four ranks; stopped before the weights have settled. */
const COMMON = {
  purpose: 'What does a seed not control?',
  workload: { name: 'linear', rows: 640, columns: 64 },
  training: { steps: 12, learningRate: 0.05 },
  engine: 'cpu',
}

/** `reducible budget --demo sync`: the same seed under other orders, node counts and arithmetics, on live processes. */
export async function demonstrate(signal: AbortSignal): Promise<CommandResult> {
  const out = mkdtempSync(join(tmpdir(), 'reducible-demo-'))
  const shown: ShownTrial[] = []
  const run = async (setting: Setting, arms: object[], repeats: number, replay?: RecordedRun) => {
    const study = studySchema.parse({ ...COMMON, arms, seeds: [SEED], repeats })
    const recorded = await runInto(study, 'demo.yaml', { out }, signal, replay)
    for (const { arm, nodes, weightsSha256, trainSeconds } of recorded.trials) {
      shown.push({ setting, arm, nodes, weightsSha256, trainSeconds })
    }
    return recorded
  }
  try {
    const arrival = { name: 'arrival', nodes: 4, algorithm: 'arrival' }
    await run('planned', [{ name: 'ring', nodes: 4, algorithm: 'ring' }], 2)
    const others = [
      { name: 'rank-order', nodes: 4, algorithm: 'rank-order' },
      { name: 'two-nodes', nodes: 2, algorithm: 'ring' },
    ]
    await run('other', others, 1)
    const asItCame = await run('arrival', [arrival], TRIES)
    await run('forced', [arrival], 1, asItCame)
    const exactArms = [
      { name: 'exact-arrival', nodes: 4, algorithm: 'arrival', arithmetic: 'exact' },
      { name: 'exact-two-nodes', nodes: 2, algorithm: 'ring', arithmetic: 'exact' },
    ]
    await run('exact', exactArms, 1)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
  const demonstration = demonstrationOf(shown)
  return { text: demonstrationText(demonstration), json: { mode: 'sync', seed: SEED, ...demonstration } }
}

type Setting = ShownTrial['setting']

function demonstrationText({ trials, findings }: Demonstration): string {
  const { workload, training } = COMMON
  const rows = trials.map(({ setting, arm, nodes, weightsSha256, trainSeconds }) => [
    SAID[setting],
    arm,
    String(nodes),
    weightsSha256?.slice(0, 16) ?? 'diverged',
    (1000 * trainSeconds).toFixed(1),
  ])
  return [
    wrap(
      `One seed (${SEED}), one training (${workload.name}, ${workload.rows} × ${workload.columns}, ${training.steps} steps), CPU engine, fresh processes each time.`,
    ),
    '',
    formatTable(['orders', 'arm', 'nodes', 'SHA-256', 'train(ms)'], rows, ['left', 'left', 'right', 'left', 'right']),
    '',
    ...findings.map(({ holds, text }) => wrap(`${holds ? '=' : '≠'} ${text}`, '  ')),
  ].join('\n')
}

const SAID: Readonly<Record<Setting, string>> = {
  planned: 'planned',
  other: 'planned',
  arrival: 'as they come',
  forced: 'forced',
  exact: 'exact sums',
}

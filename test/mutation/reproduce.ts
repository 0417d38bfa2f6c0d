/**
 * `npm run test:mutation-reproduce`: does the verdict notice a broken all-reduce? Plants one fault at a time in a copy
 * of the sources, runs `reproduce --quick` there, and wants `false`; the untouched copy must stay `true`.
 * A final loss alone would miss several of these (facts of section 41.8's harness), which is why the trajectory and the
 * update count are judged too.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Verdict } from '../../src/evidence/verdict.ts'
import { type Edit, TreeCopy } from './tree.ts'

const WORKER = 'cluster/worker/train.ts'
const beforeReduce = (fault: string): Edit => ({
  file: WORKER,
  find: '(bucket, index) => exchange.reduce(bucket, forced?.[index])',
  replace: `(bucket, index) => { ${fault}; return exchange.reduce(bucket, forced?.[index]) }`,
})
const settings = 'const settings = { learningRate, momentum, batchRows: rows.batchRows,'

const MUTANTS: Readonly<Record<string, Edit>> = {
  'one shard dropped': beforeReduce('if (node.index === 1) vector.fill(0)'),
  'half of the shards dropped': beforeReduce('if (node.index >= assignment.arm.nodes / 2) vector.fill(0)'),
  'one shard doubled': beforeReduce('if (node.index === 1) vector.forEach((v, i) => { vector[i] = 2 * v })'),
  'divisor n(K−1)/K': {
    file: WORKER,
    find: settings,
    replace: settings.replace(
      'batchRows: rows.batchRows',
      'batchRows: rows.batchRows * Math.max(1, arm.nodes - 1) / arm.nodes',
    ),
  },
  'learning rate 0.04': {
    file: WORKER,
    find: settings,
    replace: settings.replace('learningRate,', 'learningRate: 0.04,'),
  },
  'one update skipped (199 of 200)': {
    file: WORKER,
    find: '= reduced\n',
    replace: '= reduced && step !== 151\n',
  },
  'a rank zeroed every 7th step': beforeReduce('if (node.index === 1 && step % 7 === 0) vector.fill(0)'),
  'rows of another seed': {
    file: WORKER,
    find: 'await loadWorkload(study.workload, seed)',
    replace: 'await loadWorkload(study.workload, seed + 1)',
  },
}

/** The verdict of a quick run in a copy with the edit applied, or of the untouched copy. */
function verdictOf(edit: Edit | undefined): Verdict {
  using tree = new TreeCopy()
  if (edit) tree.apply(edit)
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(tree.root, 'src/cli/main.ts'), 'reproduce', '--quick', '--no-require-clean', '--json'],
    { cwd: tree.root, encoding: 'utf8' },
  )
  if (status !== 0 && status !== 1) throw new Error(`the run failed with status ${status}: ${stderr}`)
  return (JSON.parse(stdout) as { result: Verdict }).result
}

const control = verdictOf(undefined)
console.log(`control, untouched: ${control.verdict}`)
let caught = 0
for (const [name, edit] of Object.entries(MUTANTS)) {
  const { verdict, checks } = verdictOf(edit)
  if (verdict === 'false') caught++
  const by = checks.filter(({ outcome }) => outcome === 'fail').map((check) => check.name)
  console.log(`${name}: ${verdict}${by.length > 0 ? `, caught by ${by.join(', ')}` : ''}`)
}
const count = Object.keys(MUTANTS).length
console.log(`${caught} of ${count} caught, control ${control.verdict}`)
process.exit(caught === count && control.verdict === 'true' ? 0 : 1)

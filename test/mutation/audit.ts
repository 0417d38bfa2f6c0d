/**
 * `npm run test:mutation-audit`: does the audit notice a changed field, and name it? Makes one real run from a clean commit,
 * then changes every leaf of its records (deleted, null, of a wrong type, plausible but wrong), recomputes SHA256SUMS, and
 * wants the path of the leaf among the findings. What cannot be noticed stands in audit-undetectable.json with the reason; a
 * leaf that is missed and not on it fails, and so does one that is on it and found.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/core/paths.ts'
import { auditRun, type RunAudit } from '../../src/evidence/audit/audit-run.ts'
import { RunEvidence } from '../../src/evidence/audit/run-evidence.ts'
import { JSON_SCHEMAS } from '../../src/evidence/schemas.ts'
import { type Change, type JsonSchema, mutantsOf } from './mutants.ts'
import { type Files, makeRun, recordIn, replaced, textOf } from './run-files.ts'
import { TreeCopy } from './tree.ts'

/** The records that are mutated: file, schema, and the word that paths into it begin with. */
const RECORDS = [
  { file: 'manifest.json', name: 'manifest', schema: JSON_SCHEMAS.manifest },
  { file: 'environment.json', name: 'environment', schema: JSON_SCHEMAS.environment },
  { file: 'cluster.yaml', name: 'cluster', schema: JSON_SCHEMAS.cluster },
  { file: 'samples.jsonl', name: 'samples', schema: { type: 'array', items: JSON_SCHEMAS.sample } },
  { file: 'comparison.json', name: 'comparison', schema: JSON_SCHEMAS.comparison },
  { file: 'verdict.json', name: 'verdict', schema: JSON_SCHEMAS.verdict },
] as readonly { readonly file: string; readonly name: string; readonly schema: JsonSchema }[]

/** By path, `*` for every index and free key: the change that cannot be noticed, and why. */
type Undetectable = Readonly<Record<string, Partial<Record<Change, string>>>>

const LIST = 'test/mutation/audit-undetectable.json'

function auditOf(folder: string, files: Files): Promise<RunAudit> {
  return auditRun(new RunEvidence(folder, files), true)
}

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reordered(item)]),
  )
}

/** `comparison.arms.0.trials.1.loss`; a line of samples.jsonl counts from 1. */
function pathOf(name: string, keys: readonly string[]): string {
  return [name, ...(name === 'samples' ? [String(Number(keys[0]) + 1), ...keys.slice(1)] : keys)].join('.')
}

function isListed(path: string, pattern: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^$()[\]{}|\\]/g, '\\$&'))
    .join('[^.]+')
  return new RegExp(`^${expression}$`).test(path)
}

/** Does a finding name this field, or something inside it? Of an item taken out of a list, the list shows only that it is short. */
function isNamed({ rules }: RunAudit, leaf: string, change: Change): boolean {
  const path = change === 'deleted' ? leaf.replace(/\.\d+$/, '') : leaf
  return rules.some(({ findings }) =>
    findings.some((found) => found.path === path || found.path.startsWith(`${path}.`)),
  )
}

const isWhole = ({ rules }: RunAudit): boolean =>
  rules.every(({ outcome }) => outcome === 'pass' || outcome === 'not applicable')

using tree = new TreeCopy()
const folder = makeRun(tree)
const { files } = RunEvidence.read(folder)
const texts = Object.fromEntries(RECORDS.map(({ file }) => [file, textOf(file, reordered(recordIn(files, file)))]))
const controls = {
  untouched: await auditOf(folder, files),
  'keys reordered': await auditOf(folder, replaced(files, texts)),
  'folder renamed': await auditOf(join(tree.root, 'somewhere/else'), files),
}
for (const [name, audit] of Object.entries(controls)) {
  console.log(`control, ${name}: ${isWhole(audit) ? 'passes' : 'FAILS'}`)
  if (!isWhole(audit)) console.log(JSON.stringify(audit.rules.flatMap(({ findings }) => findings).slice(0, 5), null, 2))
}

const undetectable = JSON.parse(readFileSync(join(projectRoot, LIST), 'utf8')) as Undetectable
const onList = (path: string, change: Change): boolean =>
  Object.entries(undetectable).some(([pattern, changes]) => change in changes && isListed(path, pattern))
const counts = { detected: 0, missed: 0, undetectable: 0, 'found though listed': 0 }
const startedMs = performance.now()
for (const { file, name, schema } of RECORDS) {
  const mutants = mutantsOf(schema, recordIn(files, file))
  for (const { keys, change, record } of mutants) {
    const path = pathOf(name, keys)
    const found = isNamed(await auditOf(folder, replaced(files, { [file]: textOf(file, record) })), path, change)
    const listed = onList(path, change)
    const outcome = found ? (listed ? 'found though listed' : 'detected') : listed ? 'undetectable' : 'missed'
    counts[outcome]++
    if (outcome === 'missed' || outcome === 'found though listed') console.log(`${outcome}: ${path}, ${change}`)
  }
  console.log(`${file}: ${mutants.length} mutants`)
}
const all = Object.values(counts).reduce((a, b) => a + b)
const share = ((100 * counts.undetectable) / all).toFixed(1)
for (const [path, changes] of Object.entries(undetectable)) {
  for (const [change, reason] of Object.entries(changes)) console.log(`undetectable: ${path}, ${change}: ${reason}`)
}
console.log(
  `${counts.detected} detected, ${counts.missed} missed, ${counts.undetectable} undetectable (${share} % of ${all}), ` +
    `${counts['found though listed']} found though listed; ${((performance.now() - startedMs) / 1000).toFixed(0)} s`,
)
const failed =
  counts.missed + counts['found though listed'] + Object.values(controls).filter((audit) => !isWhole(audit)).length
if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, `${all - failed} ${failed} 0\n`, { flag: 'a' })
process.exit(failed === 0 ? 0 : 1)

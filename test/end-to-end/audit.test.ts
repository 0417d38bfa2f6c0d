// Goal: an honest run passes every rule; a folder that is broken in one way fails the rule for it, by path, whichever way it is
// broken: cut, edited, foreign, of a newer schema, still being written. Left out: every single field (npm run test:mutation-audit).
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256OfJson } from '../../src/core/canonical-json.ts'
import { auditRun, type RunAudit } from '../../src/evidence/audit/audit-run.ts'
import { AUDIT_RULES } from '../../src/evidence/audit/rules.ts'
import { fileOf, RunEvidence } from '../../src/evidence/audit/run-evidence.ts'
import { AUDIT_VIEWS, rowsOf } from '../../src/evidence/audit/views.ts'
import { thisOwner } from '../../src/record/manifest.ts'
import { auditJunit } from '../../src/report/audit-junit.ts'
import { auditSarif } from '../../src/report/audit-sarif.ts'
import { type Files, makeRun, recordIn, replaced, textOf } from '../mutation/run-files.ts'
import { TreeCopy } from '../mutation/tree.ts'
import { reducible, Scratch } from './reducible.ts'

const scratch = new Scratch()
let tree: TreeCopy
let folder: string
let files: Files
beforeAll(() => {
  tree = new TreeCopy()
  folder = makeRun(tree)
  files = RunEvidence.read(folder).files
})
afterAll(() => {
  tree[Symbol.dispose]()
  scratch[Symbol.dispose]()
})

const audit = (of: Files, deep = false): Promise<RunAudit> => auditRun(new RunEvidence(folder, of), deep)

/** The run with some fields changed, by path, and with checksums as if they had always been so; undefined takes a field away. */
function broken(changes: Readonly<Record<string, unknown>>, of: Files = files): Files {
  return Object.entries(changes).reduce((changed, [path, value]) => {
    const [, ...keys] = path.split('.')
    const file = fileOf(path)
    return replaced(changed, { [file]: textOf(file, withField(recordIn(changed, file), keys, value)) })
  }, of)
}

function withField(record: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const { [key]: inside } = record as Record<string, unknown>
  const changed = withField(inside, rest, value)
  if (!Array.isArray(record)) return { ...(record as object), [key]: changed }
  return changed === undefined ? record.toSpliced(Number(key), 1) : record.with(Number(key), changed)
}

function outcomeOf({ rules }: RunAudit, id: string): string | undefined {
  return rules.find(({ rule }) => rule.id === id)?.outcome
}

function failedPaths({ rules }: RunAudit): string[] {
  return rules.flatMap(({ findings }) => findings.filter(({ kind }) => kind !== 'unknown').map(({ path }) => path))
}

/** A changed cluster, with all that says it again. */
function ofCluster(changes: Readonly<Record<string, unknown>>): Files {
  const cluster = recordIn(broken(changes), 'cluster.yaml') as object
  return broken({ ...changes, 'comparison.cluster': cluster, 'manifest.cluster.sha256': sha256OfJson(cluster) })
}

describe('an honest run', () => {
  it('passes every rule, those that make data and oracle again too', async () => {
    const { rules } = await audit(files, true)
    const others = rules.filter(({ outcome }) => outcome !== 'pass').map(({ rule, outcome }) => `${rule.id} ${outcome}`)
    expect(others).toEqual([
      'noise-floor-of-this-training not applicable',
      'scaling-follows not applicable',
      'speedup-follows not applicable',
      'a-seed-is-no-evidence-of-speed not applicable',
    ])
  })

  it.each(AUDIT_VIEWS)('passes every row of view %s, on the command line and within 80 columns', async (view) => {
    const { status, stdout } = await reducible(['audit', folder, '--view', view])
    expect(status, stdout).toBe(0)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(stdout).toContain(view === 'six' ? '6 pass' : '5 pass')
  })
})

describe('a rule for each pitfall', () => {
  const pitfalls: readonly (readonly [string, string, string, () => Files])[] = [
    [
      'late seeding: a stream that no seed reaches',
      'seeds-reach-every-stream',
      'manifest.seeds.streams.1',
      () => broken({ 'manifest.seeds.streams.1': undefined }),
    ],
    [
      'unseeded workers: the arms of a seed use other rows',
      'workers-use-the-same-rows',
      'comparison.arms.1.trials.0.rowMapDigest',
      () => broken({ 'comparison.arms.1.trials.0.rowMapDigest': 'f'.repeat(64) }),
    ],
    [
      'clean ≠ reproducible: packages drifted beside a clean tree',
      'clean-is-not-reproducible',
      'manifest.environment.lockfile.drift',
      () => broken({ 'manifest.environment.lockfile.drift': 'drifted' }),
    ],
    [
      'a digest of what preprocessing made',
      'digests-before-preprocessing',
      'manifest.data.0.name',
      () => broken({ 'manifest.data.0.name': 'normalised.f32' }),
    ],
    [
      'arms on two drivers',
      'one-driver-in-all-arms',
      'comparison.arms.1.trials.0.adapterByNode',
      () => broken({ 'comparison.arms.1.trials.0.adapterByNode': ['llvmpipe', 'llvmpipe', 'llvmpipe'] }),
    ],
    [
      'a key or a clock published as a seed',
      'seeds-in-public',
      'manifest.seeds.values.0',
      () => broken({ 'manifest.seeds.values.0': 1_764_000_000_000 }),
    ],
    [
      'a credential published as a setting',
      'seeds-in-public',
      'environment.nccl_env.NCCL_AUTH_TOKEN',
      () => broken({ 'environment.nccl_env.NCCL_AUTH_TOKEN': 'hunter2' }),
    ],
  ]

  it.each(pitfalls)('%s', async (_, rule, path, fixture) => {
    const found = await audit(fixture())
    expect(outcomeOf(found, rule)).toBe('fail')
    expect(failedPaths(found)).toContain(path)
    expect(outcomeOf(await audit(files), rule)).toBe('pass')
  })
})

describe('what is claimed', () => {
  it('of asynchronous training cannot be bytes', async () => {
    const found = await audit(broken({ 'manifest.determinism.synchronization': 'async' }))
    expect(outcomeOf(found, 'bytes-need-synchrony')).toBe('fail')
    expect(failedPaths(found)).toEqual(
      expect.arrayContaining(['manifest.level', 'manifest.determinism.synchronization']),
    )
  })

  it('of bytes wants instruction sets and a probe that passed', async () => {
    const unknownFlags = await audit(ofCluster({ 'cluster.host.cpuFlags': 'unknown' }))
    expect(failedPaths(unknownFlags)).toContain('cluster.host.cpuFlags')
    const failedProbe = await audit(ofCluster({ 'cluster.accelerator.probe.passed': false }))
    expect(failedPaths(failedProbe)).toContain('cluster.accelerator.probe.passed')
    expect(outcomeOf(failedProbe, 'one-cluster')).toBe('pass')
  })

  it('of speed wants a measured interconnect and takes no seed for evidence', async () => {
    const unmeasured = ofCluster({ 'cluster.interconnect': { fabric: 'loopback', notMeasured: 'nobody looked' } })
    const found = failedPaths(await audit(broken({ 'claim.kind': 'performance' }, unmeasured)))
    expect(found).toContain('cluster.interconnect.measured.summary.bandwidthBytesPerSecond')
    expect(found).toContain('claim.reported.perSeed.0')
    const ofBits = await audit(unmeasured)
    expect(outcomeOf(ofBits, 'cluster-for-its-claim')).toBe('unknown')
  })

  it.each(['dirty', 'unknown'])('of a %s tree fails', async (state) => {
    const found = await audit(broken({ 'manifest.code.state': state }))
    expect(outcomeOf(found, 'code-is-at-its-commit')).toBe('fail')
    expect(rowsOf(found, 'six')[0]).toMatchObject({ id: 'commit', status: 'fail' })
  })

  it('on one seed stands as n = 1, and only the last look minds', async () => {
    const lonely = await audit(broken({ 'study.seeds': [0] }))
    expect(rowsOf(lonely, 'minimal').find(({ id }) => id === 'robust')).toMatchObject({ status: 'unknown' })
  })
})

describe('a folder', () => {
  const text = (file: string): string => Buffer.from(files.get(file) ?? []).toString()

  it('with one byte of comparison.json edited fails with the file named', async () => {
    const edited = join(scratch.path, 'edited')
    cpSync(folder, edited, { recursive: true })
    const before = readFileSync(join(edited, 'comparison.json'), 'utf8')
    writeFileSync(join(edited, 'comparison.json'), before.replace('"repeat": 0', '"repeat": 1'))
    const { status, stdout } = await reducible(['audit', edited])
    expect(status).toBe(1)
    expect(stdout).toContain('comparison.json: got')
    expect(stdout).toContain('comparison.arms.0.trials.0.repeat: got 1, want 0')
    const five = await reducible(['audit', edited, '--view', 'five'])
    expect(five.status, 'what no row of the view is about fails it all the same').toBe(1)
    expect(five.stdout).toContain('beyond this view')
  })

  it.each(['manifest.json', 'comparison.json', 'cluster.yaml', 'steps.jsonl', 'samples.jsonl'])(
    'whose %s is cut fails with it named',
    async (file) => {
      const cut = text(file).slice(0, text(file).length * 0.6)
      const found = await audit(replaced(files, { [file]: cut }))
      expect(outcomeOf(found, 'records-are-whole')).toBe('fail')
      expect(failedPaths(found).some((path) => path.split('.')[0] === file.split('.')[0])).toBe(true)
      const gone = await audit(replaced(files, { [file]: null }))
      expect(failedPaths(gone)).toContain(file.split('.')[0])
    },
  )

  it.each([
    ['manifest.json', 'manifest.json'],
    ['comparison.json', 'comparison.json'],
    ['workers/node-0.log', 'workers/node-0.log'],
  ])('whose %s was changed after the run fails with it named', async (file, path) => {
    expect(failedPaths(await audit(new Map(files).set(file, Buffer.from(`${text(file)} `))))).toEqual([path])
  })

  it.each([
    ['NaN', 'samples.1'],
    ['1e999', 'samples.1.value'],
  ])('with %s for a metric fails with the line named', async (number, path) => {
    const lines = text('samples.jsonl').replace(/"value":[^}]+/, `"value":${number}`)
    expect(failedPaths(await audit(replaced(files, { 'samples.jsonl': lines })))).toContain(path)
  })

  it('of a newer schema is left open, apart from saying so', async () => {
    const found = await audit(broken({ 'manifest.schemaVersion': 99, 'manifest.novelty': 1 }))
    expect(failedPaths(found)).toEqual(['manifest.schemaVersion'])
    expect(found.rules.filter(({ outcome }) => outcome === 'unknown')).toHaveLength(found.rules.length - 1)
  })

  it('that other sources wrote may word its sentences otherwise, but has no other numbers', async () => {
    const reworded = { 'comparison.interleaving': 'in some other order', 'comparison.speed.ratio': 77 }
    const other = { 'manifest.code.sourceDigest': 'f'.repeat(64) }
    expect(failedPaths(await audit(broken(reworded)))).toEqual(Object.keys(reworded))
    const found = await audit(broken({ ...reworded, ...other }))
    expect(failedPaths(found)).not.toContain('comparison.interleaving')
    expect(failedPaths(found)).toContain('comparison.speed.ratio')
    expect(rowsOf(found, 'six')[2].unknown.map(({ path }) => path)).toContain('comparison.interleaving')
  })

  it('whose schedule is a file that is not here leaves open what follows from it', async () => {
    const found = await audit(broken({ 'study.arms.1.algorithm': 'schedule:nowhere.json' }))
    expect(outcomeOf(found, 'bytes-of-the-schedule')).toBe('unknown')
  })

  it('that is no run folder fails every row, and one that is not there is refused', async () => {
    mkdirSync(join(scratch.path, 'foreign'))
    writeFileSync(join(scratch.path, 'foreign/notes.txt'), 'hello')
    const foreign = await reducible(['audit', join(scratch.path, 'foreign'), '--json'])
    expect(foreign.status).toBe(1)
    const [{ rows }] = (JSON.parse(foreign.stdout) as { runs: { rows: { status: string; missing: string[] }[] }[] })
      .runs
    expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'fail'))
    expect(rows[0].missing).toEqual(['manifest.code'])
    expect((await reducible(['audit', join(scratch.path, 'nowhere')])).status).toBe(64)
  })

  it('of a run still going is unknown, and of one whose process is gone fails', async () => {
    const running = {
      'manifest.status': 'running',
      'manifest.endedAt': null,
      'manifest.wallSeconds': null,
      'manifest.inputs': null,
    }
    const going = await audit(broken({ ...running, 'manifest.owner': thisOwner() }))
    expect(rowsOf(going, 'six').map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'unknown'))
    expect(rowsOf(going, 'six')[0].unknown).toEqual([{ path: null, reason: 'the run is still going' }])
    const left = await audit(broken(running))
    expect(failedPaths(left)).toContain('manifest.status')
  })

  it('beside others is a line of the summary, which names the input that fails most', async () => {
    const { status, stdout } = await reducible(['audit', folder, join(scratch.path, 'foreign'), '--summary'])
    expect(status).toBe(1)
    expect(stdout).toContain('2 runs: 1 pass, 1 fail; fails most: code at its commit (1 of 2)')
  })
})

describe('an audit for programs', () => {
  it('is JUnit with a case an input, and SARIF with a result a finding at its file', async () => {
    const found = await audit(broken({ 'manifest.code.state': 'dirty' }))
    const xml = auditJunit([{ audit: found, rows: rowsOf(found, 'six') }])
    expect(xml).toContain('tests="6" failures="1" errors="0" skipped="0"')
    expect(xml).toContain('want &quot;clean&quot;')
    const sarif = JSON.parse(auditSarif([found]))
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'reducible' } } }] })
    const [{ tool, results }] = sarif.runs
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(AUDIT_RULES.map(({ id }) => id))
    expect(results).toHaveLength(found.rules.flatMap(({ findings }) => findings).length)
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
      expect(['error', 'warning']).toContain(level)
      expect(message.text).not.toBe('')
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w./-]+$/)
    }
  })
})

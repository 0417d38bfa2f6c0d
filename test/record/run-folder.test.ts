// Goal: a run folder belongs to one run, holds what was said so far whenever it is read, and says how the run ended
// even when its owner could not. Left out: what a run writes into it (the end-to-end tests).
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { sha256 } from '../../src/core/digest.ts'
import type { RunPlan } from '../../src/record/compose-manifest.ts'
import { captureHost } from '../../src/record/host.ts'
import { readManifest, thisOwner, writeManifest } from '../../src/record/manifest.ts'
import type { Manifest } from '../../src/record/manifest-schema.ts'
import { RunFolder } from '../../src/record/run-folder.ts'
import { sampleSchema } from '../../src/record/sample.ts'
import type { StepRecord, TrialRecord } from '../../src/record/trial-record.ts'
import { studySchema } from '../../src/study/schema.ts'
import { fastFabric } from './cluster-spec/made-specs.ts'

const STUDY = studySchema.parse({
  purpose: 'A study of nothing.',
  workload: { name: 'linear' },
  arms: [{ name: '1-node', nodes: 1 }],
  training: { steps: 2, learningRate: 0.1 },
  seeds: [0],
})

let parent: string
beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'run-')))
})
afterEach(() => rmSync(parent, { recursive: true }))

function plan(changed: Partial<RunPlan> = {}): RunPlan {
  return {
    study: STUDY,
    studyFile: 'configs/a-study.yaml',
    claim: null,
    claimFile: null,
    quick: false,
    overrides: { steps: '2' },
    cluster: {
      kind: 'local',
      simulated: false,
      host: captureHost(),
      accelerator: null,
      nodeCounts: [1],
      interconnect: { fabric: 'none', reason: 'every arm has one node' },
    },
    spec: fastFabric(),
    stated: null,
    parent,
    ...changed,
  }
}

function stepRecord(step: number): StepRecord {
  return { trial: '1-node.seed-0', step, loss: 1 / step, weightsHash: 'ab', orderCertificates: ['cd'], nodes: [] }
}

function trialRecord(): TrialRecord {
  return {
    trial: '1-node.seed-0',
    arm: '1-node',
    nodes: 1,
    ranksPerNode: 1,
    adapterByNode: [null],
    seed: 0,
    repeat: 0,
    status: 'finished',
    divergedStep: null,
    loss: 0.25,
    accuracy: null,
    weightsSha256: 'a'.repeat(64),
    evaluationOrder: 'ef',
    dataDigests: { 'linear.f64': 'd'.repeat(64) },
    rowMapDigest: 'e'.repeat(64),
    stepsRecorded: 1,
    stepsWithoutOneUpdate: [],
    trainSeconds: 1.5,
    reduceSeconds: 0,
    overlapSeconds: 0,
    readySeconds: 0,
    bytesSentMax: 0,
    cpuMsPerStepByThread: {},
  }
}

function manifestIn({ path }: RunFolder): Manifest {
  return JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))
}

describe('a run folder', () => {
  it('is made under runs/ and the name of the study, and says what runs before anything has', () => {
    const folder = RunFolder.create(plan())
    expect(dirname(folder.path)).toBe(join(parent, 'runs/a-study'))
    expect(manifestIn(folder)).toMatchObject({
      schemaVersion: 2,
      runId: relative(join(parent, 'runs'), folder.path),
      status: 'running',
      owner: thisOwner(),
      endedAt: null,
      studyFile: 'configs/a-study.yaml',
      overrides: { steps: '2' },
      simulated: false,
      failure: null,
    })
    expect(studySchema.parse(parse(readFileSync(join(folder.path, 'study.yaml'), 'utf8')))).toEqual(STUDY)
    expect(readFileSync(join(folder.path, 'steps.jsonl'), 'utf8')).toBe('')
  })

  it('is never shared, not even by runs of the same second', () => {
    const paths = Array.from({ length: 5 }, () => RunFolder.create(plan()).path)
    expect(new Set(paths).size).toBe(5)
  })

  it('holds every step as soon as it is told', () => {
    const folder = RunFolder.create(plan())
    for (const step of [1, 2, 3]) {
      folder.appendStep(stepRecord(step))
      const lines = readFileSync(join(folder.path, 'steps.jsonl'), 'utf8').trimEnd().split('\n')
      expect(lines.map((line) => JSON.parse(line))).toEqual([1, 2, 3].slice(0, step).map(stepRecord))
    }
  })

  it('keeps weights as f32, those of a view too', () => {
    const folder = RunFolder.create(plan())
    folder.writeWeights('1-node.seed-0', 20, Float32Array.of(9, 1.5, -0, 9).subarray(1, 3))
    const bytes = readFileSync(join(folder.path, 'weights/1-node.seed-0/step-000020.f32'))
    expect([bytes.length, bytes.readFloatLE(0), bytes.readFloatLE(4)]).toEqual([8, 1.5, -0])
  })

  it('that is closed lists the SHA-256 of every file in it, as sha256sum does', () => {
    const folder = RunFolder.create(plan())
    folder.appendStep(stepRecord(1))
    folder.writeWeights('1-node.seed-0', 1, Float32Array.of(1))
    folder.writeJson('comparison.json', { arms: [] })
    writeFileSync(folder.workerLog(0), 'hello\n')
    folder.close('done', null)
    const lines = readFileSync(join(folder.path, 'SHA256SUMS'), 'utf8').trimEnd().split('\n')
    const sums = lines.map((line) => line.split('  '))
    for (const [sum, file] of sums) expect(sum).toBe(sha256(readFileSync(join(folder.path, file))))
    const files = readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder.path, join(entry.parentPath, entry.name)))
    expect(['SHA256SUMS', ...sums.map(([, file]) => file)].sort()).toEqual(files.sort())
    expect(files).toContain('workers/node-0.log')
  })

  it('leaves no half-written file behind', () => {
    const folder = RunFolder.create(plan())
    folder.writeJson('verdict.json', {})
    folder.close('done', null)
    expect(readdirSync(folder.path, { recursive: true }).filter((name) => String(name).endsWith('.part'))).toEqual([])
  })

  it('keeps an order under its certificate, once', () => {
    const folder = RunFolder.create(plan())
    for (let step = 0; step < 2; step++) folder.writeOrder('c0ffee', '(0 1)*3')
    expect(readdirSync(join(folder.path, 'orders'))).toEqual(['c0ffee.txt'])
    expect(readFileSync(join(folder.path, 'orders/c0ffee.txt'), 'utf8')).toBe('(0 1)*3\n')
  })

  it('can be run again by the command in its README, whatever the shell makes of its words', () => {
    const words = ['run', 'a study.yaml', '--adapter', 'it\'s $HOME; `pwd` * \\ "x"', '', '--seeds=0-4,7', 'two\nlines']
    const { argv } = process
    process.argv = [...argv.slice(0, 2), ...words]
    const folder = ((): RunFolder => {
      try {
        return RunFolder.create(plan())
      } finally {
        process.argv = argv
      }
    })()
    expect(folder.manifest.command).toEqual(words)
    const readme = readFileSync(join(folder.path, 'README.md'), 'utf8')
    const [, command] = /by\n\n {4}npx --no-install reducible (.*)\n\nReplay/s.exec(readme) ?? []
    const shell = spawnSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    expect(shell.stdout.split('\0').slice(0, -1)).toEqual(words)
    expect(command.startsWith("run 'a study.yaml' --adapter ")).toBe(true)
    expect(readme).toContain(`    npx --no-install reducible replay 'runs/a-study/`.replace("'", ''))
  })

  it('keeps every number of a trial with its context, and says what data and orders it came from', () => {
    const folder = RunFolder.create(plan())
    folder.appendStep(stepRecord(1))
    folder.addTrial(STUDY, STUDY.arms[0], trialRecord())
    folder.close('done', null)
    const lines = readFileSync(join(folder.path, 'samples.jsonl'), 'utf8').trimEnd().split('\n')
    const samples = lines.map((line) => sampleSchema.parse(JSON.parse(line)))
    expect(samples.map(({ metric, unit, value }) => [metric, unit, value])).toEqual([
      ['final-loss', 'mean loss', 0.25],
      ['train-seconds', 's', 1.5],
    ])
    expect(samples[0].context).toMatchObject({ nodes: 1, batch: 'full', precision: 'f32', arithmetic: 'f32' })
    const { context: _, ...bare } = samples[0]
    expect(sampleSchema.safeParse(bare).success).toBe(false)
    const { data, rowMaps, orders, inputs, wallSeconds } = readManifest(folder.path)
    expect(data).toEqual([{ name: 'linear.f64', seed: 0, sha256: 'd'.repeat(64) }])
    expect(rowMaps).toEqual([{ seed: 0, sha256: 'e'.repeat(64) }])
    expect(orders).toEqual([{ trial: '1-node.seed-0', sha256: sha256('cd\n', 'ef\n') }])
    expect(inputs?.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(wallSeconds).toBeGreaterThanOrEqual(0)
  })
})

describe('runs/latest', () => {
  const latest = (): string => join(parent, 'runs/latest')

  it('is a relative link to the last run that was done', () => {
    for (let run = 0; run < 2; run++) {
      const folder = RunFolder.create(plan())
      folder.close('done', null)
      expect(isAbsolute(readlinkSync(latest()))).toBe(false)
      expect(realpathSync(latest())).toBe(folder.path)
    }
    expect(readdirSync(join(parent, 'runs')).sort()).toEqual(['a-study', 'latest'])
  })

  it.each(['failed', 'interrupted'] as const)('does not move to a run that %s', (status) => {
    const done = RunFolder.create(plan())
    done.close('done', null)
    RunFolder.create(plan()).close(status, null)
    expect(realpathSync(latest())).toBe(done.path)
  })

  it('is not there before a run is done', () => {
    RunFolder.create(plan())
    expect(lstatSync(join(parent, 'runs')).isDirectory()).toBe(true)
    expect(existsSync(latest())).toBe(false)
  })
})

it('a parent that cannot hold a folder is refused, named', () => {
  const file = join(parent, 'a-file')
  writeFileSync(file, '')
  expect(() => RunFolder.create(plan({ parent: file }))).toThrow(
    expect.objectContaining({
      code: 'unwritable',
      exitStatus: 64,
      message: expect.stringContaining(`cannot make a folder under ${join(file, 'runs')}`),
    }),
  )
  expect(RunFolder.create(plan()).manifest.status).toBe('running')
})

describe('a manifest that says running', () => {
  /** A run of two steps whose owner is changed. */
  function runOwnedBy(owner: Manifest['owner']): RunFolder {
    const folder = RunFolder.create(plan())
    for (const step of [1, 2]) folder.appendStep(stepRecord(step))
    writeManifest(folder.path, { ...folder.manifest, owner })
    return folder
  }
  const endedPid = (): number => spawnSync(process.execPath, ['--version']).pid
  const FAILURE = {
    status: 'failed',
    failure: {
      code: 'coordinator-lost',
      message: 'the process that owned this run is gone',
      trial: '1-node.seed-0',
      step: 2,
    },
  }

  it('is true while its owner lives', () => {
    const folder = runOwnedBy(thisOwner())
    expect(readManifest(folder.path)).toMatchObject({ status: 'running', failure: null })
    expect(manifestIn(folder).status).toBe('running')
  })

  it.each([
    ['ended', () => ({ ...thisOwner(), pid: endedPid() })],
    ['ended, and its number is that of another process now', () => ({ ...thisOwner(), startTicks: 1 })],
    ['ran before the machine was started again', () => ({ ...thisOwner(), bootId: 'another boot' })],
  ])('is marked, in the folder, as failed at its last step when its owner %s', (_, owner) => {
    const folder = runOwnedBy(owner())
    expect(readManifest(folder.path)).toMatchObject(FAILURE)
    expect(manifestIn(folder)).toMatchObject(FAILURE)
  })

  it('is marked at its last whole step where its owner died while it wrote the next', () => {
    const folder = runOwnedBy({ ...thisOwner(), pid: endedPid() })
    appendFileSync(join(folder.path, 'steps.jsonl'), JSON.stringify(stepRecord(3)).slice(0, 25))
    expect(readManifest(folder.path)).toMatchObject(FAILURE)
  })

  it('is marked without a step where the first was not written to its end', () => {
    const folder = RunFolder.create(plan())
    appendFileSync(join(folder.path, 'steps.jsonl'), JSON.stringify(stepRecord(1)).slice(0, 25))
    writeManifest(folder.path, { ...folder.manifest, owner: { ...thisOwner(), pid: endedPid() } })
    expect(readManifest(folder.path)).toMatchObject({ status: 'failed', failure: { trial: null, step: null } })
  })

  it('is marked without a step where there was none', () => {
    const folder = RunFolder.create(plan())
    writeManifest(folder.path, { ...folder.manifest, owner: { ...thisOwner(), pid: endedPid() } })
    expect(readManifest(folder.path)).toMatchObject({ status: 'failed', failure: { trial: null, step: null } })
  })

  it('does not undo how a run ended', () => {
    const folder = RunFolder.create(plan())
    folder.close('interrupted', { code: 'interrupted', message: 'stopped by SIGINT', trial: null, step: null })
    writeManifest(folder.path, { ...folder.manifest, owner: { ...thisOwner(), pid: endedPid() } })
    expect(readManifest(folder.path)).toMatchObject({ status: 'interrupted', failure: { code: 'interrupted' } })
  })
})

it.each([
  ['no manifest', undefined],
  ['half a manifest', '{"status": "run'],
])('a folder with %s is no run, and is named', (_, text) => {
  const file = join(parent, 'manifest.json')
  if (text !== undefined) appendFileSync(file, text)
  expect(() => readManifest(parent)).toThrow(
    expect.objectContaining({ code: 'invalid-run', message: expect.stringContaining(`cannot read ${file}`) }),
  )
})

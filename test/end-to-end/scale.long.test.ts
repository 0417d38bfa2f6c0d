// Goal: a scaling study becomes a curve whose files follow from its records; a run that is stopped is finished in its own folder; a
// paced step with more work than time, a base that fails and arms that are no curve are refused. Left out: real sizes, and timings.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { scalingText } from '../../src/cli/scale-text.ts'
import { PHASES, phaseTimes } from '../../src/evidence/scaling/phases.ts'
import type { Scaling } from '../../src/evidence/scaling/scaling.ts'
import type { StepRecord } from '../../src/record/trial-record.ts'
import { Command, Scratch } from './reducible.ts'

const scratch = new Scratch()
afterAll(() => scratch[Symbol.dispose]())

function studyFile(name: string, changed: Readonly<Record<string, string>> = {}): string {
  const lines = {
    purpose: 'Does a curve come out?',
    workload: '{ name: paced, computeMs: 120, parameters: 1000 }',
    arms: '[{ name: 1-node, nodes: 1 }, { name: 2-nodes, nodes: 2 }]',
    training: '{ steps: 6, learningRate: 0.05 }',
    seeds: '[0]',
    repeats: '2',
    engine: 'cpu',
    ...changed,
  }
  const file = join(scratch.path, `${name}.yaml`)
  writeFileSync(
    file,
    Object.entries(lines)
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(''),
  )
  return file
}

async function scale(...words: string[]) {
  const { status, stdout, stderr } = await new Command(['scale', ...words, '--json']).finished
  return { status, stderr, document: JSON.parse(stdout) as Record<string, unknown> & { run: string; scaling: Scaling } }
}

interface AuditRow {
  readonly wrong: readonly { readonly path: string }[]
  readonly missing: readonly { readonly path: string }[]
}

const read = (run: string, name: string): string => readFileSync(join(run, name), 'utf8')

describe('a scaling study', () => {
  it('becomes a curve, which is made again from its records byte for byte, and audited', {
    timeout: 120_000,
  }, async () => {
    const { status, document } = await scale(studyFile('curve'), '--out', scratch.path)
    expect(status).toBe(0)
    const { run, scaling } = document
    expect(scaling.points.map(({ arm, trials }) => [arm, trials.length])).toEqual([
      ['1-node', 2],
      ['2-nodes', 2],
    ])
    expect(scaling.paced).toMatch(/^paced: 120 ms/)
    expect(scaling.points[1].speedup).toMatchObject({ base: '1-node', pairs: 2, decision: 'insufficient' })
    expect(read(run, 'figures/scaling.svg')).toContain('Strong scaling (paced)')
    expect(read(run, 'scaling.csv').split('\n')[1]).toMatch(/^strong,paced,1-node,/)

    expect(
      Math.max(
        ...scalingText(scaling)
          .join('\n')
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80)

    const before = ['scaling.json', 'scaling.csv', 'figures/scaling.svg'].map((name) => read(run, name))
    rmSync(join(run, 'scaling.csv'))
    const again = await scale('--redraw', run, '--trace')
    expect(again.document.files).toMatchObject([
      { name: 'scaling.json', outcome: 'same bytes' },
      { name: 'scaling.csv', outcome: 'written' },
      { name: 'figures/scaling.svg', outcome: 'same bytes' },
      { name: 'trace.json', outcome: 'written' },
    ])
    expect(['scaling.json', 'scaling.csv', 'figures/scaling.svg'].map((name) => read(run, name))).toEqual(before)

    const steps = read(run, 'steps.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as StepRecord)
    for (const node of steps.flatMap(({ nodes }) => nodes)) {
      const times = phaseTimes(node)
      expect(times?.pace).toBeGreaterThan(0)
      const named = PHASES.reduce((sum, phase) => sum + (times?.[phase] ?? 0), 0)
      expect(Math.abs(named + (times?.rest ?? 0) - node.stepNs)).toBeLessThan(1)
    }

    for (const words of [['headline'], ['compare'], ['why', String(document.scaling.points[1].speedup?.ratio)]]) {
      const told = await new Command([...words, run]).finished
      expect(told.stdout, words.join(' ')).toMatch(/paced:\s+120 ms a step on one rank, waited out/)
    }

    writeFileSync(join(run, 'scaling.csv'), before[1].replace('strong', 'weak'))
    const audit = await new Command(['audit', run, '--json']).finished
    expect(audit.stdout).toContain('"path": "scaling.csv"')
    expect((await scale('--redraw', run)).status).toBe(1)
  })

  it('that was stopped is finished in its own folder, without a trial run twice', { timeout: 120_000 }, async () => {
    const stopped = new Command(['scale', studyFile('stopped'), '--out', scratch.path])
    await stopped.until(() => stopped.stderr.includes('trial 3/4'))
    stopped.child.kill('SIGINT')
    expect((await stopped.finished).status).toBe(130)
    const folder = join(scratch.path, 'runs', 'stopped')
    const run = join(folder, readdirSync(folder)[0])
    const trials = (): string[] => [
      ...new Set(
        read(run, 'samples.jsonl')
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { trial: string }).trial),
      ),
    ]
    const before = trials()
    const linesBefore = read(run, 'samples.jsonl')
    expect(before.length).toBeLessThan(4)

    const { status, document } = await scale('--resume', run)
    expect(status).toBe(0)
    expect(document.run).toBe(run)
    expect(read(run, 'samples.jsonl').startsWith(linesBefore)).toBe(true)
    expect(trials()).toHaveLength(4)
    expect(read(run, 'steps.jsonl').trimEnd().split('\n')).toHaveLength(4 * 6)
    expect(JSON.parse(read(run, 'manifest.json'))).toMatchObject({
      status: 'done',
      failure: null,
      resumedAt: [expect.any(String)],
    })
    const audit = await new Command(['audit', run, '--json']).finished
    const [{ rows }] = (JSON.parse(audit.stdout) as { runs: readonly { rows: readonly AuditRow[] }[] }).runs
    const found = rows.flatMap(({ wrong, missing }) => [...wrong, ...missing]).map(({ path }) => path)
    expect(found.filter((path) => !path.startsWith('manifest.code'))).toEqual([]) // the tree may be dirty
    const twice = await scale('--resume', run)
    expect(twice.document.error).toMatchObject({ code: 'invalid-run' })
  })
})

describe('a scaling study is refused', () => {
  it.each([
    [
      'where a step has more work than time',
      { workload: '{ name: paced, computeMs: 0.01, parameters: 1000 }' },
      70,
      'pace-missed',
    ],
    [
      'where its base diverges',
      { workload: '{ name: linear, rows: 64 }', training: '{ steps: 60, learningRate: 1e30 }' },
      70,
      'base-failed',
    ],
    [
      'where arms differ in more',
      { arms: '[{ name: a, nodes: 1 }, { name: b, nodes: 2, arithmetic: f64 }]' },
      64,
      'invalid-study',
    ],
    ['with too few steps', { training: '{ steps: 4, learningRate: 0.05 }' }, 64, 'invalid-study'],
    ['without repeats', { repeats: '0' }, 64, 'invalid-study'],
  ])('%s', { timeout: 60_000 }, async (name, changed, status, code) => {
    const file = studyFile(name.replaceAll(' ', '-'), changed as Readonly<Record<string, string>>)
    const refused = await scale(file, '--out', scratch.path)
    expect(refused.document.error).toMatchObject({ code })
    expect(refused.status).toBe(status)
  })

  it('that has more nodes than its cluster', { timeout: 60_000 }, async () => {
    const file = studyFile('nodes', { arms: '[{ name: 1-node, nodes: 1 }, { name: 9-nodes, nodes: 9 }]' })
    const refused = await scale(file, '--cluster', 'cluster/specs/fast-fabric.yaml', '--launch', 'netns')
    expect(refused.document.error).toMatchObject({ code: 'invalid-study', message: expect.stringContaining('9 nodes') })
  })

  it('without a study, and with two things to do', async () => {
    expect((await scale()).status).toBe(64)
    expect((await scale('--redraw', 'a', '--resume', 'b')).status).toBe(64)
  })
})

// Goal: deterministic mode refuses or ends what it cannot determine, and lets the same run without it go on. Left out: which calls are
// caught (test/cluster/unnamed-draws.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reducible, runFolders, Scratch } from './reducible.ts'

const scratch = new Scratch()
const study = join(scratch.path, 'small.yaml')
const run = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  reducible(['run', study, ...words, '--json', '--out', scratch.path], environment)

beforeAll(() => {
  const lines = [
    'purpose: What deterministic mode runs',
    'workload: { name: linear, rows: 256, columns: 16 }',
    'arms: [{ name: ring, nodes: 2 }]',
    'training: { steps: 8, learningRate: 0.05 }',
    'seeds: [0]',
    'engine: cpu',
  ]
  writeFileSync(study, lines.join('\n'))
})
afterAll(() => scratch[Symbol.dispose]())

describe('deterministic mode', () => {
  it('refuses arrival order before any work', async () => {
    const folders = runFolders(scratch, 'small')
    const { status, stderr } = await run(['--deterministic', '--algorithm', 'arrival'])
    expect(stderr).toContain('[not-deterministic] arm 2-nodes-arrival')
    expect(status).toBe(64)
    expect(runFolders(scratch, 'small')).toEqual(folders)
  })

  it('ends a trial in which something draws without a name, which another run does not notice', async () => {
    const drawing = { NODE_OPTIONS: '--import data:text/javascript,setInterval(()=>Math.random(),1).unref()' }
    const ended = await run(['--deterministic'], drawing)
    expect(ended.status, ended.stderr).toBe(70)
    expect(ended.stderr).toContain('its process ended with status')
    expect((await run([], drawing)).status).toBe(0)
  })

  it('ends it where a rank thread draws, too', async () => {
    const threads = join(scratch.path, 'threads.yaml')
    writeFileSync(threads, readFileSync(study, 'utf8').replace('nodes: 2', 'nodes: 2, ranksPerNode: 2'))
    const drawing =
      "--import data:text/javascript,import{isMainThread}from'node:worker_threads';if(!isMainThread)setInterval(()=>Math.random(),1).unref()"
    const words = ['run', threads, '--json', '--out', scratch.path]
    const ended = await reducible([...words, '--deterministic'], { NODE_OPTIONS: drawing })
    expect(ended.stderr).toContain('Math.random was called from data:')
    expect(ended.status).toBe(70)
    expect((await reducible(words, { NODE_OPTIONS: drawing })).status).toBe(0)
  })
})

// Goal: a paced engine computes the gradient of the engine inside it, sends it as often as it is told, and trains as that one does.
// Left out: how exactly a step is waited out, which a clock measures (docs/methodology.md, "Paced compute").
import { describe, expect, it } from 'vitest'
import { loadWorkload, pacedShareMs } from '../../src/data/workload.ts'
import type { BatchPart, EnginePhase } from '../../src/gradient/engine.ts'
import { PacedEngine, type StepPace } from '../../src/gradient/paced.ts'
import { TwinEngine } from '../../src/gradient/twin.ts'
import { studySchema } from '../../src/study/schema.ts'

const workload = { name: 'paced', computeMs: 100, parameters: 40 } as const
const { problem } = await loadWorkload(workload, 1)
const OWN = 17
const settings = { learningRate: 0.1, batchRows: 64 }
const rows = Uint32Array.from({ length: 64 }, (_, row) => row)
const partOf = (length: number): BatchPart => ({
  rows,
  positions: rows,
  leaves: [{ rowCount: 64, vector: new Float32Array(length) }],
})

/** Says what was asked of it. */
function heard(waitOut: () => Promise<void> = async () => {}): { pace: StepPace; calls: string[] } {
  const calls: string[] = []
  const note = (call: string): unknown => calls.push(call)
  return {
    calls,
    pace: {
      begin: () => note('begin'),
      waitOut: async () => {
        await waitOut()
        note('waited')
      },
    },
  }
}

describe('a paced engine', () => {
  it('hands over the gradient again and again, and the loss last', async () => {
    const [own, paced] = [partOf(OWN), partOf(workload.parameters)]
    await new TwinEngine(problem, settings).first(own)
    await new PacedEngine(new TwinEngine(problem, settings), OWN, heard().pace).first(paced)
    const gradient = [...own.leaves[0].vector.subarray(0, 16)]
    const want = [...gradient, ...gradient, ...gradient.slice(0, 7), own.leaves[0].vector[16]]
    expect([...paced.leaves[0].vector]).toEqual(want)
  })

  it('trains to the weights of the engine inside it', async () => {
    const [own, paced] = [partOf(OWN), partOf(workload.parameters)]
    const inside = new TwinEngine(problem, settings)
    const outside = new PacedEngine(new TwinEngine(problem, settings), OWN, heard().pace)
    await inside.first(own)
    await outside.first(paced)
    await inside.step(own.leaves[0].vector, own, false)
    await outside.step(paced.leaves[0].vector, paced, false)
    const [a, b] = [
      await inside.finish(own.leaves[0].vector, partOf(2)),
      await outside.finish(paced.leaves[0].vector, partOf(2)),
    ]
    expect(b.weightsHash).toBe(a.weightsHash)
  })

  it('hands over its one bucket when the wait is over, and names the wait', async () => {
    const { pace, calls } = heard()
    const phases: EnginePhase[] = []
    const engine = new PacedEngine(new TwinEngine(problem, settings), OWN, pace)
    await engine.first(
      partOf(workload.parameters),
      ({ start, end }) => calls.push(`bucket ${start}–${end}`),
      (phase) => phases.push(phase),
    )
    expect(calls).toEqual(['begin', 'waited', 'bucket 0–40'])
    expect(phases).toEqual(['compute', 'compute', 'pace'])
  })

  it('fails the step that its pace refuses', async () => {
    const { pace } = heard(() => Promise.reject(new Error('too much work')))
    const engine = new PacedEngine(new TwinEngine(problem, settings), OWN, pace)
    await expect(engine.first(partOf(workload.parameters))).rejects.toThrow('too much work')
  })
})

describe("a rank's share of a paced step", () => {
  const study = studySchema.parse({
    purpose: '?',
    workload,
    arms: [
      { name: 'one', nodes: 1 },
      { name: 'eight', nodes: 4, ranksPerNode: 2 },
      { name: 'weak', nodes: 4, batch: 256 },
    ],
    training: { steps: 1, learningRate: 1, batch: 64 },
    seeds: [0],
  })

  it('is an nth on n ranks, and the whole where each rank keeps its batch', () => {
    expect(study.arms.map((arm) => pacedShareMs(workload, study, arm))).toEqual([100, 12.5, 100])
  })
})

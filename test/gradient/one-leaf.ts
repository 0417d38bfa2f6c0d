import type { BatchPart, EngineSettings, GradientEngine, StepOutput } from '../../src/gradient/engine.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'
import { GpuEngine } from '../../src/gradient/gpu/gpu-engine.ts'
import { type Problem, problemShape } from '../../src/gradient/problem.ts'
import { TwinEngine } from '../../src/gradient/twin.ts'
import { ADAPTER } from './test-adapter.ts'

/** A step's output with the vector of its only leaf. */
export interface LeafOutput extends StepOutput {
  readonly vector: Float32Array
}

/** An engine asked as one rank asks it whose rows are one leaf: rows in, a fresh vector out. */
export class OneLeaf {
  readonly #engine: GradientEngine
  readonly #vectorLength: number

  constructor(engine: GradientEngine, problem: Problem) {
    this.#engine = engine
    this.#vectorLength = problemShape(problem).vectorLength
  }

  async first(rows: Uint32Array, firstPosition = 0): Promise<LeafOutput> {
    const { part, vector } = this.#partOf(rows, firstPosition, this.#vectorLength)
    return { ...(await this.#engine.first(part)), vector }
  }

  async step(reduced: Float32Array, rows: Uint32Array, wantWeights: boolean, firstPosition = 0): Promise<LeafOutput> {
    const { part, vector } = this.#partOf(rows, firstPosition, this.#vectorLength)
    return { ...(await this.#engine.step(reduced, part, wantWeights)), vector }
  }

  async finish(reduced: Float32Array, rows: Uint32Array) {
    const { part, vector: sums } = this.#partOf(rows, 0, 2)
    return { ...(await this.#engine.finish(reduced, part)), sums }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine[Symbol.asyncDispose]()
  }

  #partOf(rows: Uint32Array, firstPosition: number, length: number): { part: BatchPart; vector: Float32Array } {
    const vector = new Float32Array(length)
    return { part: { rows, firstPosition, leaves: [{ rowCount: rows.length, vector }] }, vector }
  }
}

/** On the tests' adapter. @param kernelsFolder for tests that change a kernel. */
export async function openGpuEngine(
  problem: Problem,
  settings: EngineSettings,
  kernelsFolder?: string,
): Promise<OneLeaf> {
  return new OneLeaf(await GpuEngine.open(await openDevice(ADAPTER), problem, settings, kernelsFolder), problem)
}

export function openTwin(problem: Problem, settings: EngineSettings): OneLeaf {
  return new OneLeaf(new TwinEngine(problem, settings), problem)
}

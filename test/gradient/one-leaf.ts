import { SUM_PLANES } from '../../src/core/exact-words.ts'
import type { BatchPart, EngineSettings, GradientEngine, StepOutput } from '../../src/gradient/engine.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'
import { GpuEngine } from '../../src/gradient/gpu/gpu-engine.ts'
import { type Problem, problemShape } from '../../src/gradient/problem.ts'
import { TwinEngine } from '../../src/gradient/twin.ts'
import { exactArithmeticOver } from '../../src/reduce/arithmetic/exact.ts'
import { ADAPTER } from './test-adapter.ts'

/** A step's output with the vector of its only leaf. */
export interface LeafOutput extends StepOutput {
  readonly vector: Float32Array
}

/** An engine asked as one rank asks it whose rows are one leaf: rows in, a fresh vector out. */
export class OneLeaf {
  readonly #engine: GradientEngine
  readonly #vectorLength: number
  readonly #isExact: boolean

  constructor(engine: GradientEngine, problem: Problem, exact = false) {
    this.#engine = engine
    this.#vectorLength = problemShape(problem).vectorLength
    this.#isExact = exact
  }

  async first(rows: Uint32Array, firstPosition = 0): Promise<LeafOutput> {
    const { part, vector } = this.#partOf(rows, firstPosition, this.#vectorLength)
    return { ...(await this.#engine.first(part)), vector: this.#sumsOf(part, vector) }
  }

  async step(reduced: Float32Array, rows: Uint32Array, wantWeights: boolean, firstPosition = 0): Promise<LeafOutput> {
    const { part, vector } = this.#partOf(rows, firstPosition, this.#vectorLength)
    return { ...(await this.#engine.step(reduced, part, wantWeights)), vector: this.#sumsOf(part, vector) }
  }

  async finish(reduced: Float32Array, rows: Uint32Array) {
    const { part, vector: sums } = this.#partOf(rows, 0, 2)
    return { ...(await this.#engine.finish(reduced, part)), sums: this.#sumsOf(part, sums) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine[Symbol.asyncDispose]()
  }

  #partOf(rows: Uint32Array, firstPosition: number, length: number): { part: BatchPart; vector: Float32Array } {
    const vector = new Float32Array(length)
    const positions = rows.map((_, i) => firstPosition + i)
    return {
      part: {
        rows,
        positions,
        leaves: [{ rowCount: rows.length, vector, words: new Uint32Array(SUM_PLANES * length) }],
      },
      vector,
    }
  }

  /** What the leaf's vector holds, or its words once rounded. */
  #sumsOf({ leaves: [{ words = new Uint32Array(0) }] }: BatchPart, vector: Float32Array): Float32Array {
    if (this.#isExact)
      exactArithmeticOver(() => ({ words, start: 0 }))
        .begin(vector)
        .finish()
    return vector
  }
}

/** On the tests' adapter. @param kernelsFolder for tests that change a kernel. */
export async function openGpuEngine(
  problem: Problem,
  settings: EngineSettings,
  kernelsFolder?: string,
): Promise<OneLeaf> {
  return new OneLeaf(
    await GpuEngine.open(await openDevice(ADAPTER), problem, settings, kernelsFolder),
    problem,
    settings.exact,
  )
}

export function openTwin(problem: Problem, settings: EngineSettings): OneLeaf {
  return new OneLeaf(new TwinEngine(problem, settings), problem, settings.exact)
}

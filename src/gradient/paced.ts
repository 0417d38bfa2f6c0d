import assert from 'node:assert'
import type { BatchPart, EvaluationOutput, GradientEngine, Leaf, OnBucket, OnPhase, StepOutput } from './engine.ts'

/** Keeps the time of a step. */
export interface StepPace {
  /** A step's work begins. */
  begin(): void
  /** Resolves when the step's share is over, or at once where it is. @throws {ReducibleError} pace-missed: the work is more than the share. */
  waitOut(): Promise<void>
}

/**
 * An engine whose steps take a given time: the gradient is another engine's, and what is left of the time is waited out.
 * What a rank sends is as long as its vectors are: that gradient over and over, then the loss; only the first one is
 * applied.
 */
export class PacedEngine implements GradientEngine {
  readonly #engine: GradientEngine
  /** Of the engine: gradient, then loss. */
  readonly #ownLength: number
  readonly #pace: StepPace
  #own: readonly Float32Array[] = []

  constructor(engine: GradientEngine, ownLength: number, pace: StepPace) {
    this.#engine = engine
    this.#ownLength = ownLength
    this.#pace = pace
  }

  first(part: BatchPart, onBucket?: OnBucket, onPhase?: OnPhase): Promise<StepOutput> {
    return this.#paced(part, (own) => this.#engine.first(own, undefined, onPhase), onBucket, onPhase)
  }

  step(
    reduced: Float32Array,
    part: BatchPart,
    wantWeights: boolean,
    onBucket?: OnBucket,
    onPhase?: OnPhase,
  ): Promise<StepOutput> {
    const sum = this.#shortened(reduced)
    return this.#paced(part, (own) => this.#engine.step(sum, own, wantWeights, undefined, onPhase), onBucket, onPhase)
  }

  finish(reduced: Float32Array, part: BatchPart): Promise<EvaluationOutput> {
    return this.#engine.finish(this.#shortened(reduced), part)
  }

  /** What it wraps belongs to who opened it. */
  async [Symbol.asyncDispose](): Promise<void> {}

  async #paced(
    part: BatchPart,
    compute: (own: BatchPart) => Promise<StepOutput>,
    onBucket?: OnBucket,
    onPhase?: OnPhase,
  ): Promise<StepOutput> {
    this.#pace.begin()
    const leaves = this.#ownLeaves(part.leaves)
    const output = await compute({ ...part, leaves })
    for (const [index, { vector }] of part.leaves.entries()) repeatInto(vector, leaves[index].vector)
    onPhase?.('compute')
    await this.#pace.waitOut()
    onPhase?.('pace')
    onBucket?.({ start: 0, end: part.leaves[0].vector.length })
    return output
  }

  #ownLeaves(leaves: readonly Leaf[]): Leaf[] {
    if (this.#own.length !== leaves.length) this.#own = leaves.map(() => new Float32Array(this.#ownLength))
    return leaves.map(({ rowCount }, index) => ({ rowCount, vector: this.#own[index] }))
  }

  #shortened(reduced: Float32Array): Float32Array {
    const sum = reduced.slice(0, this.#ownLength)
    sum[this.#ownLength - 1] = reduced[reduced.length - 1]
    return sum
  }
}

/** The gradient again and again, and the loss at the end. */
function repeatInto(vector: Float32Array, own: Float32Array): void {
  assert(vector.length >= own.length)
  const gradient = own.length - 1
  const last = vector.length - 1
  vector.set(own.subarray(0, gradient))
  for (let filled = gradient; filled < last; filled *= 2) vector.copyWithin(filled, 0, Math.min(filled, last - filled))
  vector[last] = own[gradient]
}

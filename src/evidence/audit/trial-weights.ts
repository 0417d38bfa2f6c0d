import type { RunEvidence } from './run-evidence.ts'

/** The kept weights of a trial by step, as far as they are whole numbers of f32. */
export function weightsOf(run: RunEvidence, trial: string): [step: number, weights: Float32Array][] {
  return [...run.files].flatMap(([file, bytes]): [number, Float32Array][] => {
    if (!file.startsWith(`weights/${trial}/step-`)) return []
    const step = /\/step-(\d+)\.f32$/.exec(file)?.[1]
    if (step === undefined || bytes.length % 4 !== 0) return []
    return [[Number(step), new Float32Array(new Uint8Array(bytes).buffer)]]
  })
}

import { type Study, studySchema } from '../../src/study/schema.ts'

/** One node against several, on a CPU, with anything replaced. */
export function smallStudy(changes: Partial<Study> = {}): Study {
  const study = studySchema.parse({
    purpose: 'a test',
    workload: { name: 'linear', rows: 1000 },
    arms: [
      { name: '1-node', nodes: 1 },
      { name: '4-nodes', nodes: 4 },
    ],
    training: { steps: 10, learningRate: 0.05, batch: 100 },
    seeds: [0, 1, 2],
    engine: 'cpu',
  })
  return { ...study, ...changes }
}

/**
 * What float64 on one node makes of a study, seed by seed: the figures a claim of our own may report.
 * `node bench/oracle.ts configs/mnist-softmax.yaml` prints them and writes bench/results/oracle-<study>.json.
 */
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { TrajectoryJudge } from '../src/evidence/trajectory.ts'
import { captureHost } from '../src/record/host.ts'
import { formatMeanSd, summarize } from '../src/stats/summary.ts'
import { loadStudy } from '../src/study/load.ts'

const { study, file } = loadStudy(process.argv[2] ?? 'configs/mnist-softmax.yaml')
const oracle = new TrajectoryJudge(study, [])
const seeds = [...new Set(study.seeds)]
const results = []
for (const seed of seeds) {
  const { loss, accuracy } = await oracle.oracle(seed)
  results.push({ seed, loss, accuracy })
  console.log(`seed ${seed}: loss ${loss}, accuracy ${accuracy ?? 'none'}`)
}
const metric = summarize(results.map(({ loss, accuracy }) => accuracy ?? loss))
console.log(formatMeanSd(metric))
const name = basename(file).replace(/\.ya?ml$/, '')
const result = {
  schemaVersion: 1,
  command: `node bench/oracle.ts ${file}`,
  study,
  host: captureHost(),
  results,
  metric,
}
writeFileSync(new URL(`results/oracle-${name}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)

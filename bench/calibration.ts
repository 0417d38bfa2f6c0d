/**
 * Measures how often intervals hold and verdicts err, by Monte Carlo on seeded draws: `npm run docs:calibration`. Writes
 * src/stats/coverage.json, which tools consult, and bench/results/calibration.json; `npm run docs:tables` makes the tables.
 */
import { join } from 'node:path'
import { projectRoot } from '../src/core/paths.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { measureCoverage } from './calibration/coverage.ts'

writeAtomically(join(projectRoot, 'src', 'stats', 'coverage.json'), prettyJson(measureCoverage()))
// The verdicts consult the file just written, so they are loaded after it.
const { measureRates } = await import('./calibration/rates.ts')
writeAtomically(join(projectRoot, 'bench', 'results', 'calibration.json'), prettyJson(measureRates()))

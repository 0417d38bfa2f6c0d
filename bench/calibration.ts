/**
 * Measures how often intervals hold and verdicts err, by Monte Carlo on seeded draws: `npm run docs:calibration`. Writes
 * src/stats/coverage.json, which tools consult, and bench/results/calibration.json; `npm run docs:tables` makes the tables.
 */
import { join } from 'node:path'
import { projectRoot } from '../src/core/paths.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { measureCoverage } from './calibration/coverage.ts'
import { measureRates } from './calibration/rates.ts'

writeAtomically(join(projectRoot, 'src', 'stats', 'coverage.json'), prettyJson(measureCoverage()))
writeAtomically(join(projectRoot, 'bench', 'results', 'calibration.json'), prettyJson(measureRates()))

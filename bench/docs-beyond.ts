/** Makes docs/beyond-this-machine.md and its figures from the committed result: `npm run docs:beyond`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/core/paths.ts'
import { makeFolders, writeAtomically } from '../src/record/files.ts'
import { spreadChart, timesChart } from './beyond/charts.ts'
import { beyondPage } from './beyond/page.ts'
import type { BeyondResult } from './beyond/result.ts'

const result = JSON.parse(readFileSync(join(projectRoot, 'bench/results/beyond.json'), 'utf8')) as BeyondResult
const docs = join(projectRoot, 'docs')
makeFolders(join(docs, 'figures'))
writeAtomically(join(docs, 'beyond-this-machine.md'), beyondPage(result))
writeAtomically(join(docs, 'figures/beyond-times.svg'), await timesChart(result))
writeAtomically(join(docs, 'figures/beyond-spread.svg'), await spreadChart(result))

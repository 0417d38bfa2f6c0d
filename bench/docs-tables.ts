/** Makes the tables of the documents that hold measurements out of the committed results: `npm run docs:tables`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/core/paths.ts'
import { writeAtomically } from '../src/record/files.ts'
import { withCoverageTable, withRatesTable } from './calibration/tables.ts'
import { type DiagnoseResult, withDiagnoseTable } from './diagnose/markdown.ts'
import { withPeersTable } from './peers/table.ts'
import { withPredictTable } from './predict/markdown.ts'
import { withDigestTable } from './published-digest-table.ts'

remake('methodology.md', 'bench/results/peers.json', withPeersTable)
remake('methodology.md', 'src/stats/coverage.json', withCoverageTable)
remake('methodology.md', 'bench/results/calibration.json', withRatesTable)
remake('methodology.md', 'bench/results/predict.json', withPredictTable)
for (const kind of ['simulated', 'real'] as const) {
  remake<DiagnoseResult>('methodology.md', `bench/results/diagnose-${kind}.json`, (text, result) =>
    withDiagnoseTable(text, kind, result),
  )
}
remake('published-digest.md', 'bench/results/published-digest.json', withDigestTable)

function remake<R>(document: string, result: string, make: (text: string, result: R) => string): void {
  const file = join(projectRoot, 'docs', document)
  const measured = JSON.parse(readFileSync(join(projectRoot, result), 'utf8')) as R
  writeAtomically(file, make(readFileSync(file, 'utf8'), measured))
}

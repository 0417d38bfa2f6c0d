// Goal: what the documents quote is what the code and the committed results say. Left out: prose.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { spreadChart, timesChart } from '../../bench/beyond/charts.ts'
import { beyondPage } from '../../bench/beyond/page.ts'
import type { BeyondResult } from '../../bench/beyond/result.ts'
import type { Coverage } from '../../bench/calibration/coverage.ts'
import type { VerdictRates } from '../../bench/calibration/rates.ts'
import { withCoverageTable, withRatesTable } from '../../bench/calibration/tables.ts'
import { type DiagnoseResult, withDiagnoseTable } from '../../bench/diagnose/markdown.ts'
import { type PeersResult, withPeersTable } from '../../bench/peers/table.ts'
import { type PredictResult, withPredictTable } from '../../bench/predict/markdown.ts'
import type { DigestResult } from '../../bench/published-digest.ts'
import { withDigestTable } from '../../bench/published-digest-table.ts'
import { ERROR_CODES } from '../../src/core/errors.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { JSON_SCHEMAS } from '../../src/evidence/schemas.ts'
import { prettyJson } from '../../src/record/files.ts'
import type { Quantile } from '../../src/stats/quantiles.ts'

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8')

describe('documents', () => {
  it('docs/errors.md is the table of error codes', () => {
    const rows = Object.entries(ERROR_CODES).map(
      ([code, { exit, definite, remedy }]) => `| \`${code}\` | ${exit} | ${definite ? 'yes' : 'no'} | ${remedy} |`,
    )
    for (const row of rows) expect(read('docs/errors.md')).toContain(row)
    expect(read('docs/errors.md').match(/^\| `/gm)).toHaveLength(rows.length)
  })

  it('docs/schemas holds the JSON Schemas that `npm run docs:schemas` makes', () => {
    const committed = readdirSync(join(projectRoot, 'docs/schemas')).sort()
    expect(committed).toEqual(
      Object.keys(JSON_SCHEMAS)
        .map((name) => `${name}.schema.json`)
        .sort(),
    )
    for (const [name, schema] of Object.entries(JSON_SCHEMAS)) {
      expect(read(`docs/schemas/${name}.schema.json`)).toBe(prettyJson(schema))
    }
  })

  it('kernels/README.md lists every kernel, and no other', () => {
    const kernels = readdirSync(join(projectRoot, 'kernels')).filter((file) => file.endsWith('.wgsl'))
    const listed = [...read('kernels/README.md').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => `${name}.wgsl`)
    expect(listed.sort()).toEqual(kernels.sort())
  })

  it('the output in README.md is the committed result of the command above it', () => {
    const blocks = [...read('README.md').matchAll(/<!-- from (\S+) -->\n```text\n([\s\S]*?)```/g)]
    expect(blocks.length).toBeGreaterThan(0)
    for (const [, file, text] of blocks) {
      for (const part of text.split(/^…\n/m)) expect(read(file)).toContain(part)
    }
  })

  it('the tables of coverage and of verdicts in docs/methodology.md are what `npm run docs:tables` makes of the committed results', () => {
    const [coverage, rates] = ['src/stats/coverage.json', 'bench/results/calibration.json'].map((file) =>
      JSON.parse(read(file)),
    ) as [Coverage, VerdictRates]
    const document = read('docs/methodology.md')
    expect(withRatesTable(withCoverageTable(document, coverage), rates)).toBe(document)
    expect(withCoverageTable(document, { ...coverage, Welch: coverage.Fieller })).not.toBe(document)
  })

  it('the table of peers in docs/methodology.md is what `npm run docs:tables` makes of the committed result', () => {
    const result = JSON.parse(read('bench/results/peers.json')) as PeersResult
    expect(result.rows.length).toBeGreaterThan(0)
    expect(withPeersTable(read('docs/methodology.md'), result)).toBe(read('docs/methodology.md'))
    const other = { ...result, iterations: result.iterations + 1 }
    expect(withPeersTable(read('docs/methodology.md'), other)).not.toBe(read('docs/methodology.md'))
  })

  it('the scores of predictions in docs/methodology.md are what `npm run docs:tables` makes of the committed result', () => {
    const result = JSON.parse(read('bench/results/predict.json')) as PredictResult
    expect(result.points.length).toBeGreaterThanOrEqual(60)
    expect(withPredictTable(read('docs/methodology.md'), result)).toBe(read('docs/methodology.md'))
    const fewer = { ...result, points: [], scores: { ...result.scores, all: null } }
    expect(withPredictTable(read('docs/methodology.md'), fewer)).not.toBe(read('docs/methodology.md'))
  })

  it.each(['simulated', 'real'] as const)(
    'what `diagnose` said of %s runs in docs/methodology.md is what `npm run docs:tables` makes of the committed result',
    (kind) => {
      const result = JSON.parse(read(`bench/results/diagnose-${kind}.json`)) as DiagnoseResult
      expect(withDiagnoseTable(read('docs/methodology.md'), kind, result)).toBe(read('docs/methodology.md'))
      const score = { ...result.score, falseAlarms: result.score.strongRight }
      expect(withDiagnoseTable(read('docs/methodology.md'), kind, { ...result, score })).not.toBe(
        read('docs/methodology.md'),
      )
    },
  )

  it('the table in docs/published-digest.md is what `npm run docs:tables` makes of the committed result', () => {
    const result = JSON.parse(read('bench/results/published-digest.json')) as DigestResult
    expect(withDigestTable(read('docs/published-digest.md'), result)).toBe(read('docs/published-digest.md'))
    const fewer = { ...result, launches: result.launches.slice(0, 1) }
    expect(withDigestTable(read('docs/published-digest.md'), fewer)).not.toBe(read('docs/published-digest.md'))
  })

  it('docs/beyond-this-machine.md and its figures are what `npm run docs:beyond` makes of the committed result', async () => {
    const result = JSON.parse(read('bench/results/beyond.json')) as BeyondResult
    expect(beyondPage(result)).toBe(read('docs/beyond-this-machine.md'))
    expect(beyondPage({ ...result, claims: result.claims.slice(1) })).not.toBe(read('docs/beyond-this-machine.md'))
    expect(await timesChart(result)).toBe(read('docs/figures/beyond-times.svg'))
    expect(await spreadChart(result)).toBe(read('docs/figures/beyond-spread.svg'))
  })

  it('the price of deterministic mode in docs/methodology.md is that of the committed result', () => {
    const { rows } = JSON.parse(read('bench/results/deterministic.json')) as { rows: { ratio: Quantile }[] }
    expect(rows).toHaveLength(2)
    for (const { ratio } of rows) {
      const [low, high] = ratio.interval.map((bound) => bound?.toFixed(2))
      expect(read('docs/methodology.md')).toContain(`${ratio.value.toFixed(2)} [${low}–${high}]`)
    }
  })

  it('every file that docs/methodology.md names as a guard or its test exists', () => {
    const named = [...read('docs/methodology.md').matchAll(/`((?:src|cluster|test)\/[\w./-]+\.ts)`/g)].map(
      ([, file]) => file,
    )
    expect(named.filter((file) => file.startsWith('test/')).length).toBeGreaterThanOrEqual(4)
    for (const file of named) expect(() => read(file)).not.toThrow()
  })

  it('every README command that names a file names one that exists', () => {
    const files = [...read('README.md').matchAll(/configs\/[\w./-]+\.yaml/g)].map(([file]) => file)
    for (const file of files) expect(() => read(file)).not.toThrow()
  })
})

import { canonicalJson } from '../../../core/canonical-json.ts'
import { rowMap, rowMapDigest } from '../../../data/rows.ts'
import { batchOf, hasLabels, loadWorkload, trainingRowCount } from '../../../data/workload.ts'
import { dataOf, rowMapsOf } from '../../../record/compose-manifest.ts'
import type { Trial } from '../../../study/plan.ts'
import type { Study } from '../../../study/schema.ts'
import { differences, disagreements, type Finding, missing, type Place, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'

const RESTORE = 'restore the file from the original run, or run the study again'

export const DATA_RULES: readonly AuditRule[] = [
  {
    // A digest of what preprocessing made does not say what it was made of.
    id: 'digests-before-preprocessing',
    guards: ['manifest.data'],
    states: 'every source of the workload has its digest as it was read or generated, before any preprocessing',
    consequence: 'other data behind the same preprocessing would not show',
    fix: 'hash the sources themselves and run again',
    ofEndedRuns: true,
    appliesTo: (run) => run.hasArms,
    check: checkSources,
  },
  {
    // Unseeded workers: each says what it loaded and which rows it would use before the first step.
    id: 'workers-use-the-same-rows',
    guards: [
      'manifest.data',
      'manifest.rowMaps',
      'comparison.arms.*.trials.*.dataDigests',
      'comparison.arms.*.trials.*.rowMapDigest',
    ],
    states: 'all arms of a seed loaded the same data and used the same rows in every step',
    consequence: 'arms that see other rows differ by chance, and the difference passes for an effect',
    fix: 'seed every worker from the study and run again',
    ofEndedRuns: true,
    appliesTo: (run) => run.hasArms,
    check: checkAgreement,
  },
  {
    id: 'data-made-again',
    guards: ['comparison.arms.*.trials.*.dataDigests', 'comparison.arms.*.trials.*.rowMapDigest'],
    states: 'data and rows were made or read again and have the recorded digests',
    consequence: 'the number is of other data than the study names',
    fix: RESTORE,
    deep: true,
    appliesTo: (run) => run.hasArms,
    check: remake,
  },
]

const MNIST_FILES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
]

function checkSources({ manifest, study }: RunEvidence): Finding[] {
  const want = hasLabels(study.workload) ? MNIST_FILES : ['linear.f64']
  const names = new Set(manifest.data.map(({ name }) => name))
  return [
    ...want.filter((name) => !names.has(name)).map((name) => missing('manifest.data', `the digest of ${name}`)),
    ...manifest.data.flatMap(({ name }, index) =>
      want.includes(name) ? [] : [wrong(`manifest.data.${index}.name`, name, `a source: ${want.join(', ')}`)],
    ),
  ]
}

function checkAgreement(run: RunEvidence): Finding[] {
  const { data, rowMaps } = run.manifest
  const trials = run.trials
  const found = [...Map.groupBy(trials, ({ plan }) => plan.seed)].flatMap(([seed, ofSeed]) => {
    const byBatch = [...Map.groupBy(ofSeed, ({ plan: { arm } }) => arm.batch).values()]
    const rows = byBatch.map((ofBatch) =>
      ofBatch.map(({ path, record }): Place => [`${path}.rowMapDigest`, record.rowMapDigest]),
    )
    const maps = rowMaps.flatMap((map, index): Place[] =>
      map.seed === seed && byBatch.length === 1 ? [[`manifest.rowMaps.${index}.sha256`, map.sha256]] : [],
    )
    const sources = data.flatMap(({ name, seed: stated, sha256 }, index) => {
      if (stated !== null && stated !== seed) return []
      const loaded = ofSeed.map(({ path, record }): Place => [`${path}.dataDigests.${name}`, record.dataDigests[name]])
      return disagreements([...loaded, [`manifest.data.${index}.sha256`, sha256]])
    })
    return [...rows.flatMap((ofBatch) => disagreements([...ofBatch, ...maps])), ...sources]
  })
  const records = trials.map(({ record }) => record)
  const place = ({ name }: { name: string }): number => data.findIndex((one) => one.name === name)
  const wantData = dataOf(records).toSorted((a, b) => place(a) - place(b))
  const wantMaps = rowMapsOf(records)
  return [
    ...found,
    ...(found.length === 0 || !sameKeys(data, wantData) ? differences('manifest.data', data, wantData) : []),
    ...(found.length === 0 || !sameKeys(rowMaps, wantMaps) ? differences('manifest.rowMaps', rowMaps, wantMaps) : []),
  ]
}

interface OfSeed {
  readonly name?: string
  readonly seed: number | null
}

/** Are the digests, right or wrong, those of the same names and seeds? */
function sameKeys(stated: readonly OfSeed[], want: readonly OfSeed[]): boolean {
  const keysOf = (list: readonly OfSeed[]): string => JSON.stringify(list.map(({ name, seed }) => [name, seed]))
  return keysOf(stated) === keysOf(want)
}

interface MadeData {
  readonly dataDigests: Readonly<Record<string, string>>
  readonly rowMapDigest: string
}

const madeData = new Map<string, Promise<MadeData>>()

async function remake({ study, trials }: RunEvidence): Promise<Finding[]> {
  const found: Finding[] = []
  for (const { path, record, plan } of trials) {
    const made = await makeData(study, plan)
    found.push(
      ...differences(`${path}.dataDigests`, record.dataDigests, made.dataDigests),
      ...differences(`${path}.rowMapDigest`, record.rowMapDigest, made.rowMapDigest),
    )
  }
  return found
}

/** Made once a process. */
function makeData({ workload, training }: Study, { arm, seed }: Trial): Promise<MadeData> {
  const batch = batchOf({ training }, arm)
  const key = canonicalJson({ workload, training, batch, seed })
  const known = madeData.get(key)
  if (known) return known
  const making = loadWorkload(workload, seed).then(({ digests }) => ({
    dataDigests: digests,
    rowMapDigest: rowMapDigest(rowMap(trainingRowCount(workload), batch, seed), training.steps),
  }))
  madeData.set(key, making)
  return making
}

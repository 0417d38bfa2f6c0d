import type { Cohort, DiagnosedRun } from './cohorts.ts'
import { type Evidence, finding, type SourceFinding } from './finding.ts'

const STEPS_FILE = 'steps.jsonl'

/** Were sums of one place added in different orders, though the same nodes added them? Certificates say it exactly. */
export function arrivalOrder(cohorts: readonly Cohort[], { trialsFile }: DiagnosedRun): SourceFinding {
  const varied = cohorts.flatMap(variedOrders)
  const parted = cohorts.flatMap((cohort) => partedWeights(cohort, trialsFile))
  if (varied.length > 0) return finding('arrival order', 'named', [...varied, ...parted])
  if (parted.length === 0) return finding('arrival order', 'not seen', [])
  const text = 'every order of addition is the same: what parts them is no order, and no record says what'
  return finding('arrival order', 'open', [...parted, { text, file: STEPS_FILE }])
}

/** Of a cohort whose buckets were added in more than one order. */
function variedOrders({ arm, nodes, trials }: Cohort): Evidence[] {
  const [first] = trials[0].all
  if (first === undefined) return []
  const steps = trials.flatMap(({ all }) => all)
  const other = steps.find(({ orderCertificates }) => orderCertificates.join() !== first.orderCertificates.join())
  if (other === undefined) return []
  const orders = new Set(steps.flatMap(({ orderCertificates }) => orderCertificates.map((one, i) => `${i} ${one}`)))
  const buckets = first.orderCertificates.length
  const text = `${arm}: ${orders.size} orders of addition of ${buckets} ${buckets === 1 ? 'bucket' : 'buckets'} in ${steps.length} steps on ${nodes} nodes; first another one at step ${other.step} of ${other.trial} (orderCertificates)`
  return [{ text, file: STEPS_FILE }]
}

/** Trainings of one cohort and one seed that came to other weights. */
function partedWeights({ arm, trials }: Cohort, file: string): Evidence[] {
  const finished = trials.map(({ record }) => record).filter(({ weightsSha256 }) => weightsSha256 !== null)
  return [...Map.groupBy(finished, ({ seed }) => seed)].flatMap(([seed, alike]) => {
    const unlike = new Set(alike.flatMap(({ adapterByNode }) => adapterByNode)).size > 1
    const weights = new Set(alike.map(({ weightsSha256 }) => weightsSha256))
    if (weights.size === 1 || unlike) return []
    const losses = alike.map(({ loss }) => loss).filter((loss) => loss !== null)
    const range = Math.max(...losses) - Math.min(...losses)
    const apart = range === 0 ? 'the same loss' : `losses ${range.toPrecision(2)} apart`
    const text = `${arm}: ${alike.length} trainings from seed ${seed} came to ${weights.size} different weights, and ${apart} (weightsSha256, loss)`
    return [{ text, file }]
  })
}

/** Did trials of one arm have different numbers of nodes? */
export function nodeCount(cohorts: readonly Cohort[], { trialsFile }: DiagnosedRun): SourceFinding {
  const evidence = [...Map.groupBy(cohorts, ({ arm }) => arm)].flatMap(([arm, ofArm]): Evidence[] => {
    if (ofArm.length === 1) return []
    const parts = ofArm.map(({ nodes, trials }) => `${nodes} nodes in ${trials.map(idOf).join(', ')}`)
    const text = `${arm} had ${parts.join('; ')} (nodes)`
    const orders = ofArm.map(({ trials }) => trials[0].all[0]?.orderCertificates.join())
    return [
      { text, file: trialsFile },
      ...(new Set(orders).size > 1
        ? [{ text: `${arm}: each number of nodes adds in another order (orderCertificates)`, file: STEPS_FILE }]
        : []),
    ]
  })
  return finding('node count', evidence.length > 0 ? 'named' : 'not seen', evidence)
}

function idOf({ record }: Cohort['trials'][number]): string {
  return record.trial
}

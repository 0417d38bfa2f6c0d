import { type ComparedArm, type Comparison, metricValue } from '../evidence/comparison.ts'
import { pacedStamp } from '../evidence/paced.ts'
import type { AnyVerdict } from '../evidence/performance-verdict.ts'
import { clusterLine } from '../record/host.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import { formatMeanSd, summarize } from '../stats/summary.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { speedLine } from './decision-lines.ts'
import { readFinishedRun } from './finished-run.ts'
import { wrap } from './table.ts'

/** `reducible headline RUN`: the one line of a run, from its files alone. */
export async function headlineCommand(run: string, options: CommonOptions): Promise<never> {
  return runCommand('headline', options, async () => {
    const { manifest, study, comparison, verdict } = readFinishedRun(run)
    const headline = headlineOf(comparison, verdict, manifest)
    const cluster = clusterLine(comparison.cluster)
    const paced = pacedStamp(study)
    return {
      text: [
        wrap(headline, '  '),
        ...speedLine(comparison.speed, study.training.steps),
        ...(paced ? [wrap(paced, '  ')] : []),
        wrap(`cluster: ${cluster}`, '  '),
      ].join('\n'),
      json: {
        run: manifest.runId,
        headline,
        speed: comparison.speed,
        paced: paced ?? null,
        cluster,
        judged: verdict?.verdict ?? null,
      },
    }
  })
}

function headlineOf({ arms, metric, reported }: Comparison, verdict: AnyVerdict | null, { status }: Manifest): string {
  const arm = arms[arms.length - 1]
  const judged = (verdict && 'arms' in verdict ? verdict.arms : []).find(({ arm: name }) => name === arm.name)?.summary
  const values = arm.trials.map((trial) => metricValue(metric.name, trial)).filter((value) => value !== null)
  const summary = judged ?? (values.length > 0 ? summarize(values) : null)
  const ours = summary ? formatMeanSd(summary) : 'no finished trial'
  const { mean, sd, n } = reported ?? {}
  const published = mean && sd && n ? `; published ${formatMeanSd({ mean: Number(mean), sd: Number(sd), n })}` : ''
  const outcome = verdict
    ? `; ${'speed' in verdict ? `speedup of ${verdict.of} over ${verdict.over} ` : ''}reproduced: ${verdict.verdict}`
    : status === 'done'
      ? '; not judged'
      : `; the run ${status}`
  const way = wayOf(arm)
  return `${metric.name.replace('-', ' ')} ${ours} on ${way}${published}${outcome}`
}

/** `2 nodes of 4 ranks, ring, f32` */
function wayOf({ nodes, ranksPerNode, algorithm, arithmetic }: ComparedArm): string {
  const ranks = ranksPerNode === 1 ? '' : ` of ${ranksPerNode} ranks`
  const order = nodes * ranksPerNode === 1 ? '' : `, ${algorithm}, ${arithmetic}`
  return `${nodes} node${nodes === 1 ? '' : 's'}${ranks}${order}`
}

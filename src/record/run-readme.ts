import { basename, dirname } from 'node:path'
import { clusterLine, type LocalCluster } from './host.ts'
import type { Manifest } from './manifest-schema.ts'

/** README.md of a run folder: the one command that replays it, and what each file is. */
export function runReadme({ code, command, runId, replay, inputs }: Manifest, cluster: LocalCluster): string {
  const tree = code.state === 'clean' ? '' : ` (the tree was ${code.state})`
  return `# Run ${dirname(runId)}, ${basename(runId)}

Made at commit ${code.commit ?? 'unknown'}${tree} by

    npx --no-install reducible ${command.map(shellQuoted).join(' ')}

Replay it in a clone of reducible, with the path of this folder:

    ${replay.command.map(shellQuoted).join(' ')}

Cluster: ${clusterLine(cluster)}
${inputs === null ? '' : `Digest of the five inputs (code, environment, data, seeds, cluster): ${inputs.digest}\n`}
| file | holds |
|---|---|
| manifest.json | what ran, on what, from which inputs, and how it ended |
| study.yaml, claim.yaml | what was asked, every default filled in |
| environment.json, cluster.yaml | versions and variables; the machine, its accelerator, the links as they were measured |
| cluster-spec.yaml, cluster-stated.yaml, cluster-claimed.yaml | every node as it was found; the spec that the study names; the one that a claim of speed was made on |
| diff.patch | what the tree had beside the commit, where it had something |
| samples.jsonl | every number a trial came to, with its context |
| steps.jsonl | every step of every node |
| comparison.json, verdict.json | the arms side by side; the judgement |
| replay-verdict.json | where this run replays another: which inputs differ, and which level was reached, or whether the curve came out again |
| weights/ | the weights along the trajectory: f32, little-endian |
| orders/ | the orders the sums were made in, by certificate |
| reductions.jsonl, axes.json, envelopes.json, noise-floor.json | of a study of spread: every all-reduce, and what was found |
| workers/ | what each worker printed |
| SHA256SUMS | checks all of it |
`
}

function shellQuoted(word: string): string {
  return /^[\w./:=,@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseImage } from '../../cluster/launch/image.ts'
import { renderManifests } from '../../cluster/launch/kubernetes/manifests.ts'
import { ReducibleError } from '../core/errors.ts'
import { loadStudyOrClaim } from '../study/load.ts'
import { applyOverrides } from '../study/overrides.ts'
import { type CommandResult, secondsOf } from './command.ts'
import { coordinatorWords } from './coordinator-words.ts'
import { type ClaimOptions, overridesIn } from './study-flags.ts'

export interface KubernetesFlags extends ClaimOptions {
  readonly render?: boolean
  readonly image?: string
  readonly nvidia?: boolean
  readonly time?: string
}

/** `launch --kubernetes --render`: prints the manifests; it speaks to no cluster. */
export function launchOnKubernetes(studyFile: string, flags: KubernetesFlags): CommandResult {
  if (!flags.render) {
    throw new ReducibleError('usage', '--kubernetes only writes manifests', {
      remedy: 'give --render, and hand what it prints to `kubectl apply -f -`',
    })
  }
  if (flags.replayOrders !== undefined) {
    throw new ReducibleError('usage', '--replay-orders names a run folder that no pod has', {
      remedy: 'replay on this machine, with `reducible run STUDY --replay-orders RUN`',
    })
  }
  const image = flags.image === undefined ? undefined : parseImage(flags.image)
  const { study, file, claim } = loadStudyOrClaim(studyFile, flags.quick === true)
  if (claim !== null) {
    throw new ReducibleError('usage', `${studyFile} is a claim, and the ConfigMap of a Job holds one study`, {
      remedy: `launch its study, ${file}`,
    })
  }
  const nodes = Math.max(...applyOverrides(study, overridesIn(flags)).arms.map((arm) => arm.nodes))
  const manifests = renderManifests({
    file: basename(file),
    text: readFileSync(file, 'utf8'),
    nodes,
    ...(image && { image }),
    deadlineSeconds: secondsOf(flags.time ?? '1h', '--time'),
    flags: coordinatorWords(flags),
    gpu: flags.nvidia ?? false,
  })
  if (image === undefined) {
    process.stderr.write('launch: the image is a placeholder; give --image NAME@sha256:… before you apply this\n')
  }
  return { text: manifests, json: { nodes, image: image?.reference ?? null, manifests } }
}

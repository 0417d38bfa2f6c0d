import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { projectRoot } from '../../../src/core/paths.ts'
import type { Image } from '../image.ts'

/** What of the base a study fills in. */
export interface StudyTerms {
  /** The study's file, without its folder, and its text. */
  readonly file: string
  readonly text: string
  /** Workers: the nodes of the largest arm. */
  readonly nodes: number
  /** Absent: the base's placeholder, which no registry has. */
  readonly image?: Image
  /** After which Kubernetes ends both jobs. */
  readonly deadlineSeconds: number
  /** Further words of `reducible coordinator`. */
  readonly flags: readonly string[]
  /** One GPU a worker, by the overlay `nvidia`. */
  readonly gpu: boolean
}

type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml }

const HERE = join(projectRoot, 'cluster/launch/kubernetes')

/** The manifests of a study, which are the files of the Kustomize base, filled in. */
export function renderManifests(terms: StudyTerms): string {
  const manifests = (read('base/kustomization.yaml') as { resources: string[] }).resources.map((file) => {
    const filled = mergeYaml(read(`base/${file}`), termsOf(file, terms))
    return file === 'worker.yaml' && terms.gpu ? mergeYaml(filled, read('nvidia/worker.yaml')) : filled
  })
  return manifests.map((manifest) => stringify(manifest, { lineWidth: 0 })).join('---\n')
}

/** What a study changes in one file of the base, as a strategic merge patch. */
function termsOf(file: string, { file: study, text, nodes, image, deadlineSeconds, flags }: StudyTerms): Yaml {
  const job = (name: string, pods: number, args: readonly string[]): Yaml => ({
    spec: {
      completions: pods,
      parallelism: pods,
      activeDeadlineSeconds: deadlineSeconds,
      template: { spec: { containers: [{ name, ...imageTerms(image), ...(args.length > 0 && { args }) }] } },
    },
  })
  switch (file) {
    case 'study.yaml':
      return { data: { [study]: text } }
    case 'coordinator.yaml':
      return job('coordinator', 1, [`/study/${study}`, '--listen', '0.0.0.0:29500', '--out', '/results', ...flags])
    case 'worker.yaml':
      return job('worker', nodes, [])
    default:
      return {}
  }
}

function imageTerms(image: Image | undefined): { readonly [key: string]: Yaml } {
  if (image === undefined) return {}
  return { image: image.reference, env: [{ name: 'REDUCIBLE_CONTAINER_DIGEST', value: image.digest }] }
}

/**
 * A strategic merge patch, as far as ours go: maps merge by key, lists of named items by name, `data` and the rest is replaced.
 * @source kubernetes.io, "Update API Objects in Place Using kubectl patch".
 */
function mergeYaml(base: Yaml, patch: Yaml): Yaml {
  if (isList(base) && isList(patch) && patch.every((item) => nameOf(item) !== undefined)) {
    const ofName = (name: Yaml | undefined, list: readonly Yaml[]): Yaml | undefined =>
      list.find((item) => nameOf(item) === name)
    const added = patch.filter((item) => ofName(nameOf(item), base) === undefined)
    return [...base.map((item) => mergeYaml(item, ofName(nameOf(item), patch) ?? {})), ...added]
  }
  if (!isMap(base) || !isMap(patch)) return patch
  const merged = Object.entries(patch).map(([key, value]) => {
    const old = key === 'data' ? undefined : base[key]
    return [key, old === undefined ? value : mergeYaml(old, value)]
  })
  return { ...base, ...Object.fromEntries(merged) }
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value)
}

function isMap(value: Yaml): value is { readonly [key: string]: Yaml } {
  return typeof value === 'object' && value !== null && !isList(value)
}

function nameOf(item: Yaml): Yaml | undefined {
  return isMap(item) ? item.name : undefined
}

function read(file: string): Yaml {
  return parse(readFileSync(join(HERE, file), 'utf8')) as Yaml
}

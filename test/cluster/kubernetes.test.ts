// Goal: what Kustomize reads and what the command prints are one thing, good by the published API schemas. Left out: a
// cluster; kubectl's own reading of the overlay (kubernetes.system.test.ts).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Job } from 'kubernetes-models/batch/v1'
import { ConfigMap, PersistentVolumeClaim, Service } from 'kubernetes-models/v1'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { parseImage } from '../../cluster/launch/image.ts'
import { renderManifests, type StudyTerms } from '../../cluster/launch/kubernetes/manifests.ts'
import { projectRoot } from '../../src/core/paths.ts'

const KINDS = { ConfigMap, Job, PersistentVolumeClaim, Service }
const STUDY = readFileSync(join(projectRoot, 'configs/slurm-4.yaml'), 'utf8')
const TERMS: StudyTerms = {
  ...{ file: 'slurm-4.yaml', text: STUDY, nodes: 4 },
  ...{ deadlineSeconds: 3600, flags: [], gpu: false },
}
const IMAGE = parseImage(`ghcr.io/someone/reducible@sha256:${'ab'.repeat(32)}`)

interface Manifest {
  readonly kind: keyof typeof KINDS
  readonly [key: string]: unknown
}

const manifestsOf = (terms: StudyTerms): Manifest[] =>
  parseAllDocuments(renderManifests(terms)).map((document) => document.toJS() as Manifest)

function validate(manifest: Manifest): void {
  new KINDS[manifest.kind](manifest as never).validate()
}

describe('the manifests', () => {
  it('of configs/slurm-4.yaml are the base', () => {
    const files = ['study', 'runs', 'service', 'coordinator', 'worker']
    const base = files.map((name) =>
      readFileSync(join(projectRoot, `cluster/launch/kubernetes/base/${name}.yaml`), 'utf8'),
    )
    expect(manifestsOf(TERMS)).toEqual(base.map((text) => parse(text) as unknown))
  })

  it('are good by the API schemas, and a planted fault is not', () => {
    const manifests = manifestsOf({ ...TERMS, image: IMAGE, gpu: true })
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Job',
      'Job',
      ...['PersistentVolumeClaim', 'Service'],
    ])
    for (const manifest of manifests) expect(() => validate(manifest)).not.toThrow()
    const job = manifests.find(({ kind }) => kind === 'Job') as Manifest
    expect(() => validate({ ...job, spec: { ...(job.spec as object), completions: 'four' } })).toThrow('completions')
  })

  it('hold the study, its nodes, its image and its flags', () => {
    const flags = ['--seeds', '0']
    const terms = {
      ...TERMS,
      file: 'own.yaml',
      text: 'a: 1\n',
      nodes: 7,
      image: IMAGE,
      deadlineSeconds: 60,
      flags,
      gpu: true,
    }
    const [study, , , coordinator, worker] = manifestsOf(terms)
    expect(study.data).toEqual({ 'own.yaml': 'a: 1\n' })
    expect(coordinator.spec).toMatchObject({
      ...{ completions: 1, activeDeadlineSeconds: 60 },
      template: {
        spec: { containers: [{ image: IMAGE.reference, args: expect.arrayContaining(['/study/own.yaml', ...flags]) }] },
      },
    })
    expect(worker.spec).toMatchObject({ completions: 7, parallelism: 7, activeDeadlineSeconds: 60 })
    const [{ env, resources, args }] = (
      worker.spec as { template: { spec: { containers: Record<string, unknown>[] } } }
    ).template.spec.containers
    expect(args).toEqual(['--coordinator', 'reducible-coordinator-0.reducible:29500'])
    expect(resources).toMatchObject({ limits: { 'nvidia.com/gpu': 1, memory: '4Gi' } })
    expect(env).toContainEqual({ name: 'REDUCIBLE_CONTAINER_DIGEST', value: IMAGE.digest })
    expect(env).toContainEqual({ name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'graphics,compute,utility' })
    expect(env).toHaveLength(5)
  })
})

import { SEED_MAX } from '../../../core/seeds.ts'
import { seedStreams } from '../../../study/seed-streams.ts'
import { differences, type Finding, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'

const SECRETIVE = /TOKEN|SECRET|PASS|CREDENTIAL|AUTH|(^|_)KEY/

export const SEED_RULES: readonly AuditRule[] = [
  {
    id: 'seeds-of-the-study',
    guards: ['manifest.seeds.values'],
    states: 'the seeds are those of the resolved study',
    consequence: 'the number is of other seeds than the ones named',
    fix: 'restore manifest.json and study.yaml from the original run',
    check: ({ manifest, anyStudy }) =>
      differences(
        'manifest.seeds.values',
        manifest.seeds.values,
        'seeds' in anyStudy ? anyStudy.seeds : [anyStudy.seed],
      ),
  },
  {
    // Seeding too late: what is drawn before, or beside, a named stream comes from no recorded seed.
    id: 'seeds-reach-every-stream',
    guards: ['manifest.seeds.streams'],
    states: 'every stream that the study draws from has its generator and version, and no other is named',
    consequence: 'what is drawn outside a named stream differs from run to run, and the seed is no evidence for it',
    fix: 'draw it from a named stream (src/study/seed-streams.ts) and run again',
    check: checkStreams,
  },
  {
    id: 'seeds-in-public',
    guards: ['manifest.seeds.values', 'environment.variables', 'environment.nccl_env'],
    states: 'nothing that is recorded has to stay secret: seeds are small numbers, variables no credentials',
    consequence: 'a run folder is there to be handed on: whoever reads a key in it can use it',
    fix: 'choose small whole numbers as seeds, draw keys and hidden test sets from elsewhere, and run again',
    check: checkSecrets,
  },
]

function checkStreams({ manifest, anyStudy: { workload, training } }: RunEvidence): Finding[] {
  const version = manifest.environment.packages['numpy-ts']
  const want = workload === undefined ? [] : seedStreams({ workload, ...(training && { training }) }, version)
  return differences('manifest.seeds.streams', manifest.seeds.streams, want)
}

function checkSecrets({ manifest, environment }: RunEvidence): Finding[] {
  const { variables, nccl_env } = environment
  const names = Object.entries({ 'environment.variables': variables, 'environment.nccl_env': nccl_env }).flatMap(
    ([path, record]) => Object.keys(record).map((name) => ({ path: `${path}.${name}`, name })),
  )
  return [
    ...manifest.seeds.values.flatMap((seed, index) =>
      seed > SEED_MAX
        ? [wrong(`manifest.seeds.values.${index}`, seed, `at most ${SEED_MAX}: this reads like a key or a clock`)]
        : [],
    ),
    ...names.filter(({ name }) => SECRETIVE.test(name)).map(({ path }) => wrong(path, 'a variable', 'no credential')),
  ]
}

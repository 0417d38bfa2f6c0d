import { canonicalJson } from '../../../core/canonical-json.ts'
import { sha256 } from '../../../core/digest.ts'
import { inputsOf } from '../../../record/inputs.ts'
import { isOwnerAlive } from '../../../record/manifest.ts'
import type { Inputs } from '../../../record/manifest-schema.ts'
import { differences, disagreements, type Finding, missing, type Place, unknown, wrong } from '../finding.ts'
import { readReadme } from '../readme.ts'
import type { AuditRule } from '../rule.ts'
import { digestOf, type RunEvidence } from '../run-evidence.ts'

const RESTORE = 'restore the file from the original run, or run the study again'

/** Of the run as a whole: its files, its name, how it ended, its inputs. */
export const RUN_RULES: readonly AuditRule[] = [
  {
    id: 'run-ended',
    guards: [
      'manifest.status',
      'manifest.endedAt',
      'manifest.wallSeconds',
      'manifest.failure',
      'manifest.inputs',
      'manifest.owner',
    ],
    states: 'the run ended, and its status, times and inputs say the same',
    consequence: 'trials may be missing, and those that are there may have been chosen',
    fix: 'run the study again to its end',
    check: checkEnd,
  },
  {
    id: 'files-as-they-were-left',
    guards: ['SHA256SUMS'],
    states: 'every file of a run that ended has the digest in SHA256SUMS, and no file was added or lost',
    consequence: 'whatever the file says was changed after the run',
    fix: 'restore the file from the original run',
    check: checkSums,
  },
  {
    id: 'one-run-id',
    guards: ['manifest.runId', 'comparison.invocation', 'README.md', 'manifest.startedAt'],
    states: 'study, records and numbers stand under one run id, made when the run began',
    consequence: 'numbers of several runs may have been put together: the arms were not measured in one pass',
    fix: RESTORE,
    check: checkRunId,
  },
  {
    id: 'inputs-have-their-digests',
    guards: ['manifest.inputs', 'manifest.code.sourceDigest', 'manifest.environment'],
    states: 'code, environment, data, seeds and cluster have the digests in manifest.inputs, and the five have theirs',
    consequence: 'two runs that seem to have equal inputs have not, or the other way round',
    fix: 'restore manifest.json from the original run',
    appliesTo: ({ manifest }) => manifest.inputs !== null,
    check: checkInputs,
  },
]

const SUMS = 'SHA256SUMS'

function checkSums(run: RunEvidence): Finding[] {
  if (!run.files.has(SUMS)) return [missing(SUMS, 'the digests of the files')]
  const lines = run.textOf(SUMS).trimEnd().split('\n')
  const stated = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
  const changed = [...run.files].flatMap(([file, bytes]) => {
    if (file === SUMS) return []
    const want = stated.get(file)
    if (want === undefined) return [wrong(file, 'a file', `nothing: ${SUMS} has no such file`)]
    return digestOf(bytes) === want ? [] : [wrong(file, digestOf(bytes), `${want}, in ${SUMS}`)]
  })
  const lost = [...stated.keys()].filter((file) => !run.files.has(file))
  return [...changed, ...lost.map((file) => missing(file, `a file with the digest in ${SUMS}`))]
}

/** A folder is named before its manifest is opened; in between git is asked and packages are compared, on whatever machine. */
const NAMED_BEFORE_START_MAX_MS = 30_000

function checkRunId(run: RunEvidence): Finding[] {
  const { runId, startedAt, replay } = run.manifest
  const places: Place[] = [['manifest.runId', runId]]
  const last = replay.command.at(-1)
  places.push([`manifest.replay.command.${replay.command.length - 1}`, last?.replace(/^runs\//, '')])
  if (run.files.has('comparison.json')) places.push(['comparison.invocation', run.comparison.invocation])
  const title = readReadme(run)?.title
  if (title !== undefined) places.push(['README.md', title])
  const found = disagreements(places)
  const named = namedTime(runId)
  const lateMs = Date.parse(startedAt) - named
  if (lateMs >= 0 && lateMs < NAMED_BEFORE_START_MAX_MS) return found
  const when = Number.isNaN(named) ? 'no time' : new Date(named).toISOString()
  return [
    ...found,
    wrong(
      'manifest.startedAt',
      startedAt,
      `within ${NAMED_BEFORE_START_MAX_MS / 1000} s of ${when}, as manifest.runId`,
    ),
    wrong('manifest.runId', runId, `a name with the time of ${startedAt}`),
  ]
}

/** `20261123T004825Z` of a run id, in ms; NaN where it has none. */
function namedTime(runId: string): number {
  const [, year, month, day, hour, minute, second] = /\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(runId) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** Is the process that owns the run still at work? */
export function isGoing({ manifest }: RunEvidence): boolean {
  return manifest.status === 'running' && manifest.endedAt === null && isOwnerAlive(manifest.owner)
}

function checkEnd(run: RunEvidence): Finding[] {
  const { status, startedAt, endedAt, wallSeconds, failure, inputs, owner } = run.manifest
  if (isGoing(run)) return [unknown('manifest.status', 'the run is still going')]
  const found: Finding[] = []
  if (status === 'running')
    found.push(wrong('manifest.status', status, 'an end: the process that owned the run is gone'))
  else if (status !== 'done') {
    found.push(wrong('manifest.status', failure === null ? status : `${status}: ${failure.message}`, 'done'))
  }
  if ((failure === null) !== (status === 'done' || status === 'running')) {
    found.push(
      failure === null
        ? missing('manifest.failure', `why it ${status}`)
        : wrong('manifest.failure', failure, 'null: the run is done'),
    )
  }
  if (status === 'done' && inputs === null) found.push(missing('manifest.inputs', 'the digests of the five inputs'))
  if (run.cluster.host.kernel.startsWith('Linux')) {
    const { bootId, startTicks } = owner
    if (bootId === null) found.push(missing('manifest.owner.bootId', 'the boot that the process belonged to'))
    if (startTicks === null) found.push(missing('manifest.owner.startTicks', 'when the process began'))
  }
  return [...found, ...checkTimes({ startedAt, endedAt, wallSeconds, status })]
}

function checkTimes(of: {
  startedAt: string
  endedAt: string | null
  wallSeconds: number | null
  status: string
}): Finding[] {
  const { startedAt, endedAt, wallSeconds, status } = of
  if (endedAt === null || wallSeconds === null) {
    if (status === 'running') return []
    return [
      ...differences('manifest.endedAt', endedAt ?? undefined, endedAt ?? 'a time'),
      ...differences('manifest.wallSeconds', wallSeconds ?? undefined, wallSeconds ?? 'seconds'),
    ]
  }
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  if (seconds === wallSeconds) return []
  return [
    wrong('manifest.wallSeconds', wallSeconds, `${seconds}: endedAt − startedAt`),
    wrong('manifest.endedAt', endedAt, `${wallSeconds} s after startedAt`),
    wrong('manifest.startedAt', startedAt, `${wallSeconds} s before endedAt`),
  ]
}

/** What of each input stands in no other record: at fault where the digest is right and nothing else was found. */
const STANDS_ONCE: Readonly<Record<Exclude<keyof Inputs, 'digest'>, readonly string[]>> = {
  code: ['manifest.code.sourceDigest'],
  environment: ['manifest.environment.lockfile.withoutIntegrity', 'manifest.environment.lockfile.contentsHashed'],
  data: ['manifest.data', 'manifest.rowMaps'],
  seeds: ['manifest.seeds'],
  cluster: ['cluster'],
}

function checkInputs({ manifest, cluster }: RunEvidence): Finding[] {
  const { inputs } = manifest
  if (inputs === null) return []
  const { digest, ...five } = inputs
  const { digest: _, ...want } = inputsOf(manifest, cluster)
  const areWhole = sha256(canonicalJson(five)) === digest
  const names = Object.keys(want) as (keyof typeof want)[]
  const found = names
    .filter((name) => five[name] !== want[name])
    .flatMap((name) =>
      areWhole
        ? STANDS_ONCE[name].map((path) =>
            wrong(path, 'other values', `those with the digest in manifest.inputs.${name}`),
          )
        : [wrong(`manifest.inputs.${name}`, five[name], want[name])],
    )
  return areWhole || found.length > 0 ? found : [wrong('manifest.inputs.digest', digest, sha256(canonicalJson(five)))]
}

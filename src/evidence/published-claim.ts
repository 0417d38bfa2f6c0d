import type { PublishedClaim } from '../study/published-claim-schema.ts'
import { bestOf, impliedBandwidth, times } from './claim-bounds.ts'
import { type ClaimField, INPUT_FIELDS, type Need } from './claim-fields.ts'
import { NUMBER_FIELDS } from './claim-number-fields.ts'
import { type ClaimSetting, factAt, settingOf } from './claim-setting.ts'

/** One key of the claim, and what follows where it is missing. */
export interface ClaimRow {
  readonly path: string
  readonly status: 'present' | 'missing'
  readonly need: Need
  readonly stated: string | number | null
  readonly where: string | null
  /** Stated here, but not looked up in the source. */
  readonly unverified: boolean
  /** Null where the key is present. */
  readonly consequence: { readonly effect: string; readonly bound: string | null } | null
  readonly request: string | null
}

/** What is wrong with a claim whatever it leaves out (`fail`), or has to be said beside it (`label`). */
export interface ClaimFinding {
  readonly rule: string
  readonly kind: 'fail' | 'label'
  readonly text: string
}

/** One thing that is needed to draw the curve again, or to compute the number again from its repeats. */
export interface RedrawRow {
  readonly part: string
  readonly published: boolean
  /** What is not there; null where it is. */
  readonly missing: string | null
}

export interface ClaimAudit {
  /** Nothing required is missing, and no rule fails. */
  readonly complete: boolean
  readonly kind: 'performance' | 'numeric'
  /** code, environment, data, seeds, cluster, number. */
  readonly groups: readonly { readonly name: string; readonly rows: readonly ClaimRow[] }[]
  readonly findings: readonly ClaimFinding[]
  readonly redraw: { readonly possible: boolean; readonly rows: readonly RedrawRow[] }
  /** What to request, required first. */
  readonly questions: readonly { readonly path: string; readonly need: Need; readonly text: string }[]
  /** Bytes per second that each worker must send at least for the number to be possible; null where not known. */
  readonly leastBandwidthBytesPerSecond: number | null
}

/** Checks somebody else's claim against the five inputs and the number itself. Pure. */
export function auditClaim(claim: PublishedClaim): ClaimAudit {
  const setting = settingOf(claim)
  const rowsOf = (fields: readonly ClaimField[]): ClaimRow[] => fields.map((field) => rowOf(field, setting))
  const inputRows = rowsOf(INPUT_FIELDS)
  const groups = [
    ...['code', 'environment', 'data', 'seeds', 'cluster'].map((name) => ({
      name,
      rows: inputRows.filter(({ path }) => path.startsWith(`${name}.`)),
    })),
    { name: 'number', rows: rowsOf(NUMBER_FIELDS) },
  ]
  const missing = groups
    .flatMap(({ rows }) => rows)
    .filter(({ status, need }) => status === 'missing' && need !== 'none')
  const findings = findingsOf(setting)
  const redraw = redrawOf(setting)
  const questions = [
    ...missing.filter(({ need }) => need === 'required'),
    ...missing.filter(({ need }) => need === 'useful'),
  ].map(({ path, need, request }) => ({ path, need, text: request ?? '' }))
  return {
    complete: !missing.some(({ need }) => need === 'required') && !findings.some(({ kind }) => kind === 'fail'),
    kind: setting.performance ? 'performance' : 'numeric',
    groups,
    findings,
    redraw,
    questions: [...questions, ...(redraw.rows[0].published ? [] : [pointsQuestion(setting)])],
    leastBandwidthBytesPerSecond: impliedBandwidth(setting),
  }
}

function rowOf({ path, need, effect, bound, ask }: ClaimField, setting: ClaimSetting): ClaimRow {
  const fact = factAt(setting.claim, path)
  return {
    path,
    status: fact ? 'present' : 'missing',
    need: need(setting),
    stated: fact?.stated ?? null,
    where: fact?.where ?? null,
    unverified: fact?.unverified ?? false,
    consequence: fact ? null : { effect: effect(setting), bound: bound?.(setting) ?? null },
    request: fact ? null : ask,
  }
}

/** What each level would have to state. */
const LEVELS = {
  numerical: 'the same bytes: commit, lockfile, data digests, seeds, instruction sets and the order of every sum',
  statistical: 'the same distribution: mean, spread and n over fresh seeds',
  scientific: 'the same conclusion when seed, node count, order or machine change',
  functional: 'it runs, and gives a number of the right kind',
} as const

function findingsOf(setting: ClaimSetting): ClaimFinding[] {
  const { claim, performance, numerical, speedup } = setting
  const findings: ClaimFinding[] = []
  const fail = (rule: string, text: string): unknown => findings.push({ rule, kind: 'fail', text })
  const label = (rule: string, text: string): unknown => findings.push({ rule, kind: 'label', text })

  const update = claim.code?.update?.stated
  if (!claim.level) {
    const levels = Object.entries(LEVELS).map(([level, needs]) => `${level} (${needs})`)
    fail('a claim without a level', `a rerun could match: ${levels.join('; ')}`)
  }
  if (numerical && (update === 'asynchronous' || update === 'elastic')) {
    fail('arrival decides bytes', `${update} updates are added as they arrive; claim the distribution instead`)
  }
  if (numerical && performance) {
    fail('no time to the byte', 'a rerun takes another time on the same machine; claim the distribution instead')
  }
  if (performance && claim.evidence?.includes('seed')) {
    fail('a seed is no evidence of speed', 'it fixes the numbers that are computed, not how long that takes')
  }
  if (claim.cluster?.simulated) {
    if (/simulat/i.test(claim.statement))
      label('simulated', 'a model computed this; it does not stand beside measured ones')
    else fail('simulated, and does not say so', 'the statement has to call the number simulated')
  }
  const n = claim.number.n?.stated
  if (n === 1) label('n = 1, no spread', 'one run; nothing is known of the next')
  if (claim.number.selection?.stated === 'best') {
    label(
      n === undefined ? 'best of an unknown n' : `best of ${n}`,
      n === undefined
        ? 'the best of enough runs is as good as one likes'
        : `on average up to ${bestOf(n).toFixed(1)} standard deviations better than the mean`,
    )
  }
  if (speedup && speedup.speedup > speedup.ideal) {
    label(
      'above the ideal',
      `more than ${times(speedup.ideal)} the base case, which is slower than it could be or does other work`,
    )
  }
  return findings
}

function redrawOf({ claim, performance, parallel }: ClaimSetting): ClaimAudit['redraw'] {
  const { points, repeats, base, spread, n } = claim.number
  const cluster = claim.cluster
  const part = (name: string, published: boolean, missing: string): RedrawRow => ({
    part: name,
    published,
    missing: published ? null : missing,
  })
  const curve = points ?? []
  const rows = performance
    ? [
        part('points', curve.length >= 2, 'a value for each of at least two worker counts, in digits'),
        part('base', Boolean(base?.value), "the base case's absolute value"),
        part(
          'spread',
          curve.length > 0 ? curve.every((each) => each.spread) : Boolean(spread),
          'a spread at each point',
        ),
        part('n', curve.length > 0 ? curve.every((each) => each.n) : Boolean(n), 'the number of repeats at each point'),
        part(
          'hardware',
          Boolean(cluster?.accelerator && (!parallel || hasLinks(claim))),
          'accelerator and interconnect',
        ),
      ]
    : [
        part('points', (repeats ?? []).length >= 2, 'the value of each repeat, in digits'),
        part('spread', Boolean(spread), 'the spread'),
        part('n', Boolean(n), 'the number of repeats'),
        part('hardware', Boolean(cluster?.accelerator), 'the accelerator'),
      ]
  return { possible: rows.every(({ published }) => published), rows }
}

function hasLinks({ cluster }: PublishedClaim): boolean {
  return Boolean(cluster?.interconnect?.fabric && cluster.interconnect.bandwidth)
}

/** Of the points alone: the other parts of the curve have a field of their own. */
function pointsQuestion({ performance }: ClaimSetting): ClaimAudit['questions'][number] {
  return performance
    ? {
        path: 'number.points',
        need: 'useful',
        text: 'What are the values of the curve, with worker count, spread and n of each point?',
      }
    : { path: 'number.repeats', need: 'useful', text: 'What value did each repeat give?' }
}

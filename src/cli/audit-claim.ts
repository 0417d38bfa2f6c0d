import { ReducibleError } from '../core/errors.ts'
import { settingOf, valueText } from '../evidence/claim-setting.ts'
import { recordedFabric } from '../evidence/claimed-fabric.ts'
import { auditClaim, type ClaimAudit, type ClaimRow } from '../evidence/published-claim.ts'
import { whatIf } from '../evidence/what-if.ts'
import { loadStatedCluster } from '../record/cluster-spec/load.ts'
import { linksOf } from '../simulate/cluster-links.ts'
import { loadPublishedClaim } from '../study/load.ts'
import type { PublishedClaim } from '../study/published-claim-schema.ts'
import { type CommandResult, type CommonOptions, runCommand } from './command.ts'
import { wrap } from './table.ts'
import { whatIfText } from './what-if-text.ts'

interface AuditClaimOptions extends CommonOptions {
  /** Is the number possible on the fabric that the claim states, or on that of a spec? */
  readonly whatIf?: true | string
}

/** `reducible audit --claim FILE`: what somebody else's claim states, what it leaves out, and what to ask for. */
export async function auditClaimCommand(file: string, options: AuditClaimOptions): Promise<never> {
  return runCommand('audit', options, async () => {
    const claim = loadPublishedClaim(file)
    const { statement, source, level } = claim
    const audited = { file, statement, source, level: level ?? null, value: valueText(claim) }
    if (options.whatIf !== undefined) return simulated(claim, audited, options.whatIf)
    const audit = auditClaim(claim)
    return {
      verdict: audit.complete ? 'true' : 'false',
      text: claimText(claim, audit),
      json: { claim: audited, ...audit },
    }
  })
}

const VERDICTS = { consistent: 'true', impossible: 'false', undecidable: 'inconclusive' } as const

/** @throws {ReducibleError} usage: not a claim of speed; invalid-study: a spec without links. */
function simulated(claim: PublishedClaim, audited: { readonly file: string }, on: true | string): CommandResult {
  const { metric } = claim.number
  if (!settingOf(claim).performance) {
    throw new ReducibleError(
      'usage',
      `${audited.file} claims ${metric}, and a fabric decides how fast, not what comes out`,
      {
        remedy: 'ask --what-if of a claim of speed',
      },
    )
  }
  const asked = on === true ? null : recordedFabric(on, linksOf(loadStatedCluster(on).spec, on))
  const found = whatIf(claim, asked)
  return { verdict: VERDICTS[found.answer], text: whatIfText(claim, found), json: { claim: audited, ...found } }
}

function claimText(claim: PublishedClaim, audit: ClaimAudit): string {
  return [
    headText(claim, audit),
    ...audit.groups.map(groupText),
    findingsText(audit),
    redrawText(audit),
    questionsText(audit),
    closingText(claim, audit),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function headText(claim: PublishedClaim, { kind, leastBandwidthBytesPerSecond }: ClaimAudit): string {
  const { title, authors, year, place, url, quote } = claim.source
  const { metric, value } = claim.number
  const number = `${valueText(claim)}${notesText(value.where, value.unverified)}`
  const by = authors ? `${authors}${year ? ` (${year})` : ''}, ` : ''
  return [
    wrap(`claim: ${claim.statement}`, '  '),
    wrap(`number: ${metric} ${number}, a ${kind} claim, level ${claim.level ?? 'not stated'}`, '  '),
    wrap(`source: ${by}${title}, ${place}${quote ? `: "${quote}"` : ''}`, '  '),
    ...(url ? [`  ${url}`] : []),
    ...(leastBandwidthBytesPerSecond === null
      ? []
      : [
          wrap(
            `implies: each worker sends at least ${(leastBandwidthBytesPerSecond / 1e9).toPrecision(2)} GB/s, or gradients are not all-reduced whole`,
            '  ',
          ),
        ]),
  ].join('\n')
}

function groupText({ name, rows }: ClaimAudit['groups'][number]): string {
  const shown = rows.filter(({ status, need }) => status === 'present' || need !== 'none')
  const required = shown.filter(({ need }) => need === 'required')
  const missing = required.filter(({ status }) => status === 'missing').length
  const head =
    required.length === 0
      ? 'nothing required of this number'
      : missing === 0
        ? 'complete'
        : `${missing} of ${required.length} required fields missing`
  return [`${name}: ${head}`, ...shown.map(rowText)].join('\n')
}

const INDENT = ' '.repeat(12)

function rowText({ path, status, need, stated, where, unverified, consequence }: ClaimRow): string {
  if (status === 'present') {
    return wrap(`  present   ${path}: ${stated}${notesText(where, unverified)}`, INDENT)
  }
  const { effect, bound } = consequence ?? { effect: '', bound: null }
  if (need === 'useful')
    return wrap(`  missing   ${path} (not required): ${effect}.${bound ? ` Bound: ${bound}.` : ''}`, INDENT)
  return wrap(`  MISSING   ${path}: ${effect}. ${bound ? `Bound: ${bound}` : 'Cannot be bounded'}.`, INDENT)
}

/** Where a statement stands, and whether somebody looked. */
function notesText(where: string | null | undefined, unverified: boolean): string {
  const notes = [where, unverified ? 'not verified' : null].filter((note) => note)
  return notes.length === 0 ? '' : ` (${notes.join('; ')})`
}

function findingsText({ findings }: ClaimAudit): string {
  if (findings.length === 0) return ''
  const line = ({ kind, rule, text }: ClaimAudit['findings'][number]): string =>
    wrap(`  ${kind === 'fail' ? 'FAIL   ' : 'label  '}   ${rule}: ${text}`, INDENT)
  return ['rules', ...findings.map(line)].join('\n')
}

function redrawText({ kind, redraw }: ClaimAudit): string {
  const what = kind === 'performance' ? 'could the curve be redrawn' : 'could the number be computed again'
  const rows = redraw.rows.map(({ part, missing }) =>
    wrap(
      `  ${missing === null ? 'yes' : 'no '}       ${part}${missing === null ? '' : `: missing ${missing}`}`,
      INDENT,
    ),
  )
  return [`${what} from what is published? ${redraw.possible ? 'yes' : 'no'}`, ...rows].join('\n')
}

function questionsText({ questions }: ClaimAudit): string {
  if (questions.length === 0) return ''
  return [
    'to request from the authors, what is required first',
    ...questions.map(({ path, text }, index) =>
      wrap(`  ${String(index + 1).padStart(2)}. ${text} [${path}]`, '      '),
    ),
  ].join('\n')
}

function closingText({ number }: PublishedClaim, { complete, groups, findings }: ClaimAudit): string {
  const rows = groups.flatMap((group) => group.rows)
  const required = rows.filter(({ need }) => need === 'required')
  const missing = required.filter(({ status }) => status === 'missing').length
  const failed = findings.filter(({ kind }) => kind === 'fail').length
  const unverified = [number.value, ...rows].filter((each) => each.unverified).length
  const counts = [
    `${missing} of ${required.length} required fields missing`,
    `${failed} ${failed === 1 ? 'rule' : 'rules'} failed`,
    ...(unverified > 0 ? [`${unverified} statements not verified in the source`] : []),
  ]
  return wrap(`${complete ? 'complete' : 'incomplete'}: ${counts.join(', ')}`, '  ')
}

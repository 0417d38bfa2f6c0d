import { pathToFileURL } from 'node:url'
import type { RunAudit } from '../evidence/audit/audit-run.ts'
import type { Finding } from '../evidence/audit/finding.ts'
import type { AuditRule } from '../evidence/audit/rule.ts'
import { AUDIT_RULES } from '../evidence/audit/rules.ts'
import { fileOf } from '../evidence/audit/run-evidence.ts'
import { prettyJson } from '../record/files.ts'

/** SARIF 2.1.0: a run a folder, a result a finding, at its file. */
export function auditSarif(audits: readonly RunAudit[]): string {
  const driver = { name: 'reducible', rules: AUDIT_RULES.map(descriptorOf) }
  return prettyJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: audits.map((audit) => ({
      tool: { driver },
      automationDetails: { id: `audit/${audit.runId ?? 'unknown'}` },
      originalUriBaseIds: { RUN: { uri: `${pathToFileURL(audit.folder)}/` } },
      results: audit.rules.flatMap(({ rule, findings }) => findings.map((finding) => resultOf(rule, finding))),
    })),
  })
}

function descriptorOf({ id, states, consequence, fix }: AuditRule): object {
  return { id, shortDescription: { text: states }, fullDescription: { text: consequence }, help: { text: fix } }
}

function resultOf(rule: AuditRule, finding: Finding): object {
  const uri = encodeURI(fileOf(finding.path))
  return {
    ruleId: rule.id,
    ruleIndex: AUDIT_RULES.indexOf(rule),
    level: finding.kind === 'unknown' ? 'warning' : 'error',
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri, uriBaseId: 'RUN' } },
        logicalLocations: [{ fullyQualifiedName: finding.path }],
      },
    ],
  }
}

function messageOf({ kind, path, got, want, reason }: Finding): string {
  const wanted = want === undefined ? '' : `, want ${JSON.stringify(want)}`
  switch (kind) {
    case 'missing':
      return `${path} is missing${wanted}`
    case 'wrong':
      return `${path} is wrong: got ${JSON.stringify(got)}${wanted}`
    case 'unknown':
      return `${path} is unknown: ${reason}`
  }
}

import { codeDigests } from '../../record/source-digest.ts'
import { type Finding, unknown } from './finding.ts'
import type { RunEvidence } from './run-evidence.ts'

/** Sentences that other sources wrote may be worded otherwise here: what differs in words alone nobody can tell. */
export function excuseWording({ manifest }: RunEvidence, findings: readonly Finding[]): Finding[] {
  if (manifest.code.sourceDigest === codeDigests().sourceDigest) return [...findings]
  return findings.map((finding) =>
    isSentence(finding.got) && isSentence(finding.want)
      ? unknown(finding.path, 'worded by other sources than those of this audit')
      : finding,
  )
}

function isSentence(value: unknown): boolean {
  return typeof value === 'string' && value.includes(' ')
}

import { execFileSync } from 'node:child_process'
import { sha256 } from '../core/digest.ts'
import { projectRoot } from '../core/paths.ts'

/**
 * Who runs this, as a SHA-256: of a given name, else of git's user.email; null where neither is known. Nobody signs it: it
 * tells two people apart who do not pretend.
 */
export function operatorDigest(name?: string): string | null {
  const known = (name ?? gitEmail()).trim().toLowerCase()
  return known === '' ? null : sha256(known)
}

function gitEmail(): string {
  try {
    return execFileSync('git', ['-C', projectRoot, 'config', 'user.email'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    })
  } catch {
    return ''
  }
}

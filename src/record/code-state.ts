import { execFileSync } from 'node:child_process'
import { projectRoot } from '../core/paths.ts'

/** Which code ran, as git sees the tree. `unknown` where git fails: a failing git is never clean. */
export interface CodeState {
  readonly commit: string | null
  readonly state: 'clean' | 'dirty' | 'unknown'
}

/** The commit and state of the project's tree. */
export function codeState(): CodeState {
  try {
    const commit = git('rev-parse', 'HEAD')
    const changes = git('status', '--porcelain')
    return { commit, state: changes === '' ? 'clean' : 'dirty' }
  } catch {
    return { commit: null, state: 'unknown' }
  }
}

function git(...command: string[]): string {
  return execFileSync('git', ['-C', projectRoot, ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  }).trim()
}

import { DAWN_FLAGS } from '../../../gradient/gpu/device.ts'
import { codeDigests } from '../../../record/source-digest.ts'
import { differences, disagreements, type Finding, missing, type Place, wrong } from '../finding.ts'
import { readReadme } from '../readme.ts'
import type { AuditRule } from '../rule.ts'
import { digestOf, type RunEvidence } from '../run-evidence.ts'

export const CODE_RULES: readonly AuditRule[] = [
  {
    id: 'code-is-at-its-commit',
    guards: ['manifest.code', 'diff.patch'],
    states: 'the tree was clean: its commit names all of it',
    consequence: 'nobody can get the code that ran: the number may come from lines that no commit has',
    fix: 'commit everything and run again; --require-clean refuses such a tree before any work',
    check: checkState,
  },
  {
    id: 'one-commit',
    guards: ['manifest.code.commit', 'environment.git_commit', 'comparison.commit', 'manifest.runId', 'README.md'],
    states: 'every record names the same commit',
    consequence: 'the numbers may have been made by another code than the one named',
    fix: 'restore the file from the original run, or run the study again',
    check: checkCommit,
  },
  {
    id: 'constants-of-these-sources',
    guards: ['manifest.code.kernelsDigest', 'manifest.determinism.dawnFlags'],
    states: 'kernels and Dawn switches are those of the sources that ran, where this audit has the same sources',
    consequence: 'other kernels or switches round otherwise: bits differ, and nobody sees why',
    fix: 'restore manifest.json from the original run',
    appliesTo: ({ manifest }) => manifest.code.sourceDigest === codeDigests().sourceDigest,
    check: ({ manifest: { code, determinism } }) => [
      ...differences('manifest.code.kernelsDigest', code.kernelsDigest, codeDigests().kernelsDigest),
      ...differences('manifest.determinism.dawnFlags', determinism.dawnFlags, DAWN_FLAGS),
    ],
  },
]

function checkState(run: RunEvidence): Finding[] {
  const { state, reason, shallow, commit, diffSha256, untracked, submodules, hidden } = run.manifest.code
  const at = 'manifest.code'
  const patch = run.files.get('diff.patch')
  const found: Finding[] = []
  if (state !== 'clean') found.push(wrong(`${at}.state`, reason === null ? state : `${state}: ${reason}`, 'clean'))
  if (state !== 'unknown') {
    if (commit === null) found.push(missing(`${at}.commit`, 'a commit'))
    if (shallow === null) found.push(missing(`${at}.shallow`, 'whether the clone is shallow'))
  } else if (reason === null) found.push(missing(`${at}.reason`, 'why nobody can tell'))
  if (patch && digestOf(patch) !== diffSha256) {
    found.push(wrong(`${at}.diffSha256`, diffSha256, digestOf(patch)))
    found.push(wrong('diff.patch', digestOf(patch), diffSha256 ?? 'no file'))
  }
  if (!patch && diffSha256 !== null)
    found.push(missing('diff.patch', diffSha256), wrong(`${at}.diffSha256`, diffSha256, 'null: there is no diff.patch'))
  if (state !== 'clean') return found
  if (reason !== null) found.push(wrong(`${at}.reason`, reason, 'null in a clean tree'))
  const lists = { untracked, hidden, submodules: submodules.filter((submodule) => submodule.state === 'dirty') }
  for (const [name, list] of Object.entries(lists)) {
    if (list.length > 0) found.push(wrong(`${at}.${name}`, list, 'none in a clean tree'))
  }
  return found
}

function checkCommit(run: RunEvidence): Finding[] {
  const { code, runId } = run.manifest
  const places: Place[] = [
    ['manifest.code.commit', code.commit],
    ['environment.git_commit', run.environment.git_commit],
  ]
  if (run.files.has('comparison.json')) places.push(['comparison.commit', run.comparison.commit])
  const stated = readReadme(run)?.commit
  if (stated !== undefined) places.push(['README.md', stated === 'unknown' ? null : stated])
  const inName = /-([0-9a-f]{7}|nogit)-\d+$/.exec(runId)?.[1]
  const found = disagreements(places)
  const agreed = places.find(([path]) => !found.some((finding) => finding.path === path)) ?? places[0]
  const want = typeof agreed[1] === 'string' ? agreed[1].slice(0, 7) : 'nogit'
  return inName === want ? found : [...found, wrong('manifest.runId', runId, `a name with ${want}, the commit`)]
}

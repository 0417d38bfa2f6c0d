import { differences, type Finding, missing, wrong } from '../finding.ts'
import { readReadme } from '../readme.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'

export const RECIPE_RULES: readonly AuditRule[] = [
  {
    id: 'readme-has-the-replay-command',
    guards: ['README.md', 'manifest.replay', 'manifest.command', 'manifest.runId', 'manifest.inputs.digest'],
    states: 'README.md has the command that made the run, the one that replays it, and the digest of the inputs',
    consequence: 'a reader who follows the README makes another run, or none',
    fix: 'restore README.md from the original run',
    check: checkReadme,
  },
]

function checkReadme(run: RunEvidence): Finding[] {
  const { command, replay, runId, inputs } = run.manifest
  const stated = readReadme(run)
  const wantedReplay = ['npx', '--no-install', 'reducible', 'replay', `runs/${runId}`]
  const inManifest = differences('manifest.replay.command', replay.command, wantedReplay)
  if (stated === null) return [...inManifest, missing('README.md', replay.command.join(' '))]
  return [
    ...inManifest,
    ...both('manifest.command', command, stated.command, 'the command that made the run'),
    ...both('manifest.replay.command', replay.command, stated.replay, 'the replay command'),
    ...both('manifest.runId', runId, stated.title, 'the run in its title'),
    ...both('manifest.inputs.digest', inputs?.digest, stated.inputsDigest, 'the digest of the inputs'),
  ]
}

/** The README's word against the manifest's. */
function both(path: string, recorded: unknown, stated: unknown, what: string): Finding[] {
  const found = differences(path, recorded, stated)
  if (found.length === 0) return []
  if (stated === undefined) return [missing('README.md', what)]
  return [...found, wrong('README.md', `${what}: ${textOf(stated)}`, `${textOf(recorded)}, as ${path}`)]
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(' ') : String(value ?? 'none')
}

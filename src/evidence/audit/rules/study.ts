import { basename, dirname, join, normalize } from 'node:path'
import { sha256OfJson } from '../../../core/canonical-json.ts'
import { messageOf } from '../../../core/errors.ts'
import { isArmArrivalOrdered } from '../../../record/compose-manifest.ts'
import { DEFAULT_CLAIM } from '../../../study/default-claim.ts'
import { applyOverrides } from '../../../study/overrides.ts'
import { differences, type Finding, missing, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'

const RESTORE = 'restore the file from the original run, or run the study again'

export const STUDY_RULES: readonly AuditRule[] = [
  {
    id: 'study-has-its-digest',
    guards: ['manifest.study.sha256', 'study'],
    states: 'study.yaml, every default filled in, has the digest in the manifest',
    consequence: 'other steps, batches or rates than the ones that ran may be written there',
    fix: RESTORE,
    check({ manifest, anyStudy }) {
      const digest = sha256OfJson(anyStudy)
      if (digest === manifest.study.sha256) return []
      return [
        wrong('manifest.study.sha256', manifest.study.sha256, `${digest}, of study.yaml`),
        wrong('study', digest, `${manifest.study.sha256}, as manifest.study.sha256`),
      ]
    },
  },
  {
    id: 'study-as-it-was-asked',
    guards: [
      'manifest.command',
      'manifest.studyFile',
      'manifest.claimFile',
      'manifest.quick',
      'manifest.determinism.deterministic',
      'manifest.overrides',
    ],
    states:
      'the command line names the study or claim, every override and --deterministic, and the resolved study has them',
    consequence: 'the recorded command makes another run than this one',
    fix: RESTORE,
    check: checkCommand,
  },
  {
    id: 'arrival-ordered-arms',
    guards: ['manifest.determinism.arrivalOrdered'],
    states: 'the arms whose sums are added as they arrive are named',
    consequence: 'such an arm gives other bits each time unless its recorded order is forced',
    fix: RESTORE,
    appliesTo: (run) => run.hasArms,
    check: ({ manifest, study }) =>
      differences(
        'manifest.determinism.arrivalOrdered',
        manifest.determinism.arrivalOrdered,
        study.arms.filter(isArmArrivalOrdered).map(({ name }) => name),
      ),
  },
]

const FLAGS_OF_OVERRIDES =
  /^--(nodes|algorithm|arithmetic|transport|adapter|cluster|launch|seeds|steps|repeats|mode)(?:=(.*))?$/s

function checkCommand(run: RunEvidence): Finding[] {
  const { command, studyFile, claimFile, quick, overrides, determinism, runId } = run.manifest
  const [verb, ...words] = command
  const [study] = runId.split('/')
  const found: Finding[] = []
  if (!VERBS.includes(verb)) found.push(wrong('manifest.command.0', verb, VERBS.join(' or ')))
  if (verb !== 'reproduce' && !isNamedIn(words, studyFile)) {
    found.push(wrong('manifest.studyFile', studyFile, 'the study in the command'))
  }
  if ((verb === 'reproduce') !== (claimFile !== null)) {
    found.push(wrong('manifest.claimFile', claimFile, 'the claim of `reproduce`, and only of it'))
  }
  if (claimFile !== null && !isNamedIn(words, claimFile) && !isDefault(words, claimFile)) {
    found.push(wrong('manifest.claimFile', claimFile, 'the claim in the command'))
  }
  if (basename(studyFile).replace(/\.ya?ml$/, '') !== study) {
    found.push(wrong('manifest.studyFile', studyFile, `the file of study ${study}`))
  }
  return [
    ...found,
    ...differences('manifest.quick', quick, command.includes('--quick')),
    ...differences(
      'manifest.determinism.deterministic',
      determinism.deterministic,
      command.includes('--deterministic'),
    ),
    ...checkStudyOfClaim(run),
    ...checkOverrides(
      run,
      { ...overridesIn(words), ...(VERBS_OF_OTHERS.includes(verb) && { launch: 'external' }) },
      overrides,
    ),
  ]
}

function isNamedIn(words: readonly string[], file: string): boolean {
  return words.some((word) => word === file || word.endsWith(`=${file}`))
}

/** `reproduce` without a claim takes the default one. */
function isDefault(words: readonly string[], claimFile: string): boolean {
  return !words.some((word) => /\.ya?ml$/.test(word)) && claimFile.endsWith(DEFAULT_CLAIM)
}

/** The study stands in the claim as a path from the claim's folder, in the manifest as one from where the run was started. */
function checkStudyOfClaim({ manifest: { studyFile, claimFile }, claim }: RunEvidence): Finding[] {
  if (claim === null || claimFile === null) return []
  const fromHere = normalize(join(dirname(claimFile), claim.study))
  if (fromHere === studyFile || fromHere.endsWith(`/${studyFile.replace(/^(\.\.\/)+/, '')}`)) return []
  return [
    wrong('manifest.studyFile', studyFile, `${claim.study} from the folder of ${claimFile}`),
    wrong('manifest.claimFile', claimFile, `a claim from whose folder ${claim.study} is ${studyFile}`),
    wrong('claim.study', claim.study, `${studyFile} from the folder of ${claimFile}`),
  ]
}

/** Those whose workers somebody else starts, whatever the study says. */
const VERBS_OF_OTHERS = ['coordinator', 'launch']
const VERBS = ['run', 'reproduce', 'scale', 'spread', ...VERBS_OF_OTHERS]

function overridesIn(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.flatMap((word, at) => {
      const [, flag, value = words[at + 1]] = FLAGS_OF_OVERRIDES.exec(word) ?? []
      return flag === undefined ? [] : [[flag, value]]
    }),
  )
}

function checkOverrides(
  run: RunEvidence,
  inCommand: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>>,
): Finding[] {
  if (!run.hasArms) return []
  const found = differences('manifest.overrides', overrides, inCommand)
  if (found.length > 0) return [...found, ...differences('manifest.command', inCommand, overrides)]
  if (Object.keys(overrides).length === 0) return []
  try {
    // The copy that the folder has of the spec stands in the study, the spec itself in the manifest.
    const { cluster } = run.study
    const { stated } = run.manifest.cluster
    const named = overrides.cluster
    return [
      ...differences('study', run.study, { ...applyOverrides(run.study, overrides), ...(stated && { cluster }) }),
      ...(stated && named ? differences('manifest.cluster.stated.file', stated.file, named) : []),
    ]
  } catch (thrown) {
    return [missing('manifest.overrides', messageOf(thrown))]
  }
}

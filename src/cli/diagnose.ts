import { type Diagnosis, diagnose } from '../evidence/diagnose/diagnose.ts'
import type { SourceFinding } from '../evidence/diagnose/finding.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { readDiagnosedRun } from './diagnosed-run.ts'
import { wrap } from './table.ts'

/** `reducible diagnose RUN`: which of the five sources of variation the records of a run show. */
export async function diagnoseCommand(run: string, options: CommonOptions): Promise<never> {
  return runCommand('diagnose', options, async () => {
    const diagnosed = readDiagnosedRun(run)
    const { simulated, trials } = diagnosed
    const diagnosis = diagnose(diagnosed)
    return {
      text: diagnosisText(diagnosis, `${trials.length} trials${simulated ? ', SIMULATED' : ''}`),
      json: { run, simulated, trials: trials.length, ...diagnosis },
    }
  })
}

/** A diagnosis for people. @param of what it was made from. */
export function diagnosisText({ conclusion, findings }: Diagnosis, of: string): string {
  const named = findings.filter(({ standing }) => standing === 'named')
  const rest = findings.filter(({ standing }) => standing === 'not seen').map(({ source }) => source)
  const said = named.length > 0 ? named.map(({ source }) => source).join(', ') : conclusion
  return [
    wrap(`${said} (${of}, from their records alone)`, '  '),
    ...findings.filter(({ standing }) => standing !== 'not seen').flatMap(findingLines),
    ...(rest.length > 0 ? ['', wrap(`not seen: ${rest.join(', ')}`, '  ')] : []),
  ].join('\n')
}

function findingLines({ source, standing, touches, evidence, practice }: SourceFinding): string[] {
  const title = standing === 'named' ? `${source}: ${touches.join(' and ')}` : `${source}: cannot tell`
  return [
    '',
    title,
    ...evidence.map(({ text, file }) => wrap(`  ${text} [${file}]`, '    ')),
    wrap(`  practice: ${practice}`, '    '),
  ]
}

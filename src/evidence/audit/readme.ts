import type { RunEvidence } from './run-evidence.ts'

/** What the README of a run folder states, as far as it does. */
export interface StatedInReadme {
  readonly title: string | undefined
  readonly commit: string | undefined
  /** Words after `reducible`. */
  readonly command: readonly string[] | undefined
  readonly replay: readonly string[] | undefined
  readonly inputsDigest: string | undefined
}

/** Null where the folder has none. */
export function readReadme(run: RunEvidence): StatedInReadme | null {
  if (!run.files.has('README.md')) return null
  const text = run.textOf('README.md')
  const commands = [...text.matchAll(/^ {4}(npx .+)$/gm)].map(([, line]) => shellWords(line))
  const [study, name] = /^# Run (.+), (\S+)$/m.exec(text)?.slice(1) ?? []
  return {
    title: study === undefined ? undefined : `${study}/${name}`,
    commit: /^Made at commit (\S+)/m.exec(text)?.[1],
    command: commands.find((words) => words[3] !== 'replay')?.slice(3),
    replay: commands.find((words) => words[3] === 'replay'),
    inputsDigest: /^Digest of the five inputs .*: (\S+)$/m.exec(text)?.[1],
  }
}

/** The words of a line as a shell takes them: plain ones, and `'…'` with `'\''` inside. */
function shellWords(line: string): string[] {
  const words = line.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? []
  return words.map((word) => word.replace(/'([^']*)'|\\'/g, (_, quoted?: string) => quoted ?? "'"))
}

/** Runs the command of every exercise in docs/exercises.md and puts what it prints under it: `npm run docs:exercises`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectRoot } from '../src/core/paths.ts'
import { writeAtomically } from '../src/record/files.ts'

/** What stands between two markers is made anew; the first one names the command, without quotes. */
const MARKED = /(<!-- npm run docs:exercises answers: (.+) -->\n)[\s\S]*?(<!-- until here -->)/g

/** What differs from run to run, and with the sources: seconds, the folder that was written, the digest of a prediction. */
const LEFT_OUT = /^(Time:|arrays, sums|predictions\.json).*\n(?: .*\n)*/gm

if (import.meta.main) {
  const file = join(projectRoot, 'docs', 'exercises.md')
  writeAtomically(file, await withAnswers(readFileSync(file, 'utf8')))
}

/** The document with every answer made anew. @throws {Error} no exercise, or a command that does not run. */
export async function withAnswers(document: string): Promise<string> {
  const exercises = [...document.matchAll(MARKED)]
  if (exercises.length === 0) throw new Error('no marked exercise')
  let answered = document
  for (const [block, begin, command, end] of exercises) {
    const answer = `\n\`\`\`text\n$ npx --no-install reducible ${command}\n${await answerOf(command)}\`\`\`\n`
    answered = answered.replace(block, () => `${begin}${answer}${end}`)
  }
  return answered
}

/** What a command prints, run where its folders are in nobody's way. An exit status other than 0 stands under it. */
async function answerOf(command: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'exercise-'))
  try {
    for (const name of ['configs', 'cluster', 'test']) symlinkSync(join(projectRoot, name), join(folder, name))
    const words = [join(projectRoot, 'src/cli/main.ts'), ...command.split(' ')]
    const child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    if (status !== 0 && status !== 1 && status !== 2) throw new Error(`${command}: ${errors}`)
    return `${output.replace(LEFT_OUT, '').trimEnd()}\n${status === 0 ? '' : `(exit status ${status})\n`}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

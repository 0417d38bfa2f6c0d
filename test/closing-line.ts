import { appendFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * Ends a test run with `N passed, N failed, N skipped` on a line of its own, after one line per skip with its reason.
 * With COUNTS_FILE set, the three numbers are appended to that file as well, for a sum over several runs.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const brokenModules = modules.filter((module) => module.errors().length > 0).length
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length
    const skipped = tests.filter((test) => test.result().state === 'skipped')
    for (const test of skipped) console.log(`skipped: ${test.fullName}: ${reasonOf(test)}`)
    const failed = count('failed') + brokenModules + unhandled.length
    console.log(`\n${count('passed')} passed, ${failed} failed, ${skipped.length} skipped`)
    const { COUNTS_FILE } = process.env
    if (COUNTS_FILE) appendFileSync(COUNTS_FILE, `${count('passed')} ${failed} ${skipped.length}\n`)
  }
}

function reasonOf(test: TestCase): string {
  const result = test.result()
  return (result.state === 'skipped' && result.note) || 'no reason given'
}

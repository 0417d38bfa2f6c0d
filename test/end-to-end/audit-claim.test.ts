// Goal: `audit --claim` answers a claim without an interconnect with exit 1, the field's path and what to request; a
// complete one with 0; a file that is no claim with 64. `--what-if` exits with 0, 1 and 2 for its three answers. Left out: the rules one by one (test/evidence).
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { documentOf, reducible } from './reducible.ts'

const EXAMPLES = 'configs/claims/examples'

describe('audit --claim', () => {
  it('names the interconnect of the 5.0× claim, what it can do to the number, and what to request', async () => {
    const { status, stdout } = await reducible(['audit', '--claim', `${EXAMPLES}/no-interconnect.yaml`])
    expect(status).toBe(1)
    expect(stdout).toContain('MISSING   cluster.interconnect.bandwidth: ')
    expect(stdout).toContain('(0, 8.0×]')
    expect(stdout).toContain('Which interconnect, between machines and inside one?')
    expect(stdout).toContain('could the curve be redrawn from what is published? no')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('says the same as one JSON document', async () => {
    const finished = await reducible(['audit', '--claim', `${EXAMPLES}/no-interconnect.yaml`, '--json'])
    const { questions, ...document } = documentOf(finished)
    expect(finished.status).toBe(1)
    expect(document).toMatchObject({
      schemaVersion: 1,
      command: 'audit',
      status: 'done',
      verdict: 'false',
      complete: false,
    })
    expect((questions as { path: string }[]).map(({ path }) => path)).toContain('cluster.interconnect.fabric')
  })

  it('passes a claim that leaves nothing out', async () => {
    const { status, stdout } = await reducible(['audit', '--claim', `${EXAMPLES}/complete.yaml`])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^complete: 0 of \d+ required fields missing, 0 rules failed$/m)
  })

  const published = readdirSync(join(projectRoot, EXAMPLES)).filter((name) => /\d{4}|byteps/.test(name))
  it.each(published)('finds something missing in %s, and quotes its source', async (name) => {
    const { status, stdout } = await reducible(['audit', '--claim', join(EXAMPLES, name)])
    expect(status).toBe(1)
    expect(stdout).toMatch(/^source: [\s\S]*?\d{4}[\s\S]*?^ {2}https:/m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each([
    ['horovod-2018.yaml', [], 0, 'consistent'],
    ['horovod-2018.yaml', ['cluster/specs/commodity-ethernet.yaml'], 1, 'impossible'],
    ['no-interconnect.yaml', [], 2, 'undecidable for want of code.gradientBytes; cluster.interconnect.bandwidth'],
  ] as const)('puts %s to the simulator, on %j', async (name, spec, exit, answer) => {
    const words = ['audit', '--claim', join(EXAMPLES, name), '--what-if', ...spec]
    const { status, stdout } = await reducible(words)
    expect(status).toBe(exit)
    expect(stdout).toMatch(new RegExp(`^${answer}`, 'm'))
    expect(stdout).toMatch(/^simulated on: /m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    const finished = await reducible([...words, '--json'])
    expect(documentOf(finished)).toMatchObject({ simulated: true, answer: answer.split(' ')[0] })
  })

  it.each([
    [['--claim', `${EXAMPLES}/complete.yaml`, '--what-if'], 'a fabric decides how fast'],
    [['runs/latest', '--what-if'], '--what-if is about a published claim'],
  ])('refuses %j', async (words, said) => {
    const { status, stderr } = await reducible(['audit', ...words])
    expect(status).toBe(64)
    expect(stderr).toContain(said)
  })

  it('refuses a file that is no published claim', async () => {
    const { status, stderr } = await reducible(['audit', '--claim', 'configs/claims/smoke.yaml'])
    expect(status).toBe(64)
    expect(stderr).toContain('configs/claims/smoke.yaml:')
  })
})

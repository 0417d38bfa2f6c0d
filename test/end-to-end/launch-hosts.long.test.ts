// Goal: `launch --hosts` from its flags to the run folder, with an ssh and a podman that are shell scripts of this machine: a tree that is
// there, an image, and what is refused before any host is asked. Left out: ssh and hosts (ssh.system.test.ts), and engines: none was at hand.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { NO_LAUNCHER, studyIn } from './external.ts'
import { documentOf, type Finished, manifestOf, reducible, Scratch } from './reducible.ts'

const DIGEST = `sha256:${'5'.repeat(64)}`

function write(scratch: Scratch, name: string, ...lines: string[]): string {
  const file = join(scratch.path, name)
  writeFileSync(file, lines.join('\n'), { mode: 0o755 })
  return file
}

/** On a host that is this machine. */
async function launch(scratch: Scratch, words: readonly string[]): Promise<Finished> {
  const ssh = write(
    scratch,
    'ssh',
    '#!/bin/sh',
    'for command in "$@"; do :; done',
    '[ "$1" != -G ] || { echo "hostname 127.0.0.1"; exit; }',
    `PATH="${scratch.path}:$PATH" exec sh -c "$command"`,
  )
  // Takes of each -e what its own environment has, or what it says, as podman does, and of the image only its words.
  write(
    scratch,
    'podman',
    '#!/bin/sh',
    'echo "$@" >>"$0.log"',
    'while [ "$1" != --entrypoint ]; do case $2 in REDUCIBLE_CONTAINER_DIGEST=*) export "$2" ;; esac; shift; done',
    `shift 3; exec '${process.execPath}' '${projectRoot}/src/cli/main.ts' "$@"`,
  )
  const hosts = write(scratch, 'hosts', 'here slots=2')
  return reducible(['launch', '--hosts', hosts, '--ssh', ssh, ...studyIn(scratch), ...words], NO_LAUNCHER)
}

async function weightsOfLocalRun(scratch: Scratch): Promise<string | null | undefined> {
  return weightsOf(await reducible(['run', ...studyIn(scratch)]))
}

function weightsOf(finished: Finished): string | null | undefined {
  return documentOf(finished).arms?.[0].trials[0].weightsSha256
}

it('a tree that is there comes to the weights of a local run, and the log says which host speaks', async () => {
  using scratch = new Scratch()
  const finished = await launch(scratch, ['--remote-dir', projectRoot])
  expect(finished.status, finished.stderr).toBe(0)
  expect(finished.stderr).toMatch(/^\[here\] worker: rank 1 of 2$/m)
  expect(finished.stderr).not.toContain('copying')
  expect(weightsOf(finished)).toBe(await weightsOfLocalRun(scratch))
  expect(manifestOf(String(documentOf(finished).run)).security).toEqual({
    token: true,
    insecure: false,
    listen: 'loopback',
  })
})

it('an image runs by its digest, which its workers report, with the token in no command line', async () => {
  using scratch = new Scratch()
  const finished = await launch(scratch, ['--image', `registry.example/reducible@${DIGEST}`])
  expect(finished.status, finished.stderr).toBe(0)
  expect(weightsOf(finished)).toBe(await weightsOfLocalRun(scratch))
  const environment = readFileSync(join(String(documentOf(finished).run), 'environment.json'), 'utf8')
  expect(JSON.parse(environment)).toMatchObject({ container: { state: 'given', digest: DIGEST } })
  const commands = readFileSync(join(scratch.path, 'podman.log'), 'utf8').trim().split('\n')
  expect(commands).toHaveLength(2)
  for (const command of commands) {
    expect(command).toMatch(
      /^run --rm --name reducible-\w{8}-[01] --network host --uts host .*-e REDUCIBLE_TOKEN -e REDUCIBLE_PLACEMENT /,
    )
    expect(command).toContain(
      ` --entrypoint reducible registry.example/reducible@${DIGEST} worker --coordinator 127.0.0.1:`,
    )
  }
})

it('a host without an engine for the image is an error in its words', async () => {
  using scratch = new Scratch()
  const ssh = write(
    scratch,
    'ssh',
    '#!/bin/sh',
    'for command in "$@"; do :; done',
    '[ "$1" != -G ] || { echo "hostname 127.0.0.1"; exit; }',
    `mkdir -p ${scratch.path}/bin; ln -sf "$(command -v dd)" ${scratch.path}/bin`,
    `PATH=${scratch.path}/bin exec /bin/sh -c "$command"`,
  )
  const words = ['--hosts', write(scratch, 'hosts', 'here slots=2'), '--ssh', ssh, '--image', `a@${DIGEST}`]
  const { status, stderr } = await reducible(['launch', ...words, ...studyIn(scratch)], NO_LAUNCHER)
  expect(status).toBe(70)
  expect(stderr).toContain('[worker-failed] the workers on here ended with status 1: neither podman nor docker is here')
})

describe('before any host is asked', () => {
  it.each([
    [
      ['--image', 'reducible:latest'],
      "--image must be NAME@sha256: and 64 hex digits, without a tag (got 'reducible:latest')",
    ],
    [['--image', `a@${DIGEST}`, '--remote-dir', 'x'], '--image and --remote-dir both say'],
    [['--nodes', '3'], 'the study has an arm of 3 nodes, and'],
    [['--ssh', 'false'], "'false' is no ssh that works"],
    [['--hosts', '/no/such/file'], 'cannot read --hosts /no/such/file'],
    [['--wait', '0'], '--wait must be'],
  ])('%j is refused with 64', async (words, said) => {
    using scratch = new Scratch()
    const { status, stderr } = await launch(scratch, words)
    expect(status).toBe(64)
    expect(stderr).toContain(said)
  })

  it('no engine is refused with 64', async () => {
    const { status, stderr } = await reducible(['launch', 'configs/smoke.yaml'])
    expect(status).toBe(64)
    expect(stderr).toContain('Give one of --hosts FILE')
  })
})

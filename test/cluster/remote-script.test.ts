// Goal: what is told to a host goes through no command line, a half copy never counts as a tree, and where ssh fails its words and a remedy
// are said. ssh is a shell script that runs the command here. Left out: ssh itself (ssh.system.test.ts).
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { treeOn } from '../../cluster/launch/ssh/host-tree.ts'
import { packTree } from '../../cluster/launch/ssh/pack-tree.ts'
import { askHost, type ScriptEnd } from '../../cluster/launch/ssh/remote-script.ts'
import { ReducibleError } from '../../src/core/errors.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { Scratch } from '../end-to-end/reducible.ts'

const { signal } = new AbortController()

/** A command like ssh. @param body run with the remote command as the last of its words. */
function sshIn(scratch: Scratch, body: string): string[] {
  const file = join(scratch.path, 'ssh')
  writeFileSync(file, `#!/bin/sh\necho "$@" >>"$0.log"\nfor command in "$@"; do :; done\n${body}\n`, { mode: 0o755 })
  return [file]
}

const HERE = 'exec sh -c "$command"'

async function errorOf(work: Promise<unknown>): Promise<ReducibleError> {
  return ReducibleError.from(
    await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  )
}

it('variables reach the script as they are, and stand in no command line', async () => {
  using scratch = new Scratch()
  const dir = `${scratch.path}/it's $HOME "and" \\`
  const { status, stdout } = await askHost(sshIn(scratch, HERE), 'a', 'check-tree.sh', { dir, name: '' }, signal)
  expect(status).toBe(0)
  expect(stdout.split('\n')[0]).toBe(dir)
  expect(stdout).toMatch(/\nabsent\n$/)
  const words = readFileSync(join(scratch.path, 'ssh.log'), 'utf8')
  expect(words).toContain('BatchMode=yes')
  expect(words).not.toContain("it's")
})

describe('a copy', () => {
  /** Of a small tree, which says `whole` of itself where it has a lockfile. */
  async function tarOfTree(scratch: Scratch): Promise<Buffer> {
    const tree = join(scratch.path, 'source')
    const write = (file: string, text: string, mode = 0o644): void => {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      writeFileSync(join(tree, file), text, { mode })
    }
    const describing = ["readFileSync('../../../package-lock.json')", "console.log('whole')"]
    write('cluster/launch/ssh/describe-tree.js', `process.chdir(__dirname); require('fs').${describing.join(';')}`)
    write('node_modules/.bin/node', `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, 0o755)
    for (const name of ['@scope/used', 'used', 'used/node_modules/inner', 'for-developers']) {
      write(`node_modules/${name}/index.js`, '')
    }
    const packages = {
      '': {},
      'node_modules/@scope/used': {},
      'node_modules/used': {},
      'node_modules/used/node_modules/inner': {},
      'node_modules/for-developers': { dev: true },
      'node_modules/for-another-machine': {},
    }
    write('package-lock.json', JSON.stringify({ packages }))
    return buffer(packTree(tree))
  }

  async function copy(scratch: Scratch, tar: Buffer, expected: string): Promise<ScriptEnd & { found: string[] }> {
    const parent = join(scratch.path, 'hosts')
    const variables = { dir: join(parent, 'tree'), expected }
    const ended = await askHost(sshIn(scratch, HERE), 'a', 'copy-tree.sh', variables, signal, Readable.from([tar]))
    return { ...ended, found: readdirSync(parent) }
  }

  it('that is whole gets its name, and a second one leaves the first', async () => {
    using scratch = new Scratch()
    const tar = await tarOfTree(scratch)
    expect(await copy(scratch, tar, 'whole')).toMatchObject({ status: 0, found: ['tree'] })
    const tree = join(scratch.path, 'hosts/tree')
    expect(readdirSync(join(tree, 'node_modules'), { recursive: true }).sort()).toEqual([
      '.bin',
      '.bin/node',
      '@scope',
      '@scope/used',
      '@scope/used/index.js',
      'used',
      'used/index.js',
      'used/node_modules',
      'used/node_modules/inner',
      'used/node_modules/inner/index.js',
    ])
    writeFileSync(join(tree, 'mark'), '')
    expect(await copy(scratch, tar, 'whole')).toMatchObject({ status: 0, found: ['tree'] })
    expect(readdirSync(tree)).toContain('mark')
  })

  it('that is cut short, wherever, or says something else leaves nothing', async () => {
    using scratch = new Scratch()
    const tar = await tarOfTree(scratch)
    const end = tar.length - 1024 // two empty blocks, which tar can do without
    for (let length = 0; length < end; length += 512) {
      const { status, found } = await copy(scratch, tar.subarray(0, length), 'whole')
      expect(status, `${length} of ${end} bytes`).not.toBe(0)
      expect(found).toEqual([])
    }
    const other = await copy(scratch, tar, 'another')
    expect(other).toMatchObject({ status: 1, lastWords: 'the copy says whole', found: [] })
  })
})

describe('a host', () => {
  it.each([
    ['ssh: Could not resolve hostname a: Name or service not known', 'correct the name'],
    ['me@a: Permission denied (publickey).', 'authorize your key'],
    ['Host key verification failed.', 'compare its fingerprint'],
    ['ssh: connect to host a port 22: Connection refused', 'try `ssh'],
  ])('of which ssh says %s is an error with a remedy', async (words, remedy) => {
    using scratch = new Scratch()
    const ssh = sshIn(scratch, `echo '${words}' >&2; exit 255`)
    const error = await errorOf(askHost(ssh, 'me@a', 'check-tree.sh', { dir: '', name: 'x' }, signal))
    expect(error).toMatchObject({ code: 'host-unreachable', message: `cannot work on me@a over ssh: ${words}` })
    expect(error.remedy).toContain(remedy)
  })

  it('that gives the user no shell is an error in its words', async () => {
    using scratch = new Scratch()
    const ssh = sshIn(scratch, 'echo This account is currently not available.; exit 1')
    const error = await errorOf(treeOn('a', { ssh, folder: undefined, say: () => {}, signal }))
    expect(error).toMatchObject({ code: 'host-unreachable' })
    expect(error.message).toContain('This account is currently not available.')
  })

  it('whose tree is this one needs no copy, whatever its login shell prints', async () => {
    using scratch = new Scratch()
    const said: string[] = []
    const terms = {
      ssh: sshIn(scratch, `echo hello; ${HERE}`),
      say: (_: string, line: string) => said.push(line),
      signal,
    }
    expect(await treeOn('a', { ...terms, folder: projectRoot })).toBe(projectRoot)
    expect(said).toEqual([])
  })

  it('of another kind is refused before anything is copied', async () => {
    using scratch = new Scratch()
    const ssh = sshIn(scratch, `${HERE.replace('exec ', '')} | sed 's/^Linux .*/Linux sparc64/'`)
    const error = await errorOf(treeOn('a', { ssh, folder: join(scratch.path, 'tree'), say: () => {}, signal }))
    expect(error.message).toContain('a is Linux sparc64, and this tree is installed for')
  })

  it('that no ssh leads to is an error', async () => {
    const asked = askHost(['/no/such/ssh'], 'a', 'check-tree.sh', { dir: '', name: 'x' }, signal)
    expect((await errorOf(asked)).message).toContain('ENOENT')
  })
})

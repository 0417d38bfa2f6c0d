// Goal: workers on hosts of their own, each with its name and address, find each other through the coordinator alone, and the
// record says where each node was. The hosts are network and host-name namespaces on a bridge. Needs root and iproute2.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '../../src/core/paths.ts'
import type { LocalCluster } from '../../src/record/host.ts'
import { startCoordinator } from '../end-to-end/external.ts'
import { documentOf, manifestOf, reducible, Scratch } from '../end-to-end/reducible.ts'
import { canHaveHosts, NO_HOSTS, TwoHosts } from './two-hosts.ts'

const STUDY = ['configs/capstone-41.8.yaml', '--nodes', '2', '--seeds', '0', '--steps', '20', '--json']

it('two hosts come to the weights of one, and each node stands in the record with its host', async ({ skip }) => {
  if (!canHaveHosts()) return skip(NO_HOSTS)
  using scratch = new Scratch()
  const study = [...STUDY, '--out', scratch.path]
  const local = await reducible(['run', ...study])
  using hosts = new TwoHosts()
  const { command, address, token } = await startCoordinator([...study, '--listen', `${hosts.address}:0`])
  const workers = hosts.names.map((name, rank) => startWorkerOn(name, rank, address, token ?? ''))
  const finished = await command.finished
  expect(finished.status, finished.stderr).toBe(0)
  expect(await Promise.all(workers)).toEqual([0, 0])
  const [here, there] = [local, finished].map((ended) => documentOf(ended).arms?.[0].trials[0])
  expect(there?.weightsSha256).toBe(here?.weightsSha256)
  const folder = String(documentOf(finished).run)
  const cluster = parse(readFileSync(join(folder, 'cluster.yaml'), 'utf8')) as LocalCluster
  expect(cluster).toMatchObject({ kind: 'external', interconnect: { fabric: 'network', measured: { nodeCount: 2 } } })
  expect(cluster.nodes?.map(({ hostname }) => hostname)).toEqual(hosts.names)
  expect(manifestOf(folder).security).toEqual({ token: true, insecure: false, listen: 'network' })
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`Cluster: 2 hosts ${hosts.names.join(', ')}: `)
})

/** @returns its exit status. */
async function startWorkerOn(name: string, rank: number, coordinator: string, token: string): Promise<number | null> {
  const main = join(projectRoot, 'src/cli/main.ts')
  const words = [main, 'worker', '--coordinator', coordinator, '--rank', String(rank), '--wait', '30']
  const inside = ['unshare', '-u', 'sh', '-c', 'hostname "$0"; exec "$@"', name, process.execPath, ...words]
  const env = { ...process.env, CI: undefined, REDUCIBLE_TOKEN: token }
  const [status] = await once(spawn('ip', ['netns', 'exec', name, ...inside], { env, stdio: 'ignore' }), 'exit')
  return status as number | null
}

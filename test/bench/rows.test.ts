// Goal: a ratio pairs ours with the peer over the same transport, launch by launch, and a row says what has no other side.
// Left out: measuring.
import { expect, it } from 'vitest'
import type { Peer } from '../../bench/peers/peer.ts'
import { type Launch, rowsOf, type Work } from '../../bench/peers/rows.ts'
import { type PeersResult, peersCells, withPeersTable } from '../../bench/peers/table.ts'
import { captureHost } from '../../src/record/host.ts'

const arm = (name: string, transport: Peer['transport'], ours?: true): Peer => ({
  name,
  transport,
  ...(ours && { ours }),
  install: `install ${name}`,
  find: async () => '1.0',
  run: () => Promise.reject(new Error('nothing runs here')),
})
const ours = arm('reducible grpc', 'grpc', true)
const [peer, gpuPeer, sharedPeer] = [arm('peer', 'grpc'), arm('GPU peer', 'gpu'), arm('shared peer', 'shared')]
const work: Work = {
  kind: 'all-reduce',
  ranks: 4096,
  bytes: 1024,
  iterations: 1,
  arms: [ours, peer, gpuPeer, sharedPeer],
  targetOf: (one) =>
    one === peer ? { kind: 'ratio', least: 0.8 } : one === ours ? { kind: 'ours', mostSeconds: 0.0015 } : null,
}
const launch = ({ name }: Peer, number: number, p50Seconds: number, variant = 'ring'): Launch => ({
  ...{ work: work.kind, ranks: work.ranks, bytes: work.bytes, name, launch: number, p50Seconds, variant },
  ...{ loadAverage: 0, seconds: [p50Seconds], triedP50Seconds: { [variant]: p50Seconds } },
})
const launches = [
  launch(ours, 1, 0.002),
  launch(peer, 1, 0.001),
  launch(gpuPeer, 1, 0.0001),
  launch(peer, 2, 0.004),
  launch(ours, 2, 0.001, 'tree'),
  launch(peer, 3, 0.001), // ours has not come to this launch yet
]
const rows = rowsOf([work], launches)

it('ratios are paired within a launch', () => {
  const row = rows.find((one) => one.peer?.name === 'peer')
  expect(row?.ratios).toEqual([0.5, 4])
  expect(row?.ratio?.value).toBe(0.5)
  expect(row?.ours).toEqual({ name: 'reducible grpc', p50Seconds: 0.001, variants: ['ring', 'tree'] })
})

it('what has no other side is a row without a ratio, and what did not run is none', () => {
  expect(rows.map((row) => [row.ours?.name, row.peer?.name, row.ratio === null, row.oversubscribed])).toEqual([
    ['reducible grpc', undefined, true, true],
    ['reducible grpc', 'peer', false, true],
    [undefined, 'GPU peer', true, false],
  ])
})

it('a row says its target', () => {
  expect(peersCells(rows).map((cells) => cells.at(-1))).toEqual(['≤ 1.5 ms', '≥ 0.8', '–'])
})

it('a document without both markers is refused, and one with them gets the table between them', () => {
  const result: PeersResult = { host: captureHost(), loadAverageBefore: 0, launches: 3, iterations: 1, rows, arms: [] }
  const [begin, end] = ['<!-- npm run docs:tables makes this from bench/results/peers.json -->', '<!-- until here -->']
  const document = withPeersTable(`before\n${begin}\nold\n${end}\nafter\n`, result)
  expect(document).toMatch(
    /^before\n<!--[\s\S]*\| all-reduce, 1 KiB \| 4096\\\* \| grpc \| peer \|[\s\S]*-->\nafter\n$/,
  )
  expect(document).not.toContain('old')
  expect(withPeersTable(document, result)).toBe(document)
  expect(() => withPeersTable(`before\n${begin}\nold\n`, result)).toThrow('once, and')
  expect(() => withPeersTable(`${end}\n${begin}\n`, result)).toThrow('once, and')
})

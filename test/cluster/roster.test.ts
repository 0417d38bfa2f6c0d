// Goal: who is let in among workers that somebody else started, and which rank each gets; a refusal names both sides. Left
// out: sockets and processes (external-workers.system.test.ts).
import { describe, expect, it } from 'vitest'
import { ranksOf, refusalOf } from '../../cluster/coordinator/roster.ts'
import type { EnrollMessage } from '../../cluster/wire/messages.ts'

const DIGESTS = { sourceDigest: 'source', lockfileDigest: 'lockfile', kernelsDigest: 'kernels', containerDigest: '' }
const TERMS = { worldSize: 3, digests: DIGESTS }

function comer(hostname: string, wants: Partial<EnrollMessage> = {}): EnrollMessage {
  return { kind: 'enroll', ...DIGESTS, hostname, pid: 7, hostJson: '', placementJson: '', ...wants }
}

const here = [comer('a', { rank: 1 }), comer('b')]

describe('a worker', () => {
  it.each([
    ['without a wish', {}],
    ['with a rank that is free', { rank: 2 }],
    ['that is told of the same world', { rank: 0, worldSize: 3 }],
  ])('%s is let in', (_, wants) => {
    expect(refusalOf(comer('c', wants), here, TERMS)).toBeUndefined()
  })

  it.each([
    ['a rank that is taken', { rank: 1 }, 'wants rank 1, which the worker on a (pid 7) has'],
    ['a rank past the last', { rank: 3 }, 'wants rank 3, but ranks are 0 to 2'],
    ['another world', { worldSize: 4 }, 'is one of 4, but the coordinator waits for 3'],
  ])('that wants %s is refused', (_, wants, why) => {
    expect(refusalOf(comer('c', wants), here, TERMS)).toMatchObject({
      code: 'usage',
      message: `the worker on c (pid 7) ${why}`,
    })
  })

  it.each([
    ['source tree', { sourceDigest: 'other' }, 'other, the coordinator source'],
    ['lockfile', { lockfileDigest: 'other' }, 'other, the coordinator lockfile'],
    ['kernels', { kernelsDigest: 'other' }, 'other, the coordinator kernels'],
    ['container image', { containerDigest: 'sha256:0123456789abcdef' }, '0123456789ab, the coordinator none'],
  ])('with another %s is refused by its host', (name, changed, digests) => {
    expect(refusalOf(comer('c', changed), here, TERMS)).toMatchObject({
      code: 'source-mismatch',
      message: `the worker on c (pid 7) has ${name} ${digests}`,
    })
  })

  it('that comes when all are there is refused, naming them', () => {
    expect(refusalOf(comer('d'), [...here, comer('c')], TERMS)?.message).toBe(
      'the worker on d (pid 7) comes too late: the 3 of this run are ' +
        'the worker on a (pid 7), the worker on b (pid 7), the worker on c (pid 7)',
    )
  })
})

it.each([
  [
    [undefined, undefined, undefined],
    [0, 1, 2],
  ],
  [
    [undefined, 0, undefined],
    [1, 0, 2],
  ],
  [
    [2, 1, 0],
    [2, 1, 0],
  ],
  [
    [undefined, undefined, 1],
    [0, 2, 1],
  ],
])('wishes %j become ranks %j', (wishes, ranks) => {
  expect(ranksOf(wishes.map((rank) => (rank === undefined ? {} : { rank })))).toEqual(ranks)
})

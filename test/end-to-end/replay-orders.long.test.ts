// Goal: a run whose order nobody knew before it happened is made again, bit for bit, from the orders it recorded; what
// would make it another run is refused, and the input that differs is named.
// Left out: that arrival really differs from run to run (arrival.long.test.ts).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, type Finished, reducible, Scratch } from './reducible.ts'

const STUDY = 'configs/arrival.yaml'
const FLAGS = ['--nodes', '4', '--steps', '12']

describe('a recorded arrival run', () => {
  const scratch = new Scratch()
  let run: string
  let digest: string | null | undefined

  const replay = (...flags: string[]): Promise<Finished> =>
    reducible(['run', STUDY, ...FLAGS, ...flags, '--replay-orders', run, '--json', '--out', scratch.path])

  beforeAll(async () => {
    const recorded = documentOf(await reducible(['run', STUDY, ...FLAGS, '--json', '--out', scratch.path]))
    run = recorded.run ?? expect.unreachable()
    digest = recorded.arms?.[0].trials[0].weightsSha256
  })

  afterAll(() => scratch[Symbol.dispose]())

  it('says when each contribution was added, in rising times', () => {
    const lines = readFileSync(join(run, 'orders', 'arrivals.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(12)
    for (const line of lines) {
      const { addedNs } = JSON.parse(line) as { addedNs: number[][] }
      expect(addedNs.map((times) => times.length)).toEqual([3])
      expect(addedNs[0]).toEqual(addedNs[0].toSorted((a, b) => a - b))
    }
  })

  it('comes to the same weights in the orders it recorded, and these are witnessed again', async () => {
    const finished = await replay()
    expect(finished.status, finished.stderr).toBe(0)
    const document = documentOf(finished)
    expect(document.replayed).toEqual([
      { trial: '4-nodes-arrival.seed-0', weightsSha256: digest, recorded: digest, equal: true },
    ])
    const ordersOf = (folder: string): unknown[] =>
      readFileSync(join(folder, 'steps.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { orderCertificates: string[] }).orderCertificates)
    expect(ordersOf(document.run ?? expect.unreachable())).toEqual(ordersOf(run))
  })

  it.each([
    [['--nodes', '3'], 'arm 3-nodes-arrival is not in '],
    [['--algorithm', 'ring'], 'arm 4-nodes-ring is not in '],
    [['--steps', '13'], 'training is'],
    [['--seeds', '1'], 'has no finished trial 4-nodes-arrival.seed-1'],
  ])('is not replayed with %j: %s', async (flags, said) => {
    const { status, stderr } = await replay(...flags)
    expect(stderr).toContain(said)
    expect(status).toBe(64)
  })

  it('is not replayed with an order that was changed', async () => {
    const [name] = readdirSync(join(run, 'orders')).filter((file) => file.endsWith('.txt'))
    const file = join(run, 'orders', name)
    const order = readFileSync(file, 'utf8')
    const others = order.replaceAll(/[^1-3]/g, '')
    writeFileSync(
      file,
      order.replaceAll(/[1-3]/g, (rank) => others[2 - others.indexOf(rank)]),
    )
    try {
      const { status, stderr } = await replay()
      expect(stderr).toContain(`${name} was changed`)
      expect(status).toBe(64)
    } finally {
      writeFileSync(file, order)
    }
  })

  it('is not replayed over other data, which shows when the workers have loaded it', async () => {
    const file = join(run, 'comparison.json')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/"rowMapDigest": "\w+"/, '"rowMapDigest": "other"'))
    try {
      const { status, stderr } = await replay()
      expect(stderr).toContain('the data or its rows are not those of the recorded run')
      expect(status).toBe(64)
    } finally {
      writeFileSync(file, text)
    }
  })
})

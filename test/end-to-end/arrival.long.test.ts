// Goal: with nothing but eight processes and what the machine does to them, arrival makes different orders and different
// weights from run to run, and each run is made again from its own record.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { documentOf, reducible, Scratch } from './reducible.ts'

const RUNS = 20

it(`${RUNS} arrival runs of 8 processes differ in orders and digests, and each replays to its own`, async () => {
  using scratch = new Scratch()
  const words = ['run', 'configs/arrival.yaml', '--json', '--out', scratch.path]
  const digests: (string | null | undefined)[] = []
  const orders = new Set<string>()
  for (let i = 0; i < RUNS; i++) {
    const recorded = documentOf(await reducible(words))
    const run = recorded.run ?? expect.unreachable()
    digests.push(recorded.arms?.[0].trials[0].weightsSha256)
    for (const file of readdirSync(join(run, 'orders'))) if (file.endsWith('.txt')) orders.add(file)
    const replayed = documentOf(await reducible([...words, '--replay-orders', run]))
    expect(replayed.replayed).toMatchObject([{ recorded: digests[i], equal: true }])
  }
  console.log(`${RUNS} runs: ${orders.size} witnessed orders, ${new Set(digests).size} digests`)
  expect(orders.size).toBeGreaterThanOrEqual(2)
  expect(new Set(digests).size).toBeGreaterThanOrEqual(2)
})

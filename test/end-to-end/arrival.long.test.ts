// Goal: with nothing but eight processes and what the machine does to them, arrival makes different orders and different
// weights from trial to trial, and each trial is made again from its own record. On the CPU: no device has a say in the order.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { documentOf, reducible, Scratch } from './reducible.ts'

const TRIALS = 10

it(`${TRIALS} arrival trials of 8 processes differ in orders and digests, and each replays to its own`, async () => {
  using scratch = new Scratch()
  const study = join(scratch.path, 'arrival.yaml')
  writeFileSync(study, `${readFileSync('configs/arrival.yaml', 'utf8')}repeats: ${TRIALS}\nengine: cpu\n`)
  const words = ['run', study, '--json', '--out', scratch.path]
  const recorded = documentOf(await reducible(words))
  const run = recorded.run ?? expect.unreachable()
  const digests = recorded.arms?.[0].trials.map(({ weightsSha256 }) => weightsSha256) ?? []
  expect(digests).toHaveLength(TRIALS)
  const orders = readdirSync(join(run, 'orders')).filter((file) => file.endsWith('.txt'))

  const { replayed } = documentOf(await reducible([...words, '--replay-orders', run]))
  expect(replayed).toMatchObject(digests.map((digest) => ({ recorded: digest, equal: true })))

  console.log(`${TRIALS} trials: ${orders.length} witnessed orders, ${new Set(digests).size} digests`)
  expect(orders.length).toBeGreaterThanOrEqual(2)
  expect(new Set(digests).size).toBeGreaterThanOrEqual(2)
})

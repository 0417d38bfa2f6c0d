// Goal: what a driver reads when it starts is in a worker's environment before the worker runs a line: a setting made later
// would be one that the GPU never saw. Left out: what the worker then does (the end-to-end tests).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launchLocalWorker } from '../../cluster/launch/local.ts'
import { Scratch } from '../end-to-end/reducible.ts'

const FIRST_LINE =
  "--import data:text/javascript,import{writeFileSync}from'node:fs';writeFileSync(process.env.SEEN,process.env.VK_DRIVER_FILES);process.exit(0)"

it('a worker has the settings of its driver before its first line', async () => {
  using scratch = new Scratch()
  const seen = join(scratch.path, 'seen')
  const launch = async (driver: string): Promise<string> => {
    const where = { coordinator: '127.0.0.1:1', trial: 'none', launchIndex: 0 }
    const environment = { VK_DRIVER_FILES: driver, SEEN: seen, NODE_OPTIONS: FIRST_LINE }
    await launchLocalWorker(where, environment, join(scratch.path, 'worker.log')).ended
    return readFileSync(seen, 'utf8')
  }
  expect(await launch('a-driver.json')).toBe('a-driver.json')
  expect(await launch('another.json')).toBe('another.json')
})

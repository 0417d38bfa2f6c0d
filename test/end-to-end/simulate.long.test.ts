// Goal: `simulate` predicts, before and apart from it, the digests of a real run; says the same twice, byte for byte; refuses what
// it cannot simulate, and is refused where a run is wanted. Left out: every algorithm (npm run test:simulate-bits), and time
// (test/simulate).
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { sha256 } from '../../src/core/digest.ts'
import { checksums } from '../../src/record/checksums.ts'
import { loadClusterSpec } from '../../src/record/cluster-spec/load.ts'
import { stepSchema } from '../../src/record/step-schema.ts'
import type { SimulatedArm } from '../../src/simulate/simulate-study.ts'
import { documentOf, type Finished, reducible, Scratch } from './reducible.ts'

/** What `replay --json` says of a simulation. */
interface SimulationReplay {
  readonly verdict: string
  readonly run: string
  readonly time: string
  readonly bits: { readonly trials: readonly { readonly simulated: string }[] }
  readonly notCompared: readonly object[]
}

const STUDY = 'configs/smoke.yaml'
const SPEC = 'cluster/specs/fast-fabric.yaml'

describe('a simulation of a study', () => {
  const scratch = new Scratch()
  let finished: Finished
  let folder: string

  const simulate = (...flags: string[]): Promise<Finished> =>
    reducible(['simulate', STUDY, '--cluster', SPEC, '--seeds', '0', '--out', scratch.path, '--json', ...flags])
  const armsOf = (command: Finished): readonly SimulatedArm[] => documentOf(command).arms as unknown as SimulatedArm[]

  beforeAll(async () => {
    finished = await simulate()
    expect(finished.status, finished.stderr).toBe(0)
    const parent = join(scratch.path, 'runs', 'simulated', 'smoke')
    folder = join(parent, readdirSync(parent)[0])
  })

  afterAll(() => scratch[Symbol.dispose]())

  it('writes the digests that the real run comes to afterwards', async () => {
    const predictions = readFileSync(join(folder, 'predictions.json'), 'utf8')
    expect(documentOf(finished).predictions).toEqual({ file: 'predictions.json', sha256: sha256(predictions) })
    const real = documentOf(await reducible(['run', STUDY, '--seeds', '0', '--out', scratch.path, '--json']))
    const digestsOf = (arms: readonly Pick<SimulatedArm, 'trials'>[] = []): unknown[] =>
      arms.flatMap(({ trials }) => trials.map(({ trial, weightsSha256, loss }) => [trial, weightsSha256, loss]))
    expect(digestsOf(armsOf(finished))).toEqual(digestsOf(real.arms))
    for (const { weightsSha256 } of real.arms?.flatMap(({ trials }) => trials) ?? []) {
      expect(predictions).toContain(weightsSha256)
    }
  })

  it('is made again byte for byte, jitter and all', async () => {
    expect((await simulate()).stdout).toBe(finished.stdout)
    const [once, again, other] = await Promise.all(
      ['1', '1', '2'].map((seed) => simulate('--jitter-us', '50', '--seed', seed, '--no-values')),
    )
    expect(again.stdout).toBe(once.stdout)
    expect(armsOf(other)[1].stepNs).not.toBe(armsOf(once)[1].stepNs)
  })

  it('takes as long without values as with them', async () => {
    const steps = armsOf(await simulate('--no-values', '--steps', '40')).map(({ stepNs }) => stepNs)
    expect(steps).toEqual(armsOf(finished).map(({ stepNs }) => stepNs))
  })

  it('records steps in the shape of a run, with a manifest that says it is none', () => {
    const [line] = readFileSync(join(folder, 'steps.jsonl'), 'utf8').split('\n')
    expect(stepSchema.safeParse(JSON.parse(line)).error).toBeUndefined()
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ simulated: true })
  })

  it('is replayed by a run, for its bits and not for its time', async () => {
    const replayed = await reducible(['replay', folder, '--out', join(scratch.path, 'replays'), '--json'])
    expect(replayed.status, replayed.stderr).toBe(0)
    const { verdict, bits, time, run, notCompared } = documentOf(replayed) as unknown as SimulationReplay
    expect({ verdict, notCompared }).toEqual({ verdict: 'true', notCompared: [] })
    expect(time).toContain('not compared')
    expect(bits.trials.map(({ simulated }) => simulated)).toEqual(
      armsOf(finished).flatMap(({ trials }) => trials.map(({ weightsSha256 }) => weightsSha256)),
    )
    expect(readFileSync(join(run, 'comparison.json'), 'utf8')).toContain(bits.trials[0].simulated)

    const leveled = await reducible(['replay', folder, '--level', 'statistical'])
    expect([leveled.status, leveled.stderr]).toEqual([64, expect.stringContaining('--level is about runs')])
    const none = documentOf(await simulate('--no-values', '--out', join(scratch.path, 'none')))
    expect(none.status).toBe('done')
    const parent = join(scratch.path, 'none', 'runs', 'simulated', 'smoke')
    const refused = await reducible(['replay', join(parent, readdirSync(parent)[0])])
    expect([refused.status, refused.stderr]).toEqual([64, expect.stringContaining('no values were carried')])
  })

  it('whose bits are others than a run comes to is refuted, and one that was edited is refused', async () => {
    const other = join(scratch.path, 'other')
    cpSync(folder, other, { recursive: true })
    const file = join(other, 'simulation.json')
    const [digest] = armsOf(finished)[1].trials.map(({ weightsSha256 }) => String(weightsSha256))
    writeFileSync(file, readFileSync(file, 'utf8').replace(digest, '0'.repeat(64)))
    const replay = (): Promise<Finished> => reducible(['replay', other, '--out', join(scratch.path, 'replays')])
    const edited = await replay()
    expect([edited.status, edited.stderr]).toEqual([64, expect.stringContaining('simulation.json')])
    writeFileSync(join(other, 'SHA256SUMS'), checksums(other))
    const refuted = await replay()
    expect(refuted.status, refuted.stderr).toBe(1)
    expect(refuted.stdout).toContain('equal in 1 of 2 trials')
  })

  it.each([['compare'], ['headline'], ['audit'], ['why'], ['budget']])('is refused by %s', async (command) => {
    const { status, stderr } = await reducible([command, folder])
    expect(stderr).toContain('[invalid-run]')
    expect(stderr).toContain('simulat')
    expect(status).toBe(64)
  })

  it('goes beyond the nodes of the spec, stamped, and leaves values out beyond 64', async () => {
    const arms = armsOf(await simulate('--nodes', '2,8,128', '--algorithm', 'binomial-tree', '--compute-ms', '80'))
    expect(arms.map(({ nodes, extended, values }) => [nodes, extended, values])).toEqual([
      [2, false, 'carried'],
      [8, false, 'carried'],
      [128, true, 'not carried'],
    ])
    expect(arms[0].speedup).toBe(1)
    expect(arms[1].stepNs).toBeGreaterThan(10e6)
    expect(arms[1].stepNs).toBeLessThan(80e6)
  })

  it('takes the closed form of a ring beyond 1e8 moves, and says so', async () => {
    const [arm] = armsOf(await simulate('--nodes', '16384', '--algorithm', 'ring'))
    expect(arm).toMatchObject({ method: 'closed-form', moves: 2 * 16_384 * 16_383, rows: 'equal parts' })
  })

  it('takes what a gradient takes from a recorded run', async () => {
    const run = documentOf(await reducible(['run', STUDY, '--seeds', '0', '--out', scratch.path, '--json'])).run
    const document = documentOf(await simulate('--from', run ?? expect.unreachable(), '--no-values'))
    expect(document.compute).toMatchObject({ source: 'recorded' })
    expect((document.arms as unknown as SimulatedArm[])[0].stepNs).toBeGreaterThan(0)
  })

  it.each([
    [['--nodes', '0'], '--nodes must be a whole number from 1 on'],
    [['--nodes', '2,x'], '--nodes must be a whole number from 1 on'],
    [['--topology', 'mesh'], '--topology must be one of'],
    [['--background', '1'], '--background must be a number from 0 to 0.99'],
    [['--unrest', '-1'], '--unrest must be a number from 0 to 10'],
    [['--straggler', '9:2'], '--straggler 9:2 slows a node that no arm has'],
    [['--straggler', '1:0.5'], '--straggler must be NODE:FACTOR'],
    [['--nodes', '16384', '--algorithm', 'all-pairs'], 'a closed form is known for rings on a calm switch only'],
    [['--algorithm', 'rings'], '--algorithm must be of'],
    [['--nodes', '512', '--values'], '250 rows cannot be dealt to 512 nodes'],
    [['--cluster', 'cluster/specs/switch-100mbit.yaml'], 'interconnect.stated.latencyNs is unknown'],
  ])('refuses %j', async (flags, said) => {
    const { status, stderr } = await simulate(...flags)
    expect(stderr).toContain(said)
    expect(status).toBe(64)
  })

  it('refuses a spec with a negative latency, naming the field, where the spec as it is will do', async () => {
    const spec = loadClusterSpec(SPEC)
    const [link, ...others] = spec.interconnect.links
    const measured = { ...(link.measured as object), latencyNsP50: -5 }
    const file = join(scratch.path, 'negative.yaml')
    writeFileSync(
      file,
      stringify({ ...spec, interconnect: { ...spec.interconnect, links: [{ ...link, measured }, ...others] } }),
    )
    const { status, stderr } = await simulate('--cluster', file)
    expect(stderr).toContain('interconnect.links.0.measured')
    expect(status).toBe(64)
  })

  it('wants a stated cluster', async () => {
    const { status, stderr } = await reducible(['simulate', STUDY])
    expect(stderr).toContain('Pass --cluster SPEC')
    expect(status).toBe(64)
  })
})

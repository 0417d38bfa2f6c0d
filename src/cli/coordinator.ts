import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { ExternalWorkers } from '../../cluster/launch/external.ts'
import { placeFromEnvironment } from '../../cluster/launch/ranks-from-environment.ts'
import { type Address, formatAddress, isLoopback, parseAddress, resolveHost } from '../../cluster/wire/address.ts'
import { givenToken, newToken, TOKEN_VARIABLE } from '../../cluster/wire/token.ts'
import { ReducibleError } from '../core/errors.ts'
import { writeAtomically } from '../record/files.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import { loadStudy } from '../study/load.ts'
import { applyOverrides } from '../study/overrides.ts'
import type { Study } from '../study/schema.ts'
import { parseCount, runCommand, waitOf } from './command.ts'
import { type ExternalRun, executeStudy, overridesIn, type StudyOptions } from './execute-study.ts'
import { runText } from './run.ts'

/** Flags of the coordinator beside those of a study. */
interface CoordinatorFlags extends StudyOptions {
  readonly listen?: string
  readonly worldSize?: string
  readonly tokenFile?: string
  readonly insecure?: boolean
  readonly wait: string
  readonly addressFile?: string
  readonly jobScript?: string
}

/** `reducible coordinator STUDY`: runs a study on workers that somebody starts on any hosts. */
export async function coordinatorCommand(studyFile: string, flags: CoordinatorFlags): Promise<never> {
  const options = { ...flags, launch: 'external' }
  return runCommand('coordinator', options, async (stopped) => {
    const signal = AbortSignal.any([stopped, schedulerSignal()])
    const { study: stated, file } = loadStudy(studyFile)
    const study = applyOverrides(stated, overridesIn(options))
    const gather = (): Promise<ExternalRun> => gatherWorkers(study, options, signal)
    const request = { study, studyFile: file, claimFile: null, quick: false, claim: null, options, signal, gather }
    return executeStudy(request, async (executed) => {
      executed.folder.writeJson('comparison.json', executed.comparison)
      const { comparison, folder, cluster } = executed
      const text = runText(study, executed)
      return { text, json: { run: folder.path, arms: comparison.arms, cluster } }
    })
  })
}

/** Aborts when a scheduler warns that it is about to end this process: the run has failed, nobody stopped it. */
function schedulerSignal(): AbortSignal {
  const controller = new AbortController()
  const text = 'the scheduler is ending the job: its time is up, or a worker of it has failed'
  process.once('SIGUSR2', () => controller.abort(new ReducibleError('job-ended', text)))
  return controller.signal
}

async function gatherWorkers(study: Study, flags: CoordinatorFlags, signal: AbortSignal): Promise<ExternalRun> {
  const place = placeFromEnvironment(process.env)
  const listen = await listenAddress(flags.listen ?? place.coordinator ?? '127.0.0.1:0')
  const worldSize = worldSizeFor(study, flags.worldSize, place.worldSize)
  const isOpen = !isLoopback(listen.host)
  const given = givenToken(flags.tokenFile)
  const { insecure = false } = flags
  if (insecure && given !== undefined) {
    throw new ReducibleError('usage', 'a token was given and --insecure wants none', {
      remedy: 'leave one of them out',
    })
  }
  const token = given ?? (isOpen && !insecure ? newToken() : undefined)
  const security: NonNullable<Manifest['security']> = {
    token: token !== undefined,
    insecure,
    listen: isOpen ? 'network' : 'loopback',
  }
  const say = (text: string): void => void process.stderr.write(`coordinator: ${text}\n`)
  const workers = await ExternalWorkers.gather({
    listen,
    token,
    worldSize,
    adapters: study.engine === 'gpu' ? [study.adapter].flat() : [],
    waitMs: waitOf(flags.wait),
    onListening: (address) => {
      const { addressFile } = flags
      if (addressFile !== undefined) writeAtomically(addressFile, address)
      const start = given === undefined ? token : undefined
      say(addressFile === undefined ? invitation(address, worldSize, security, start) : listening(address, worldSize))
    },
    say,
    signal,
  })
  const jobScript = flags.jobScript === undefined ? undefined : readFileSync(flags.jobScript, 'utf8')
  return { workers, security, jobScript }
}

async function listenAddress(text: string): Promise<Address> {
  const { host, port } = parseAddress(text, '--listen')
  return { host: await resolveHost(host, '--listen'), port }
}

/** Nodes of the largest arm, where nobody says more. */
function worldSizeFor(study: Study, flag: string | undefined, stated: number | undefined): number {
  const needed = Math.max(...study.arms.map(({ nodes }) => nodes))
  const worldSize = flag === undefined ? (stated ?? needed) : parseCount(flag, '--world-size', 1)
  if (worldSize >= needed) return worldSize
  const text = `the study has an arm of ${needed} nodes, and the world size is ${worldSize}`
  throw new ReducibleError('usage', text, { remedy: 'start more workers, or give --nodes' })
}

/** How workers are started; with the token where it was made here, this once. */
function invitation(
  address: string,
  worldSize: number,
  { insecure }: NonNullable<Manifest['security']>,
  made: string | undefined,
): string {
  const { host, port } = parseAddress(address, 'the address')
  const reached = host === '0.0.0.0' || host === '::' ? formatAddress({ host: hostname(), port }) : address
  const secret = made === undefined ? '' : `${TOKEN_VARIABLE}=${made} `
  return [
    `${listening(address, worldSize)}; start each in a tree of this commit:`,
    `  ${secret}npx --no-install reducible worker --coordinator ${reached}${insecure ? ' --insecure' : ''}`,
  ].join('\n')
}

function listening(address: string, worldSize: number): string {
  return `listening on ${address}, waiting for ${worldSize} ${worldSize === 1 ? 'worker' : 'workers'}`
}

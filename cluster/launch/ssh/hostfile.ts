import { ReducibleError } from '../../../src/core/errors.ts'

/** A host of a hostfile. */
export interface Host {
  /** As ssh is told it: with the user, where one is named. */
  readonly target: string
  /** Workers that it may get. */
  readonly slots: number
}

/** A host, and the ranks whose workers it starts. */
export interface PlacedHost {
  readonly target: string
  readonly ranks: readonly number[]
}

/** No name may look like an option of ssh. */
const TARGET = /^(?:[\w.][\w.-]*@)?[\w.:][\w.:%-]*$/

const EXAMPLE = "write lines like 'node-0 slots=2' or 'user@node-1'"

/**
 * Reads mpirun's hostfile: a host a line, `user@` before it where wanted, `slots=N` and `max_slots=N` after it, comments from `#` on;
 * a host that comes again gets the slots of both lines. Without `slots` a line is one slot, as mpirun had it before it counted cores.
 *
 * @param file how errors name it.
 * @throws {ReducibleError} usage with the line.
 * @source mpirun(1) of Open MPI, "Specifying Host Nodes".
 */
export function parseHostfile(text: string, file: string): Host[] {
  const slotsOf = new Map<string, { slots: number; slotsMax: number }>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const refuse = (why: string): never => {
      throw new ReducibleError('usage', `${file}:${index + 1}: ${why}`, { remedy: EXAMPLE })
    }
    const [target, ...settings] = line
      .replace(/#.*/, '')
      .replace(/\s*=\s*/g, '=')
      .split(/\s+/)
      .filter((word) => word !== '')
    if (target === undefined) continue
    if (!TARGET.test(target)) refuse(`'${target}' is no name of a host`)
    const { slots = 1, slotsMax = Number.POSITIVE_INFINITY } = readSettings(settings, refuse)
    const before = slotsOf.get(target)
    const sum = { slots: slots + (before?.slots ?? 0), slotsMax: Math.min(slotsMax, before?.slotsMax ?? slotsMax) }
    if (sum.slots > sum.slotsMax) refuse(`${target} has ${sum.slots} slots, above its max_slots=${sum.slotsMax}`)
    slotsOf.set(target, sum)
  }
  return [...slotsOf].map(([target, { slots }]) => ({ target, slots }))
}

function readSettings(words: readonly string[], refuse: (why: string) => never): { slots?: number; slotsMax?: number } {
  const settings: { slots?: number; slotsMax?: number } = {}
  for (const word of words) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(word) ?? refuse(`'${word}' is no setting like slots=2`)
    const key = name === 'slots' ? 'slots' : /^max[_-]slots$/.test(name) ? 'slotsMax' : undefined
    if (key === undefined) return refuse(`'${name}' is unknown; known are slots and max_slots`)
    if (!/^[1-9]\d{0,5}$/.test(value)) refuse(`${name} must be a whole number from 1 on (got '${value}')`)
    if (settings[key] !== undefined) refuse(`${name} is given twice`)
    settings[key] = Number(value)
  }
  return settings
}

/**
 * Deals the ranks by slot, as mpirun does: a host is filled before the next one gets any. Hosts that get none are left out.
 * @throws {ReducibleError} usage: too few slots.
 */
export function placeRanks(hosts: readonly Host[], worldSize: number, file: string): PlacedHost[] {
  const slots = hosts.reduce((sum, host) => sum + host.slots, 0)
  if (slots < worldSize) {
    const text = `the study has an arm of ${worldSize} nodes, and ${file} has ${slots} ${slots === 1 ? 'slot' : 'slots'}`
    throw new ReducibleError('usage', text, { remedy: 'add hosts or slots=N, or give --nodes' })
  }
  let next = 0
  const placed = hosts.map(({ target, slots: own }) => {
    const count = Math.min(own, worldSize - next)
    const ranks = Array.from({ length: count }, (_, i) => next + i)
    next += count
    return { target, ranks }
  })
  return placed.filter(({ ranks }) => ranks.length > 0)
}

/** The host without its user. */
export function nameOfHost(target: string): string {
  return target.replace(/^.*@/, '')
}

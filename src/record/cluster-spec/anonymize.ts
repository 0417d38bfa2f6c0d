import { type ClusterSpec, UNKNOWN } from './schema.ts'

/**
 * The spec without names of machines and people: a host name or address becomes the name of the first node that has it, a
 * device's identity `gpu-0`, `gpu-1`, …, wherever they stand, also inside values of variables; a home folder `/home/user`.
 */
export function anonymized(spec: ClusterSpec): ClusterSpec {
  const names = new Map<string, string>()
  const pseudonym = (identity: string, name: string): void => {
    if (identity !== UNKNOWN && !names.has(identity)) names.set(identity, name)
  }
  for (const { name, hostname } of spec.nodes) pseudonym(hostname, name)
  for (const { name, hostname, address } of spec.nodes) pseudonym(address, names.get(hostname) ?? name)
  const devices = new Set(spec.nodes.flatMap((node) => node.devices.map(({ uuid }) => uuid)))
  for (const [index, uuid] of [...devices].entries()) pseudonym(uuid, `gpu-${index}`)
  const longestFirst = [...names].sort(([a], [b]) => b.length - a.length)
  const hidden = (text: string): string =>
    longestFirst
      .reduce((left, [identity, name]) => left.replaceAll(wholeWord(identity), name), text)
      .replaceAll(/\/(home|Users)\/[^/:\s]+|\/root(?=\/)/g, '/home/user')
  return mapStrings(spec, hidden) as ClusterSpec
}

/** An identity that is not part of a longer word: a machine called `node` must not rename `node_modules`. */
function wholeWord(identity: string): RegExp {
  const escaped = identity.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`, 'g')
}

function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value)
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, map)]))
}

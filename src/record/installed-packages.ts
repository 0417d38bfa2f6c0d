import { readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { sha256 } from '../core/digest.ts'
import { messageOf } from '../core/errors.ts'
import { projectRoot } from '../core/paths.ts'
import { libcVersion } from './libc.ts'

/** What the lockfile pins, and whether npm has installed that. */
export interface InstalledPackages {
  /** Of package-lock.json; null where it cannot be read. */
  readonly sha256: string | null
  /** Packages that the lockfile pins by version only. */
  readonly withoutIntegrity: readonly string[]
  readonly drift: 'none' | 'drifted' | 'unknown'
  /** Why the drift is unknown. */
  readonly reason: string | null
  readonly differences: readonly PackageDifference[]
  /** What npm has noted down in node_modules/.package-lock.json was compared, never the files themselves. */
  readonly contentsHashed: false
}

/** Versions where they differ, else integrity; null on the side that does not have the package. */
export interface PackageDifference {
  /** Its folder: `node_modules/zod`. */
  readonly package: string
  readonly lockfile: string | null
  readonly installed: string | null
}

/** Compares package-lock.json with what npm noted down when it installed. */
export function captureInstalledPackages(root: string = projectRoot): InstalledPackages {
  const captured = {
    sha256: null,
    withoutIntegrity: [],
    drift: 'unknown',
    differences: [],
    contentsHashed: false,
  } as const
  try {
    const bytes = readFileSync(join(root, 'package-lock.json'))
    const pinned = packagesIn(bytes)
    const withoutIntegrity = [...pinned].filter(([, entry]) => isUnpinned(entry)).map(([path]) => path)
    const ofLockfile = { ...captured, sha256: sha256(bytes), withoutIntegrity }
    try {
      const installed = packagesIn(readFileSync(join(root, 'node_modules/.package-lock.json')))
      const differences = differencesOf(pinned, installed)
      return { ...ofLockfile, drift: differences.length === 0 ? 'none' : 'drifted', reason: null, differences }
    } catch (thrown) {
      return { ...ofLockfile, reason: isInstalled(root) ? RESOLVED_ANEW : messageOf(thrown) }
    }
  } catch (thrown) {
    return { ...captured, reason: messageOf(thrown) }
  }
}

const RESOLVED_ANEW =
  'reducible is a package of another project here: npm chose what it depends on anew, within the ranges of package.json'

/** Is the tree itself a package under node_modules, so that its own lockfile was not asked? */
function isInstalled(root: string): boolean {
  return resolve(root).split(sep).includes('node_modules')
}

/** A package as a lockfile of version 2 or 3 describes it. */
interface LockEntry {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  /** Comes inside the archive of another package, under that one's integrity. */
  readonly inBundle?: boolean
  readonly optional?: boolean
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly os?: string | readonly string[]
  readonly cpu?: string | readonly string[]
  readonly libc?: string | readonly string[]
}

/** The packages under node_modules, by folder. @throws {Error} it is no such lockfile. */
function packagesIn(bytes: Uint8Array): Map<string, LockEntry> {
  const { packages } = JSON.parse(bytes.toString()) as { packages?: Record<string, LockEntry> }
  if (packages === undefined) throw new Error('a lockfile without packages: it was written by npm 6 or older')
  return new Map(Object.entries(packages).filter(([path]) => path.includes('node_modules/')))
}

function isUnpinned({ integrity, link, inBundle }: LockEntry): boolean {
  return integrity === undefined && link !== true && inBundle !== true
}

function differencesOf(
  pinned: ReadonlyMap<string, LockEntry>,
  installed: ReadonlyMap<string, LockEntry>,
): PackageDifference[] {
  const paths = [...new Set([...pinned.keys(), ...installed.keys()])].sort()
  return paths.flatMap((path) => {
    const [want, got] = [pinned.get(path), installed.get(path)]
    if (got === undefined && want !== undefined && mayBeAbsent(want)) return []
    if (want?.version === got?.version && want?.link === got?.link) {
      if (want?.integrity === got?.integrity) return []
      return [
        { package: path, lockfile: want?.integrity ?? 'no integrity', installed: got?.integrity ?? 'no integrity' },
      ]
    }
    return [{ package: path, lockfile: versionText(want), installed: versionText(got) }]
  })
}

function versionText(entry: LockEntry | undefined): string | null {
  if (entry === undefined) return null
  return entry.link ? `link to ${entry.resolved}` : (entry.version ?? 'no version')
}

/** What only developers need, and what is optional unless it names this platform. */
function mayBeAbsent({ dev, devOptional, optional, os, cpu, libc }: LockEntry): boolean {
  if (dev || devOptional) return true
  if (!optional) return false
  if ((os ?? cpu ?? libc) === undefined) return true
  const [libcName] = libcVersion().split(' ')
  return !(allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libcName))
}

/** `["linux"]`, or `["!win32"]`. */
function allows(stated: string | readonly string[] | undefined, name: string): boolean {
  if (stated === undefined) return true
  const names = [stated].flat()
  const refused = names.filter((listed) => listed.startsWith('!')).map((listed) => listed.slice(1))
  return refused.length > 0 ? !refused.includes(name) : names.includes(name)
}

/** The C library of this process, which decides the last bits of its mathematics: `glibc 2.36`, `musl`, `unknown`. */
export function libcVersion(): string {
  if (process.platform !== 'linux') return 'unknown'
  version ??= readVersion()
  return version
}

let version: string | undefined

function readVersion(): string {
  // @types/node does not know it yet.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean }
  const { excludeNetwork } = report
  // Or the report looks up the names of open connections.
  report.excludeNetwork = true
  try {
    const { header, sharedObjects } = report.getReport() as Report
    if (header.glibcVersionRuntime !== undefined) return `glibc ${header.glibcVersionRuntime}`
    return sharedObjects.some((file) => file.includes('ld-musl-')) ? 'musl' : 'unknown'
  } finally {
    report.excludeNetwork = excludeNetwork
  }
}

/** The parts of Node's diagnostic report that are read here. */
interface Report {
  readonly header: { readonly glibcVersionRuntime?: string }
  readonly sharedObjects: readonly string[]
}

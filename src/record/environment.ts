import { type Accelerator, packageVersions } from './host.ts'
import { libcVersion } from './libc.ts'
import { recordedVariables } from './variables.ts'

/** environment.json. The keys with underscores are those of the toolkit's env.json. */
export interface EnvironmentRecord {
  readonly git_commit: string | null
  readonly versions: Readonly<Record<string, string>>
  /** Ranks of the largest arm. */
  readonly world_size: number
  /** Of node 0. Null for a CPU engine. */
  readonly gpu: Accelerator | null
  /** Settings of the collective libraries. */
  readonly nccl_env: Readonly<Record<string, string>>
  /** The other variables on the list of `variables.ts`, where they are set. */
  readonly variables: Readonly<Record<string, string>>
  readonly libc: string
  readonly timeZone: string
  readonly locale: string
}

/** What a run knows of its environment and this process cannot read. */
export interface RunSurroundings {
  readonly commit: string | null
  readonly worldSize: number
  readonly gpu: Accelerator | null
}

/** Reads the environment of this process, for environment.json. */
export function captureEnvironment(
  { commit, worldSize, gpu }: RunSurroundings,
  environment: NodeJS.ProcessEnv = process.env,
): EnvironmentRecord {
  const { collective, other } = recordedVariables(environment)
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions()
  return {
    git_commit: commit,
    versions: { node: process.versions.node, v8: process.versions.v8, ...packageVersions() },
    world_size: worldSize,
    gpu,
    nccl_env: collective,
    variables: other,
    libc: libcVersion(),
    timeZone,
    locale,
  }
}

import type { z } from 'zod'
import type { DeepReadonly } from '../core/deep-readonly.ts'
import type { ContainerRecord } from './container.ts'
import type { environmentSchema } from './environment-schema.ts'
import { type Accelerator, packageVersions } from './host.ts'
import { libcVersion } from './libc.ts'
import { recordedVariables } from './variables.ts'

export type EnvironmentRecord = DeepReadonly<z.output<typeof environmentSchema>>

/** What a run knows of its environment and this process cannot read. */
export interface RunSurroundings {
  readonly commit: string | null
  readonly worldSize: number
  readonly gpu: Accelerator | null
  readonly lockfileSha256: string | null
  readonly container: ContainerRecord
}

/** Reads the environment of this process, for environment.json. */
export function captureEnvironment(
  { commit, worldSize, gpu, lockfileSha256, container }: RunSurroundings,
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
    lockfileSha256,
    container,
    libc: libcVersion(),
    timeZone,
    locale,
  }
}

// Goal: the record of the environment has the toolkit's keys and the settings that move a result, and can hold no secret.
// Left out: what each setting does.
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { captureEnvironment } from '../../src/record/environment.ts'
import { libcVersion } from '../../src/record/libc.ts'
import { recordedVariables } from '../../src/record/variables.ts'

const CONTAINER = { state: 'none', digest: null, source: null, reason: null } as const
const RUN = { commit: 'c0ffee', worldSize: 8, gpu: null, lockfileSha256: 'd1', container: CONTAINER }

describe('environment.json', () => {
  it('has the keys of env.json, the C library, the time zone and the locale', () => {
    const record = captureEnvironment(RUN, { NCCL_ALGO: 'Ring', TZ: 'Asia/Tokyo' })
    expect(record).toEqual({
      git_commit: 'c0ffee',
      versions: expect.objectContaining({ node: process.versions.node, v8: process.versions.v8, webgpu: '0.6.2' }),
      world_size: 8,
      gpu: null,
      nccl_env: { NCCL_ALGO: 'Ring' },
      variables: { TZ: 'Asia/Tokyo' },
      lockfileSha256: 'd1',
      container: CONTAINER,
      libc: libcVersion(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      locale: expect.stringMatching(/^[a-z]{2,3}/),
    })
    expect(JSON.parse(JSON.stringify(record))).toEqual(record)
  })

  it('is of this process where no environment is given', () => {
    expect(captureEnvironment(RUN).variables).toEqual(recordedVariables(process.env).other)
  })
})

describe('variables', () => {
  const SETTINGS = {
    GLOO_SOCKET_IFNAME: 'eth0',
    GRPC_NODE_TRACE: 'all',
    NCCL_IB_PKEY: '1',
    OMPI_MCA_btl: 'self,tcp',
    OMPI_MCA_coll_tuned_allreduce_algorithm: '4',
    UCX_TLS: 'tcp',
  }

  it('of the collective libraries are kept', () => {
    expect(recordedVariables(SETTINGS)).toEqual({ collective: SETTINGS, other: {} })
  })

  it.each([
    'AWS_SECRET_ACCESS_KEY',
    'HOME',
    'MY_NCCL_ALGO',
    'NCCL_API_TOKEN',
    'NCCL_KEY',
    'OMPI_MCA_orte_precondition_transports',
    'OMPI_MCA_pmix_server_uri',
    'PATH',
    'UCX_PASSWORD',
    'grpc_proxy',
    'https_proxy',
    'npm_config__authToken',
  ])('do not hold %s', (name) => {
    expect(recordedVariables({ [name]: 'a secret', ...SETTINGS })).toEqual({ collective: SETTINGS, other: {} })
  })

  it.each([
    ['--max-old-space-size=4096 --expose-gc', '--max-old-space-size=4096 --expose-gc'],
    ['--require ./telemetry.js', '--require …'],
    ['  --import=file:///home/a/hook.mjs?key=secret -r x', '--import=… -r …'],
    ['--title="two words=1"', '--title=… …'],
    ['', ''],
  ])('say of NODE_OPTIONS %s the flags, and values that are numbers', (value, kept) => {
    expect(recordedVariables({ NODE_OPTIONS: value }).other).toEqual({ NODE_OPTIONS: kept })
  })
})

it.runIf(process.platform === 'linux')('the C library is the one that the system names', () => {
  const { status, stdout } = spawnSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' })
  expect(libcVersion()).toBe(status === 0 ? stdout.trim() : 'musl')
})

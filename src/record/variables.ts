/**
 * The environment variables that a run keeps: those known to change what it computes or how fast, by name. A prefix stands
 * only where every documented variable under it is a setting. Nothing else is ever read into a record.
 */
export interface RecordedVariables {
  /** Of the libraries that move and add values between ranks. */
  readonly collective: Readonly<Record<string, string>>
  readonly other: Readonly<Record<string, string>>
}

// Not under a prefix: Open MPI hands session keys and contact addresses around as OMPI_MCA_orte_… and OMPI_MCA_pmix_…, and
// grpc_proxy may hold a password.
const COLLECTIVE = [
  /^(NCCL|GLOO|UCX)_\w+$/,
  /^OMPI_MCA_(btl|coll|mtl|pml)(_\w+)?$/,
  /^GRPC_(NODE_)?(TRACE|VERBOSITY)$/,
  /^GRPC_(EXPERIMENTAL_ENABLE_OUTLIER_DETECTION|NODE_USE_ALTERNATIVE_RESOLVER|SSL_CIPHER_SUITES)$/,
]

const OTHER = [
  // Node and its threads.
  /^(NODE_OPTIONS|UV_THREADPOOL_SIZE)$/,
  // Which instructions and how many threads the mathematics under NumPy, C and the software adapters uses.
  /^(OMP|OPENBLAS|MKL|LP)_NUM_THREADS$/,
  /^(OPENBLAS_CORETYPE|MKL_CBWR|MKL_ENABLE_INSTRUCTIONS|GLIBC_TUNABLES)$/,
  // Which GPU, driver and libraries.
  /^(CUDA_VISIBLE_DEVICES|CUBLAS_WORKSPACE_CONFIG|VK_DRIVER_FILES|VK_ICD_FILENAMES|LD_LIBRARY_PATH|LD_PRELOAD)$/,
  // How numbers and times are written.
  /^(TZ|LANG|LC_ALL|LC_NUMERIC|LC_TIME)$/,
]

/** Somebody's own variable under one of the prefixes. */
const SECRETIVE = /TOKEN|SECRET|PASS|CREDENTIAL|AUTH|(^|_)KEY/

/** Picks the variables that a record may hold, sorted by name. */
export function recordedVariables(environment: NodeJS.ProcessEnv): RecordedVariables {
  return { collective: picked(environment, COLLECTIVE), other: picked(environment, OTHER) }
}

function picked(environment: NodeJS.ProcessEnv, allowed: readonly RegExp[]): Record<string, string> {
  const names = Object.keys(environment)
    .filter((name) => allowed.some((pattern) => pattern.test(name)) && !SECRETIVE.test(name))
    .sort()
  return Object.fromEntries(
    names.map((name) => {
      const value = environment[name] ?? ''
      return [name, name === 'NODE_OPTIONS' ? flagsOnly(value) : value]
    }),
  )
}

/** Node's flags by name, a value only where it is a number: a path or a text may hold anything. */
function flagsOnly(options: string): string {
  const words = options.split(/\s+/).filter((word) => word !== '')
  return words.map(flagOnly).join(' ')
}

function flagOnly(word: string): string {
  const [, flag, value] = /^(-[\w-]+)(?:=(.*))?$/.exec(word) ?? []
  if (flag === undefined) return '…'
  return value === undefined || /^\d+$/.test(value) ? word : `${flag}=…`
}

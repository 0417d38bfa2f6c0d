/** How a record names the GPU that a number came from. */
export interface AdapterRecord {
  /** Dawn's name of the device: what its `adapter=` switch looks for. */
  readonly name: string
  readonly vendor: string
  readonly architecture: string
  /** The driver's own words: name and version. */
  readonly driver: string
  readonly backend: string
  /** True where a CPU does the work. Stamped wherever its numbers appear. */
  readonly software: boolean
}

const BACKENDS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'metal', win32: 'd3d12' }

/** The record of an adapter. @param name as Dawn lists it. */
export function describeAdapter(name: string, info: GPUAdapterInfo): AdapterRecord {
  return {
    name,
    vendor: info.vendor,
    architecture: info.architecture,
    driver: info.description,
    backend: BACKENDS[process.platform] ?? 'vulkan',
    software: info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${name} ${info.description}`),
  }
}

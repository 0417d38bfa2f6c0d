export const CLAIM_KINDS = ['numeric', 'performance'] as const

/** What a claim is about: the same answer, or the same speed. */
export type ClaimKind = (typeof CLAIM_KINDS)[number]

export type Threat = ClaimKind | 'both' | 'neither'

/** What hangs on a field of a spec. */
export interface FieldRule {
  /** The field, and all below it; `*` for a place in a list. */
  readonly path: string
  /** Which kind of reproducibility a difference threatens. */
  readonly threatens: Threat
  /** The claims that cannot do without it. */
  readonly neededFor: readonly ClaimKind[]
  readonly why: string
}

function rules(
  threatens: Threat,
  neededFor: readonly ClaimKind[],
  byPath: Readonly<Record<string, string>>,
): FieldRule[] {
  return Object.entries(byPath).map(([path, why]) => ({ path, threatens, neededFor, why }))
}

/** The first rule that covers a field counts. @source MLPerf's required system description; exercise 41.8.3 of the textbook. */
export const FIELD_RULES: readonly FieldRule[] = [
  ...rules('both', CLAIM_KINDS, {
    'nodes.*.host_processor_model_name': 'decides which instructions libraries choose, and how fast they run',
    'nodes.*.processor.architecture': 'decides the instructions of every kernel and loop',
    'nodes.*.processor.flags':
      'wider vectors add in another order and fused multiply-add rounds once less; both change speed',
    'nodes.*.software.node': 'its JavaScript engine and libraries decide bits of Math functions, and speed',
    'nodes.*.software.v8': 'decides bits of Math functions, and how loops are compiled',
    'nodes.*.software.webgpu': 'Dawn translates the kernels: another version may fuse or reorder, faster or slower',
    'nodes.*.adapter': 'the GPU and its driver decide rounding, fusing and subnormals, and the speed of kernels',
  }),
  ...rules('numeric', ['numeric'], {
    'nodes.*.software.libc': 'decides the last bits of exp, log and pow',
    'nodes.*.software.sourceSha256': 'another source is another computation',
  }),
  ...rules('both', [], {
    'nodes.*.software.lockfileSha256': 'other libraries may add otherwise, and at another speed',
    'nodes.*.software.container': 'another image brings other libraries and drivers',
    'nodes.*.operating_system': 'brings the C library, the drivers and their defaults',
    'nodes.*.framework': 'another version is another computation',
    'nodes.*.settings.collective': 'settings of collective libraries choose algorithm, protocol and channels',
    'nodes.*.settings.other': 'these variables choose instructions, threads, drivers or how numbers are written',
    'nodes.*.devices.*.driver': 'compiles the kernels',
    'nodes.*.devices.*.model': 'another device rounds, fuses and runs otherwise',
    'nodes.*.devices.*.vendorId': 'another device rounds, fuses and runs otherwise',
    'nodes.*.devices.*.deviceId': 'another device rounds, fuses and runs otherwise',
    'nodes.*.devices.*.revision': 'a stepping may carry errata, and their workarounds cost time',
    'nodes.*.devices.*.vbios': 'sets clocks, power and memory timings, and carries microcode',
    'nodes.*.accelerator_model_name': 'another device rounds, fuses and runs otherwise',
  }),
  ...rules('both', ['performance'], {
    number_of_nodes: 'other shares of the batch are added in another order, and more is exchanged',
    'collective.library': 'decides the order in which gradients are added, and how they travel',
    autoscaling: 'a node that comes or goes changes the shares of the batch, their order, and the time',
    'nodes.*.processor.stepping': 'a stepping may carry errata, and their workarounds cost time',
    'nodes.*.processor.microcode': 'mitigations and corrections change speed, and now and then results',
  }),
  ...rules('performance', ['performance'], {
    simulated: 'a simulated cluster has no speed of its own',
    host_networking: 'what gradients travel over decides how long they take',
    host_networking_topology: 'shared or tapered links slow all pairs at once, which one pair alone does not show',
    tenancy: 'neighbours take cores, memory bandwidth and links at times nobody recorded',
    'interconnect.fabric': 'what gradients travel over decides how long they take',
    'interconnect.links.*.measured.bandwidthBytesPerSecond': 'decides the time of large messages',
    'interconnect.links.*.measured.latencyNsP50': 'decides the time of small messages, once a round',
    'collective.segmentBytes': 'the size of messages decides how sending and adding overlap',
    'collective.windowBytes': 'bytes on their way bound the bandwidth over a long link',
    'collective.connections': 'one connection may not fill a link that several do',
    'nodes.*.host': 'nodes of one machine share its cores, memory and links',
    'nodes.*.host_processors_per_node': 'cores and memory bandwidth decide the speed of a node',
    'nodes.*.host_processor_core_count': 'cores decide the speed of a node',
    'nodes.*.processor.governor': 'decides the clock under load: powersave can halve it',
    'nodes.*.processor.turbo': 'decides the clock, and makes it depend on temperature and neighbours',
    'nodes.*.processor.smt': 'two threads on one core run at about half speed each',
    'nodes.*.processor.usableCores': 'cores that the process may not use do not help it',
    'nodes.*.processor.cgroupCores': 'a quota stops the process in the middle of a step',
    'nodes.*.host_memory_capacity': 'too little of it swaps',
    'nodes.*.memory': 'a limit swaps or kills, and memory of another socket is slower',
    'nodes.*.network.mtuBytes': 'small packets cost the processor more a byte',
    'nodes.*.software.kernel': 'its scheduler and network stack carry every message',
    'nodes.*.software.grpc': 'carries every message',
  }),
  ...rules('performance', [], {
    'interconnect.stated': 'what links are meant to carry bounds what they do',
    'interconnect.method': 'figures measured in another way cannot be held against each other',
    'interconnect.links.*.host': 'links inside one machine are faster than those out of it',
    'interconnect.links.*.accelerator': 'two nodes on one accelerator take turns',
    'interconnect.links.*.stated': 'what a link is meant to carry bounds what it does',
    'nodes.*.rack': 'links between racks may be longer and narrower',
    'nodes.*.zone': 'links between zones are longer',
    'nodes.*.host_processor_vcpu_count': 'threads decide how many ranks run at once',
    'nodes.*.host_processor_frequency': 'the range of the clock bounds the speed of a core',
    'nodes.*.host_processor_caches': 'a vector that leaves the cache is added at the speed of memory',
    'nodes.*.processor.addBytesPerSecond': 'how fast gradients are added, once they are there',
    'nodes.*.accelerator_interconnect': 'devices of one node exchange over it',
    'nodes.*.accelerator_interconnect_topology': 'devices of one node exchange over it',
    'nodes.*.accelerator_host_interconnect': 'every gradient is read back over it',
    'nodes.*.accelerator_memory_capacity': 'bounds the batch',
    'nodes.*.accelerators_per_node': 'decides how many ranks have a device of their own',
    'nodes.*.adapterDevice': 'two nodes on one device take turns',
    'nodes.*.devices.*.memory': 'bounds the batch',
    'nodes.*.devices.*.ecc': 'error correction takes memory bandwidth',
    'nodes.*.devices.*.powerLimitWatts': 'decides the clock under load',
    'nodes.*.devices.*.pcie': 'every gradient is read back over it',
    'nodes.*.devices.*.partitions': 'a part of a device has a part of its speed',
    'nodes.*.devices.*.source': 'another tool sees other properties',
    'nodes.*.network.driver': 'drivers differ in offloads and latency',
    'nodes.*.network.speedBitsPerSecond': 'bounds the bandwidth',
  }),
  ...rules('neither', [], {
    specVersion: 'the form of this file',
    system_name: 'a name',
    capturedAtUtc: 'when it was captured',
    'interconnect.links.*.nodes': 'which pair it is',
    'interconnect.links.*.measured': 'how often it was measured, and clocks: durations are taken on one clock',
    'nodes.*.name': 'a name',
    'nodes.*.hostname': 'a name',
    'nodes.*.address': 'a name',
    'nodes.*.devices.*.pciBusId': 'which one it is',
    'nodes.*.devices.*.uuid': 'which one it is',
    'nodes.*.network.interface': 'a name',
    'nodes.*.software.timeZone': 'how times are printed',
    'nodes.*.pricePerHour': 'what it costs',
  }),
  ...rules('both', [], { 'nodes.*.devices': 'a device more or less rounds and runs as it does' }),
]

/** The rule of a field. @param pattern as in Leaf; undefined: no rule covers it. */
export function ruleOf(pattern: string): FieldRule | undefined {
  return FIELD_RULES.find(({ path }) => pattern === path || pattern.startsWith(`${path}.`))
}

import { algorithmBound, bandwidthBound, batchBound, latencyBound, times } from './claim-bounds.ts'
import type { ClaimSetting } from './claim-setting.ts'

/** `required`: without it the claim cannot be checked. `useful`: it narrows. `none`: it has no say in this number. */
export type Need = 'required' | 'useful' | 'none'

/** What is asked of one key of a published claim. */
export interface ClaimField {
  /** As in the file: `cluster.interconnect.bandwidth`. */
  readonly path: string
  readonly need: (setting: ClaimSetting) => Need
  /** What the missing field can do to the number. */
  readonly effect: (setting: ClaimSetting) => string
  /** By how much at most; null: cannot be bounded. */
  readonly bound?: (setting: ClaimSetting) => string | null
  /** What to request from the authors. */
  readonly ask: string
}

const always = (): Need => 'required'
const useful = (): Need => 'useful'
const ofSpeed = ({ performance }: ClaimSetting): Need => (performance ? 'required' : 'none')
const ofNumbers = ({ performance }: ClaimSetting): Need => (performance ? 'none' : 'required')
const ofBytes = ({ numerical }: ClaimSetting): Need => (numerical ? 'required' : 'useful')
const ofExchange = ({ parallel }: ClaimSetting): Need => (parallel ? 'required' : 'none')
const ofFabric = ({ performance, parallel }: ClaimSetting): Need => (performance && parallel ? 'required' : 'none')
const ofOrder = ({ performance, numerical, parallel }: ClaimSetting): Need =>
  !parallel ? 'none' : performance || numerical ? 'required' : 'useful'

/** Row by row what a claim should state of its five inputs. */
export const INPUT_FIELDS: readonly ClaimField[] = [
  {
    path: 'code.repository',
    need: always,
    effect: () => 'nobody can run the program; the number cannot be refuted',
    ask: 'Where is the source code?',
  },
  {
    path: 'code.commit',
    need: always,
    effect: () => 'any version may have made the number, the fastest one too',
    ask: 'Which commit made this number, and was the tree clean?',
  },
  {
    path: 'code.command',
    need: always,
    effect: () => 'every flag and hyperparameter that the text leaves out is free',
    ask: 'What was the command, with every flag and the configuration file?',
  },
  {
    path: 'code.model',
    need: always,
    effect: ({ performance }) =>
      performance
        ? 'compute and gradient bytes both follow from the model; a small one on many workers only exchanges'
        : 'the number belongs to no model that could be trained again',
    ask: 'Which model, in which variant, with how many parameters?',
  },
  {
    path: 'code.gradientBytes',
    need: ({ performance, parallel }) => (performance && parallel ? 'useful' : 'none'),
    effect: () => 'the bytes of a step have to be guessed from the model and the precision',
    ask: 'How many bytes of gradients does a worker reduce in a step?',
  },
  {
    path: 'code.computeSeconds',
    need: ({ performance, parallel }) => (performance && parallel ? 'useful' : 'none'),
    effect: () => 'how much of a step the exchange can hide behind is open',
    ask: 'How long does one worker compute in a step, without any exchange?',
  },
  {
    path: 'code.batch',
    need: always,
    effect: ({ performance }) =>
      performance
        ? 'a step exchanges the same bytes for any batch, so a larger one buys any efficiency'
        : 'the noise of a gradient and the number of updates both follow from it',
    bound: batchBound,
    ask: 'What is the batch, global or of a worker, and how does it change with the worker count?',
  },
  {
    path: 'code.precision',
    need: always,
    effect: ({ performance }) =>
      performance ? 'bytes and arithmetic rate both follow from it' : 'every operation rounds to it',
    bound: ({ performance }) =>
      performance
        ? 'a factor of 2 in bytes between 32 and 16 bits; the arithmetic rate has none without the accelerator'
        : '6e-8 of the value for one rounding in 32 bits, 5e-4 in f16, 4e-3 in bf16; none for a whole training',
    ask: 'In which precision are weights, gradients and the sums of the all-reduce?',
  },
  {
    path: 'code.update',
    need: ofExchange,
    effect: () => 'asynchronous and elastic training add stale gradients in the order of arrival, and wait for nobody',
    ask: 'Are updates synchronous, asynchronous or elastic?',
  },
  {
    path: 'environment.framework',
    need: always,
    effect: ({ performance }) =>
      performance ? 'another version has other kernels and other overlap' : 'another version has other defaults',
    ask: 'Which framework, in which version?',
  },
  {
    path: 'environment.packages',
    need: ofBytes,
    effect: () => 'any library under the framework may have changed since',
    ask: 'Is there a lockfile, or a list of every package with its version?',
  },
  {
    path: 'environment.container',
    need: useful,
    effect: () => 'the environment has to be rebuilt by hand',
    ask: 'Is there an image, and what is its digest?',
  },
  {
    path: 'environment.driver',
    need: ({ performance, numerical }) => (performance || numerical ? 'required' : 'useful'),
    effect: () => 'kernels are chosen, and compiled, by driver and accelerator library',
    ask: 'Which driver, and which accelerator libraries (CUDA, cuDNN or the like)?',
  },
  {
    path: 'data.name',
    need: always,
    effect: ({ performance }) =>
      performance ? 'synthetic data leaves reading and decoding out of the time' : 'the number is of unknown data',
    ask: 'Which data, or synthetic data, and which split?',
  },
  {
    path: 'data.digest',
    need: ({ performance }) => (performance ? 'useful' : 'required'),
    effect: () => 'other rows under the same name would pass unseen',
    ask: 'What are the SHA-256 digests of the files before any preprocessing?',
  },
  {
    path: 'data.preprocessing',
    need: ({ performance }) => (performance ? 'useful' : 'required'),
    effect: ({ performance }) =>
      performance ? 'input work beside the step may or may not be in the time' : 'the model sees other inputs',
    ask: 'How is the data preprocessed and augmented, and where is the script?',
  },
  {
    path: 'data.partition',
    need: ({ performance, parallel }) => (!parallel ? 'none' : performance ? 'useful' : 'required'),
    effect: () => 'which rows a worker adds up, and whether any row is seen twice, is open',
    ask: 'Which rows does each worker hold, and when are they shuffled?',
  },
  {
    path: 'seeds.values',
    need: ofNumbers,
    effect: () => 'the spread over seeds cannot be told from luck',
    ask: 'Which seeds, and what value did each give?',
  },
  {
    path: 'seeds.generators',
    need: ({ performance, numerical }) => (numerical ? 'required' : performance ? 'none' : 'useful'),
    effect: () => 'the same seed gives other numbers in another generator',
    ask: 'Which generators draw from the seeds, in which version, one stream or one for each worker?',
  },
  {
    path: 'seeds.determinism',
    need: ({ performance, numerical }) => (numerical ? 'required' : performance ? 'none' : 'useful'),
    effect: () => 'kernels that add in any order give other bytes under the same seed',
    ask: 'Which deterministic settings were on, and what is left that a seed does not control?',
  },
  {
    path: 'cluster.simulated',
    need: ofSpeed,
    effect: () => 'a time that a model computed would pass for one that was measured',
    ask: 'Was this measured on real machines, or simulated?',
  },
  {
    path: 'cluster.nodes',
    need: ofExchange,
    effect: () => 'how many workers share a link to the others is open',
    ask: 'How many machines?',
  },
  {
    path: 'cluster.workers',
    need: always,
    effect: ({ ratio }) => (ratio ? 'the ideal that the number falls short of is unknown' : 'the scale is unknown'),
    ask: 'How many workers?',
  },
  {
    path: 'cluster.placement',
    need: ofFabric,
    effect: () => 'an exchange inside a machine does not cross the network at all',
    ask: 'How many workers are on each machine, and which?',
  },
  {
    path: 'cluster.accelerator',
    need: always,
    effect: ({ performance }) =>
      performance
        ? 'slower compute hides more of the exchange: the same program scales better on a slower accelerator'
        : 'kernels round differently on another one',
    ask: 'Which accelerator, with how much memory, or none?',
  },
  {
    path: 'cluster.cpu',
    need: ofSpeed,
    effect: () => 'input and launch of kernels may be the bottleneck',
    ask: 'Which processor and how many cores on each machine?',
  },
  {
    path: 'cluster.instructionSets',
    need: ({ performance, numerical }) => (numerical ? 'required' : performance ? 'none' : 'useful'),
    effect: () => 'a kernel with fused multiply-add gives other last digits than one without',
    ask: 'Which instruction sets (AVX2, FMA, AVX-512) had the processors?',
  },
  {
    path: 'cluster.memory',
    need: ({ performance }) => (performance ? 'useful' : 'none'),
    effect: () => 'data that fits in memory is read once, other data in each epoch',
    ask: 'How much memory has a machine?',
  },
  {
    path: 'cluster.interconnect.fabric',
    need: ofFabric,
    effect: () => 'bandwidth, latency and who shares them follow from it; fabrics in use differ by a factor above 100',
    bound: ({ speedup }) => speedup && `(0, ${times(speedup.ideal)}], as without the bandwidth`,
    ask: 'Which interconnect, between machines and inside one?',
  },
  {
    path: 'cluster.interconnect.bandwidth',
    need: ofFabric,
    effect: () => 'the exchange of a step takes bytes over bandwidth, and the workers wait for it',
    bound: bandwidthBound,
    ask: 'What bandwidth has a link, stated and measured between two workers while all are busy?',
  },
  {
    path: 'cluster.interconnect.latency',
    need: ofFabric,
    effect: () => 'each round of a collective waits for it once',
    bound: latencyBound,
    ask: 'What latency has a small message between two workers?',
  },
  {
    path: 'cluster.topology',
    need: ofFabric,
    effect: () => 'links that share a switch or an uplink share its bandwidth',
    ask: 'How are the machines connected: racks, switches, oversubscription?',
  },
  {
    path: 'cluster.collective.library',
    need: ofFabric,
    effect: () => 'the same fabric gives other bandwidth under another library',
    ask: 'Which library does the exchange, in which version?',
  },
  {
    path: 'cluster.collective.algorithm',
    need: ofOrder,
    effect: ({ performance }) =>
      performance
        ? 'rounds and bytes both follow from it'
        : 'the order of the sum, and so its last bits, follow from it',
    bound: (setting) => (setting.performance ? algorithmBound(setting) : null),
    ask: 'Which algorithm adds the gradients: ring, tree, parameter server, one level or two?',
  },
  {
    path: 'cluster.collective.settings',
    need: ({ parallel }) => (parallel ? 'useful' : 'none'),
    effect: () => 'environment variables choose protocol, channels and algorithm behind the text',
    ask: "Which settings and environment variables of the library were changed (like NCCL's)?",
  },
  {
    path: 'cluster.tenancy',
    need: ofSpeed,
    effect: () => 'other jobs take part of the links and of the processors, in one side of a ratio perhaps',
    ask: 'Were the machines and the network exclusive, and how was that checked?',
  },
  {
    path: 'cluster.scaling',
    need: ({ performance, parallel }) => (performance && parallel ? 'useful' : 'none'),
    effect: () => 'workers that come and go change the ideal while it is measured',
    ask: 'Was the number of machines fixed?',
  },
]

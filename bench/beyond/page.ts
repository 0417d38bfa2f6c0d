import { formatMemory } from '../../src/core/units.ts'
import { markdownRow } from '../marked-table.ts'
import type { BeyondResult, Fabric, Parts, TimedAlgorithm, TimedCell } from './result.ts'

/** Beyond it a prediction with values is not made, and the spread is a bound. */
const VALUES_RANKS_MAX = 64
/** A runner-up as close as this is named too. */
const CLOSE = 0.02

/** docs/beyond-this-machine.md: every figure in it is of the committed result. */
export function beyondPage(result: BeyondResult): string {
  return `${[
    '# Beyond this machine',
    `<!-- npm run docs:beyond makes this page from bench/results/beyond.json, which ${result.command} writes -->`,
    ...head(result),
    ...fastest(result),
    ...wherePartsGo(result),
    ...whereSpreadGoes(result),
    ...ifWrong(result),
    ...claims(result),
  ].join('\n\n')}\n`
}

function head({ fabrics }: BeyondResult): string[] {
  const rows = fabrics.map(({ name, spec, specNodes, latencyNs, bytesPerSecond, addBytesPerSecond }) => [
    `[${name}](../${spec})`,
    String(specNodes),
    `${(latencyNs / 1000).toFixed(0)} µs`,
    `${(bytesPerSecond / 1e6).toFixed(2)} MB/s`,
    `${(addBytesPerSecond / 1e9).toFixed(1)} GB/s`,
  ])
  return [
    'What the simulator says of 8 to 65,536 ranks on the two fabrics that were recorded here. Everything on this page is `simulated`: no all-reduce on it was run. Cells of more ranks than a spec has nodes are `extended`: the further nodes and pairs take the medians of the recorded ones. The model is that of [methodology](methodology.md), "Simulated time and bits".',
    table(['fabric', 'nodes recorded', 'latency α', 'bandwidth 1/β', 'adding 1/γ'], rows),
    'Both are demonstrations, network namespaces on one machine shaped to 135 and 20 Mbit/s with the latency of gRPC between processes; the medians stand in the table. An all-reduce is of one f32 vector, one rank a node, on a switch with full bisection unless a tree is named.',
  ]
}

function fastest(result: BeyondResult): string[] {
  const onSwitch = (name: string): TimedCell[] =>
    result.times.filter(({ fabric, topology }) => fabric === name && topology === 'switch')
  const onTree = result.times.filter(({ topology }) => topology === result.tree)
  const [{ fabric: treeFabric }] = onTree
  return [
    '## Which algorithm wins where',
    'The fastest algorithm of each cell and what it takes; after `≈` those within 2 % of it.',
    ...result.fabrics.flatMap(({ name, specNodes }) => [
      `**${name}**, \`simulated\`, \`extended\` beyond ${specNodes} ranks:`,
      winnersTable(onSwitch(name)),
    ]),
    '![All-reduce time over ranks, by algorithm](figures/beyond-times.svg)',
    ...ringSentence(result),
    `**${treeFabric} on a tree**, 32 nodes a leaf whose links carry a quarter of their ports (\`${result.tree}\`), \`simulated\`, \`extended\`:`,
    winnersTable(onTree),
    'A ring exchanges with neighbours, so one flow crosses each leaf; a halving-doubling sends its largest messages farthest. Rings of 65,536 ranks are the closed form that `simulate` takes too, which has every round wait for the slowest recorded neighbours, and are not walked on the tree; nor is anything else of more than 10 million segments. So the last column of the tree is the fastest of the others, and a ring may be faster. A vector of fewer elements than ranks lies on the first of them, whose halving-doubling is not even.',
  ]
}

function winnersTable(cells: readonly TimedCell[]): string {
  const ranks = [...new Set(cells.map((cell) => cell.ranks))]
  const sizes = [...new Set(cells.map((cell) => cell.bytes))]
  const rows = sizes.map((bytes) => [
    formatMemory(bytes),
    ...ranks.map((count) => {
      const cell = cells.find((one) => one.ranks === count && one.bytes === bytes)
      return cell ? winnerText(cell.seconds) : '–'
    }),
  ])
  return table(['size', ...ranks.map((count) => `${count.toLocaleString('en')} ranks`)], rows)
}

function winnerText(seconds: readonly TimedAlgorithm[]): string {
  const [first, ...others] = sorted(seconds)
  const close = others.filter((other) => other.seconds <= first.seconds * (1 + CLOSE)).map(({ algorithm }) => algorithm)
  return `${first.algorithm} ${duration(first.seconds)}${close.length > 0 ? ` ≈ ${close.join(', ')}` : ''}`
}

/** How far the ring, the best known one, falls behind. */
function ringSentence({ times, fabrics }: BeyondResult): string[] {
  const largest = Math.max(...times.map(({ bytes }) => bytes))
  const of = ({ name }: Fabric): string => {
    const factors = times
      .filter((cell) => cell.fabric === name && cell.topology === 'switch' && cell.bytes === largest)
      .map(({ ranks, seconds }) => {
        const ring = seconds.find(({ algorithm }) => algorithm === 'ring')?.seconds ?? Number.NaN
        return `${(ring / sorted(seconds)[0].seconds).toPrecision(3)} × on ${ranks.toLocaleString('en')}`
      })
    return `${name}: ${factors.join(', ')}`
  }
  return [
    `A ring's 2(n−1) rounds cost α each. At ${formatMemory(largest)} it takes, of the fastest (${fabrics.map(of).join('; ')}).`,
  ]
}

function wherePartsGo({ parts, fabrics, tree }: BeyondResult): string[] {
  return [
    '## Where the time goes',
    `Of the fastest algorithm on the switch, each part by what it adds to those before it: rounds of latency with nothing to send, then the bytes, then adding; *contention* is what the tree (\`${tree}\`) adds to the switch, over the time on the switch.`,
    ...fabrics.flatMap(({ name }) => [
      `**${name}**, \`simulated\`:`,
      table(
        ['ranks', 'size', 'algorithm', 'latency', 'bandwidth', 'adding', 'contention'],
        parts.filter(({ fabric }) => fabric === name).map(partRow),
      ),
    ]),
  ]
}

function partRow({ ranks, bytes, algorithm, latency, bandwidth, adding, contention }: Parts): string[] {
  const whole = latency + bandwidth + adding
  const share = (part: number): string => `${((100 * part) / whole).toFixed(Math.abs(part) < whole / 100 ? 2 : 0)} %`
  const added = `${contention < 0 ? '−' : '+'}${share(Math.abs(contention))}`
  return [
    ranks.toLocaleString('en'),
    formatMemory(bytes),
    algorithm,
    share(latency),
    share(bandwidth),
    share(adding),
    added,
  ]
}

function whereSpreadGoes({ spread, depths }: BeyondResult): string[] {
  const algorithms = [...new Set(depths.map(({ algorithm }) => algorithm))]
  const ranks = [...new Set(depths.map((depth) => depth.ranks))]
  const errorAt = (algorithm: string, count: number): string | undefined =>
    spread
      .find((one) => one.ranks === count)
      ?.errors.find((one) => one.algorithm === algorithm)
      ?.error.toFixed(2)
  const boundAt = (algorithm: string, count: number): string => {
    const { bound } = depths.find((one) => one.algorithm === algorithm && one.ranks === count) ?? { bound: Number.NaN }
    return `≤ ${bound < 1000 ? bound.toFixed(0) : Math.round(bound).toLocaleString('en')}`
  }
  const rows = algorithms.map((algorithm) => [
    algorithm,
    ...ranks.map((count) => [errorAt(algorithm, count), boundAt(algorithm, count)].filter(Boolean).join(', ')),
  ])
  const over = [
    'all algorithms: spread',
    ...ranks.map((count) => spread.find((one) => one.ranks === count)?.spread.toFixed(2) ?? '–'),
  ]
  const [{ elements }] = spread
  return [
    '## Where the spread goes',
    `Sums of the same normal contributions by every algorithm, carried with their values up to ${VALUES_RANKS_MAX} ranks: the largest error over ${elements.toLocaleString('en')} elements, in units of u · Σ|x| (u = 2^-24), \`simulated\`. After \`≤\` stands the proven bound γ_k / u of k additions on the longest way (Higham 2002, section 4.2). **Beyond ${VALUES_RANKS_MAX} ranks no value was added: there is the bound alone**, and what the sums do below it is not known. *Spread* is the greatest less the least over all algorithms; by two bounds it is at most their sum.`,
    table(['algorithm', ...ranks.map((count) => `${count.toLocaleString('en')} ranks`)], [...rows, over]),
    '![Error and bound over ranks](figures/beyond-spread.svg)',
    'Halving-doubling and trees add log₂ n numbers on the longest way, rings and all pairs n − 1: where a ring is the fastest, it is so with the wider bound. What was simulated stays far below that one, since roundings of independent values cancel as often as not; a distance near it takes values that are made for it.',
  ]
}

function ifWrong({ conditions, fabrics }: BeyondResult): string[] {
  const rows = [...Map.groupBy(conditions, ({ condition }) => condition)].map(([condition, cells]) => [
    condition,
    ...cells.map(({ seconds }) => winnerText(seconds)),
  ])
  const [first] = Map.groupBy(conditions, ({ condition }) => condition).values()
  const header = first.map(({ fabric, ranks, bytes }) => `${fabric}, ${formatMemory(bytes)}, ${ranks} ranks`)
  const changed = rows
    .slice(1)
    .filter((row) => row.slice(1).some((cell, i) => cell.split(' ')[0] !== rows[0][i + 1].split(' ')[0]))
  return [
    '## What would have to be true for it to be wrong',
    'The fastest algorithm where one thing is another way than recorded, `simulated`, `extended`:',
    table(['condition', ...header], rows),
    changed.length === 0
      ? 'None of these makes another algorithm the fastest.'
      : `Another algorithm becomes the fastest with ${changed.map(([condition]) => condition).join('; ')}.`,
    [
      'And beside what the simulator can be told, the page is wrong where',
      `- nodes beyond the ${fabrics[0].specNodes} recorded ones are not like their medians: a large fabric has longer ways, and the slowest of 65,536 links decides a round;`,
      '- cores and not links decide: the processor time of the transport, copies and cores that nodes share are not in the model (eight nodes on the two cores of this machine take longer over the commodity fabric than was predicted: `npm run reproduce:speedup`);',
      '- a message costs a processor anything beside its bytes: all pairs send n − 1 of them at once for nothing, which is why they win with small vectors;',
      '- links lose and send again, or receivers stop senders;',
      '- a switch adds, or servers beside the ranks do;',
      '- exchange hides behind computing: the page is of the all-reduce alone, and an order that is slower may cost nothing;',
      '- contributions are not like independent normals: then the spread up to 64 ranks is another, and the bound still holds.',
    ].join('\n'),
  ]
}

function claims({ claims: all }: BeyondResult): string[] {
  const rows = all.map(({ file, claimed, answer, wants, fabric, predicted, unverified }) => [
    `[${file}](../configs/claims/examples/${file})`,
    claimed,
    fabric ?? 'none',
    predicted === null ? '–' : `${predicted[0]} to ${predicted[1]}`,
    `**${answer}**${wants.length > 0 ? ` for want of ${wants.join('; ')}` : ''}${unverified.length > 0 ? ' (rests on statements from memory)' : ''}`,
  ])
  return [
    '## The published claims',
    `Each on the fabric that it states (\`audit --claim FILE --what-if\`), \`simulated\`: ${countText(all)}. \`--what-if SPEC\` asks of another fabric, and says *impossible* of Horovod's 90 % on \`cluster/specs/commodity-ethernet.yaml\`.`,
    table(['claim', 'claimed', 'fabric', 'predicted', 'answer'], rows),
  ]
}

function countText(all: BeyondResult['claims']): string {
  const answers = ['consistent', 'impossible', 'undecidable'] as const
  return answers.map((answer) => `${all.filter((one) => one.answer === answer).length} ${answer}`).join(', ')
}

function sorted(seconds: readonly TimedAlgorithm[]): TimedAlgorithm[] {
  return seconds.toSorted((a, b) => a.seconds - b.seconds)
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [markdownRow(header), markdownRow(header.map(() => '---')), ...rows.map(markdownRow)].join('\n')
}

/** Three digits: `4.21 ms`, `1.03 s`. */
function duration(seconds: number): string {
  return seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${Number(seconds.toPrecision(3))} s`
}

/**
 * What the simulator says of 8 to 65,536 ranks on the recorded fabrics: `npm run bench:beyond` writes bench/results/beyond.json, and
 * `npm run docs:beyond` makes docs/beyond-this-machine.md of it. Nothing is measured, and the same file comes out anywhere.
 */
import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settingOf, valueText } from '../src/evidence/claim-setting.ts'
import { whatIf } from '../src/evidence/what-if.ts'
import { loadClusterSpec } from '../src/record/cluster-spec/load.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { linksOf } from '../src/simulate/cluster-links.ts'
import { loadPublishedClaim } from '../src/study/load.ts'
import type { BeyondResult, Fabric, SimulatedClaim } from './beyond/result.ts'
import { depthsOf, SPREAD_RANKS, spreadOf } from './beyond/spread.ts'
import { type Links, partsOf, RANKS, SIZES, TREE, timedCell, underConditions } from './beyond/times.ts'

const CONDITION_RANKS = 512
/** What is walked more often than once is of these. */
const FEW_SIZES = [65_536, 16_777_216]

const fabrics = ['fast-fabric', 'commodity-ethernet'].map((name): Links & { spec: string } => {
  const spec = `cluster/specs/${name}.yaml`
  return { name, spec, links: linksOf(loadClusterSpec(spec), spec) }
})
const cells = fabrics.flatMap((fabric) =>
  RANKS.flatMap((ranks) => SIZES.map((bytes) => ({ fabric, cell: timedCell(fabric, 'switch', ranks, bytes) }))),
)
const [, commodity] = fabrics
const onTree = RANKS.slice(1).flatMap((ranks) => FEW_SIZES.map((bytes) => timedCell(commodity, TREE, ranks, bytes)))
const spread = []
for (const ranks of SPREAD_RANKS) spread.push(await spreadOf(ranks, commodity.links))

const result: BeyondResult = {
  schemaVersion: 1,
  simulated: true,
  command: 'npm run bench:beyond',
  fabrics: fabrics.map(describe),
  tree: TREE,
  times: [...cells.map(({ cell }) => cell), ...onTree],
  parts: cells.flatMap(({ fabric, cell }) => (FEW_SIZES.includes(cell.bytes) ? [partsOf(fabric, cell, onTree)] : [])),
  conditions: fabrics.flatMap((fabric) =>
    FEW_SIZES.flatMap((bytes) => underConditions(fabric, CONDITION_RANKS, bytes)),
  ),
  spread,
  depths: [...SPREAD_RANKS, ...RANKS.filter((ranks) => ranks > 64)].flatMap(depthsOf),
  claims: globSync('configs/claims/examples/*.yaml').sort().flatMap(simulatedClaim),
}
writeAtomically(fileURLToPath(new URL('results/beyond.json', import.meta.url)), prettyJson(result))
console.log(`${result.times.length} cells, ${result.conditions.length} conditions: bench/results/beyond.json`)

function describe({ name, spec, links }: Links & { spec: string }): Fabric {
  const beyond = links.specNodes
  return {
    ...{ name, spec, specNodes: beyond },
    latencyNs: links.latencyNs(beyond, beyond + 1),
    bytesPerSecond: 1e9 / links.nsPerByte(beyond, beyond + 1),
    addBytesPerSecond: 1e9 / links.addNsPerByte(beyond),
  }
}

/** Claims of something else than speed are left out. */
function simulatedClaim(file: string): SimulatedClaim[] {
  const claim = loadPublishedClaim(file)
  if (!settingOf(claim).performance) return []
  const { answer, wants, fabric, unverified, speedup } = whatIf(claim, null)
  const shown = (value: number, ideal: number): string =>
    claim.number.metric === 'scaling-efficiency' ? `${((100 * value) / ideal).toFixed(0)} %` : `${value.toFixed(2)}×`
  const predicted =
    speedup && ([shown(speedup.low.value, speedup.ideal), shown(speedup.high.value, speedup.ideal)] as const)
  return [{ file: basename(file), claimed: valueText(claim), answer, wants, fabric, unverified, predicted }]
}

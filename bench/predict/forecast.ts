import { readFileSync } from 'node:fs'
import { sha256OfJson } from '../../src/core/canonical-json.ts'
import { type ErrorScale, errorScale, predictionBounds } from '../../src/evidence/prediction/interval.ts'
import { fitLinkModel, type LinkModel, type Place, predictSeconds } from '../../src/evidence/prediction/link-model.ts'
import type { ClusterSpec } from '../../src/record/cluster-spec/schema.ts'
import { type CodeState, codeState } from '../../src/record/code-state.ts'
import { prettyJson, writeAtomically } from '../../src/record/files.ts'
import { captureHost, type HostRecord } from '../../src/record/host.ts'
import type { Fabric } from '../../src/record/interconnect.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { costOf, predictSeconds as costSeconds } from '../../src/reduce/cost.ts'
import { linksOf } from '../../src/simulate/cluster-links.ts'
import type { MeasuredSweep } from './measure.ts'

/** What is said of a place before it is measured. */
export interface Prediction extends Place {
  readonly predictedSeconds: number
  readonly bounds: readonly [number, number]
  /** By rounds and bytes of the schedule alone, with α and β as captured. */
  readonly alphaBetaSeconds: number
  /** What the largest fitted node count took for the same algorithm and size. */
  readonly carriedSeconds: number
}

/** What is known before anything is predicted. */
interface Known {
  readonly spec: ClusterSpec
  readonly fabric: Fabric
  /** By node count. */
  readonly fittedTo: readonly MeasuredSweep[]
}

export interface Forecast {
  readonly schemaVersion: 1
  readonly command: string
  readonly writtenAtUtc: string
  readonly code: CodeState
  readonly host: HostRecord
  readonly network: Fabric
  readonly captured: Pick<ClusterSpec, 'interconnect'> & { readonly model: LinkModel }
  readonly fittedTo: readonly MeasuredSweep[]
  readonly model: LinkModel
  readonly errors: ErrorScale
  readonly predictions: readonly Prediction[]
  /** Of one element, for who is to blame. */
  readonly smallest: readonly (Place & { readonly predictedSeconds: number })[]
}

const CONFIDENCE = 0.9

/** What a capture and the smallest node counts say of others. @param burstNs of the links, as they are shaped. */
export function forecast(
  { spec, fabric, fittedTo }: Known,
  burstNs: number,
  places: readonly Place[],
  command: string,
): Forecast {
  const start = capturedModel(spec, burstNs)
  const sized = fittedTo.flatMap((sweep) => sweep.sized)
  const smallest = fittedTo.flatMap((sweep) => sweep.smallest)
  const model = fitLinkModel([...sized, ...smallest], start)
  const errors = errorScale({ sized, smallest }, start, CONFIDENCE)
  return {
    schemaVersion: 1,
    command,
    writtenAtUtc: new Date().toISOString(),
    code: codeState(),
    host: captureHost(),
    network: fabric,
    captured: { interconnect: spec.interconnect, model: start },
    fittedTo,
    model,
    errors,
    predictions: places.map((place) => {
      const predictedSeconds = predictSeconds(place, model)
      const carried = sized.findLast(
        ({ algorithm, sizeBytes }) => algorithm === place.algorithm && sizeBytes === place.sizeBytes,
      )
      return {
        ...place,
        predictedSeconds,
        bounds: predictionBounds(predictedSeconds, place.nodes, errors),
        alphaBetaSeconds: alphaBetaSeconds(place, start),
        carriedSeconds: carried?.seconds ?? Number.NaN,
      }
    }),
    smallest: smallestOf(places).map((place) => ({ ...place, predictedSeconds: predictSeconds(place, model) })),
  }
}

/** Medians over its links and nodes, for nodes beyond them. */
function capturedModel(spec: ClusterSpec, burstNs: number): LinkModel {
  const links = linksOf(spec, 'the capture')
  const beyond = links.specNodes
  return {
    latencyNs: links.latencyNs(beyond, beyond),
    nsPerByte: links.nsPerByte(beyond, beyond),
    addNsPerByte: links.addNsPerByte(beyond),
    burstNs,
  }
}

function alphaBetaSeconds({ algorithm, nodes, sizeBytes }: Place, { latencyNs, nsPerByte }: LinkModel): number {
  const model = { secondsPerRound: latencyNs / 1e9, secondsPerByte: nsPerByte / 1e9, secondsPerAddedByte: 0 }
  return costSeconds(costOf(scheduleOf(algorithm, nodes), sizeBytes / 4, 4), model)
}

function smallestOf(places: readonly Place[]): Place[] {
  const [{ sizeBytes: first }] = places
  return places.filter(({ sizeBytes }) => sizeBytes === first).map((place) => ({ ...place, sizeBytes: 4 }))
}

/** Writes a forecast with its digest. @returns the digest. */
export function writeForecast(file: string, written: Forecast): string {
  const sha256 = sha256OfJson(written)
  writeAtomically(file, prettyJson({ sha256, forecast: written }))
  return sha256
}

/** @throws {Error} the file is not the one of this digest. */
export function readForecast(file: string, digest: string): Forecast {
  const { sha256, forecast: read } = JSON.parse(readFileSync(file, 'utf8')) as { sha256: string; forecast: Forecast }
  if (sha256 !== digest || sha256OfJson(read) !== digest) throw new Error(`${file} is not the forecast ${digest}`)
  return read
}

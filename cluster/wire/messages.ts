import type { handleBidiStreamingCall, MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import { ERROR_CODES, type ErrorCode, ReducibleError } from '../../src/core/errors.ts'
import type { StepPhases } from '../../src/record/trial-record.ts'
import type { PointResult } from '../../src/reduce/measure.ts'
import { reducible } from '../proto/generated.js'
import type { WorkerDigests } from './worker-digests.ts'

const { v1 } = reducible

/** What a worker says, as proto/reducible.proto documents it. */
export type WorkerMessage =
  | JoinMessage
  | ReadyMessage
  | StepMessage
  | MeasurementMessage
  | ReducedMessage
  | FinishedMessage
  | FailedMessage

export interface JoinMessage extends WorkerDigests {
  readonly kind: 'join'
  readonly trial: string
  readonly launchIndex: number
  readonly pid: number
  readonly hostname: string
}

export interface ReadyMessage {
  readonly kind: 'ready'
  readonly exchangeAddresses: readonly string[]
  readonly adapterJson: string
  readonly dataDigests: Readonly<Record<string, string>>
  readonly rowMapDigest: string
  readonly readyMs: number
  readonly linkAddress: string
  readonly gpuId: string
}

export interface StepMessage {
  readonly kind: 'step'
  readonly step: number
  readonly weightsHash: string
  readonly loss: number
  readonly dispatches: number
  readonly updateDispatches: number
  readonly gpuNs?: number | null
  readonly stepNs: number
  readonly weights: Uint8Array
  readonly buckets: readonly BucketMessage[]
  readonly contributions: readonly Uint8Array[]
  readonly reduced: Uint8Array
  readonly startedMs: number
  readonly phases: StepPhases
}

export interface BucketMessage {
  readonly start: number
  readonly end: number
  readonly readNs: number
  readonly reduceStartNs: number
  readonly reduceEndNs: number
  readonly orderCertificate: string
  readonly order: string
  readonly addedNs: readonly number[]
  readonly sendNs: number
  readonly addNs: number
}

export interface FinishedMessage {
  readonly kind: 'finished'
  readonly lossSum: number
  readonly hits: number
  readonly digest: string
  readonly weights: Uint8Array
  readonly cpuMsByThread: Readonly<Record<string, number>>
  readonly bytesSent: number
  readonly trainNs: number
  readonly divergedStep: number
  readonly orderCertificate: string
  readonly order: string
  /** Of a capture; else empty. */
  readonly capturedJson: string
  readonly coresBusy?: number | null
  readonly coreWait?: number | null
}

/** One point of a benchmark, or of a trial's links, by its place in the assignment, on one rank. */
export interface MeasurementMessage extends PointResult {
  readonly kind: 'measurement'
  readonly point: number
  /** Among the ranks of all nodes; the node where links are measured. */
  readonly rank: number
}

/** One all-reduce of a spread study, by the place of its kind in the assignment. */
export interface ReducedMessage {
  readonly kind: 'reduced'
  readonly reduction: number
  readonly call: number
  readonly digest: string
  readonly orderCertificates: readonly string[]
  readonly orders: readonly string[]
  readonly result: Uint8Array
}

export interface FailedMessage {
  readonly kind: 'failed'
  readonly code: string
  readonly message: string
  readonly remedy: string
}

/** What an agent says: the process that starts workers on a host where the coordinator cannot. */
export type AgentMessage = EnrollMessage | PreparedMessage | ExitedMessage | FailedMessage

export interface EnrollMessage extends WorkerDigests {
  readonly kind: 'enroll'
  readonly rank?: number | null
  readonly worldSize?: number | null
  readonly hostname: string
  readonly pid: number
  readonly hostJson: string
  readonly placementJson: string
}

export interface PreparedMessage {
  readonly kind: 'prepared'
  readonly probeJson: string
  readonly nodeJson: string
}

export interface EnrolledOrder {
  readonly kind: 'enrolled'
  readonly rank: number
  readonly worldSize: number
  readonly adapter: string
}

/** One worker process of one trial. */
export interface WorkerPlace {
  readonly trial: string
  readonly launchIndex: number
}

export interface ExitedMessage extends WorkerPlace {
  readonly kind: 'exited'
  readonly how: string
  readonly lastLines: string
}

/** What the coordinator says to an agent. */
export type AgentOrder =
  | EnrolledOrder
  | ({ readonly kind: 'launch' } & WorkerPlace)
  | ({ readonly kind: 'end' } & WorkerPlace)
  | { readonly kind: 'stop'; readonly reason: string }
  | FailedMessage

/** The message that tells of an error. */
export function failureOf({ code, message, remedy }: ReducibleError): FailedMessage {
  return { kind: 'failed', code, message, remedy }
}

/** The error that a message tells of. */
export function errorIn({ code, message, remedy }: FailedMessage, before = ''): ReducibleError {
  const known = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'worker-failed'
  return new ReducibleError(known, before + message, { remedy })
}

/** One worker process among others. */
export function placeKey({ trial, launchIndex }: WorkerPlace): string {
  return `${launchIndex} ${trial}`
}

/** What the coordinator says. */
export type CoordinatorMessage =
  | { readonly kind: 'welcome'; readonly node: number; readonly nodeCount: number; readonly assignmentJson: string }
  | { readonly kind: 'start'; readonly exchangeAddresses: readonly string[]; readonly linkAddresses: readonly string[] }
  | { readonly kind: 'stop'; readonly reason: string }

export interface PullRequest {
  readonly trial: string
  readonly fromRank: number
  readonly toRank: number
  /** Which of the streams between the two. */
  readonly connection: number
}

const workerMessages = oneofCodec<WorkerMessage>(v1.WorkerMessage)
const agentMessages = oneofCodec<AgentMessage>(v1.AgentMessage)
const agentOrders = oneofCodec<AgentOrder>(v1.AgentOrder)
const coordinatorMessages = oneofCodec<CoordinatorMessage>(v1.CoordinatorMessage)

export const SESSION_METHOD: MethodDefinition<WorkerMessage, CoordinatorMessage> = {
  path: '/reducible.v1.Coordinator/Session',
  requestStream: true,
  responseStream: true,
  requestSerialize: workerMessages.encode,
  requestDeserialize: workerMessages.decode,
  responseSerialize: coordinatorMessages.encode,
  responseDeserialize: coordinatorMessages.decode,
}

export const AGENT_METHOD: MethodDefinition<AgentMessage, AgentOrder> = {
  path: '/reducible.v1.Coordinator/Agent',
  requestStream: true,
  responseStream: true,
  requestSerialize: agentMessages.encode,
  requestDeserialize: agentMessages.decode,
  responseSerialize: agentOrders.encode,
  responseDeserialize: agentOrders.decode,
}

/** Segments travel as bytes: cluster/wire/segment.ts lays them out without a copy of the payload by protobuf. */
export const PULL_METHOD: MethodDefinition<PullRequest, Buffer> = {
  path: '/reducible.v1.Exchange/Pull',
  requestStream: false,
  responseStream: true,
  requestSerialize: (request) => Buffer.from(v1.PullRequest.encode(v1.PullRequest.create(request)).finish()),
  requestDeserialize: (bytes) => plain(v1.PullRequest, v1.PullRequest.decode(bytes)) as unknown as PullRequest,
  responseSerialize: (segment) => segment,
  responseDeserialize: (bytes) => bytes,
}

export const coordinatorService = { session: SESSION_METHOD, agent: AGENT_METHOD } satisfies ServiceDefinition
export const exchangeService = { pull: PULL_METHOD } satisfies ServiceDefinition
export type SessionHandler = handleBidiStreamingCall<WorkerMessage, CoordinatorMessage>
export type AgentHandler = handleBidiStreamingCall<AgentMessage, AgentOrder>

/** The parts of protobufjs's static classes that are used here. */
interface MessageClass {
  create(properties: object): object
  encode(message: object): { finish(): Uint8Array }
  decode(bytes: Uint8Array): object
  toObject(message: object, options: object): Record<string, unknown>
}

function oneofCodec<T extends { readonly kind: string }>(
  messageClass: MessageClass,
): { encode(message: T): Buffer; decode(bytes: Buffer): T } {
  return {
    encode({ kind, ...fields }) {
      return Buffer.from(messageClass.encode(messageClass.create({ [kind]: fields })).finish())
    },
    decode(bytes) {
      const message = messageClass.decode(bytes)
      const { kind } = message as { kind?: string }
      if (kind === undefined) {
        throw new ReducibleError('payload-mismatch', 'got a session message of a kind this version does not know')
      }
      return { kind, ...(plain(messageClass, message)[kind] as object) } as unknown as T
    },
  }
}

/** A message with every absent field at its default. */
function plain(messageClass: MessageClass, message: object): Record<string, unknown> {
  return messageClass.toObject(message, { defaults: true })
}

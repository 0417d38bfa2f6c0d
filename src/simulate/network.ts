import assert from 'node:assert'
import { streamKey, threefry } from '../core/streams.ts'
import type { ClusterLinks } from './cluster-links.ts'
import { type Conditions, slownessOf } from './conditions.ts'
import { doubled } from './doubled.ts'
import { EventQueue } from './events.ts'
import { type Offer, SendBuffer } from './send-buffer.ts'
import { type Topology, topologyOf } from './topology.ts'

/** Told that a segment of a message has come to its receiver, and when its last byte has. */
export type OnSegment = (message: number, bytes: number, atNs: number) => void

/**
 * A virtual network of `nodeCount` nodes, one rank each, in virtual nanoseconds. A segment waits its turn at its sender's
 * port, at each link of its way and at its receiver's port, first come first served, and begins to leave each as soon as its
 * first byte is there (cut-through). It takes of a link what its bytes take there, however slowly they come. What comes at one time is served in the order of senders, receivers, then sending.
 */
export class Network {
  readonly nodeCount: number
  /** What is sent at some time arrives nowhere before this has passed. */
  readonly lookaheadNs: number
  onSegment: OnSegment = () => assert.fail('nobody listens')
  /** By rank: nanoseconds to add a byte. */
  readonly addNsPerByte: Float64Array
  readonly #links: ClusterLinks
  readonly #topology: Topology
  readonly #conditions: Conditions
  #slowdown: number
  readonly #events = new EventQueue()
  /** By node, when its port has served what it let through, at its rate: beyond a burst ahead of that it holds nothing back. */
  readonly #sendPaid: Float64Array
  readonly #receivePaid: Float64Array
  /** When a link can take the next segment. */
  readonly #laneFree: Float64Array
  /** By link: its first lane; then where the last one's end. */
  readonly #firstLane: Int32Array
  readonly #linkLatencyNs: Float64Array
  readonly #linkNsPerByte: Float64Array
  /** Segments that each node has sent: with its number, what names a draw. */
  readonly #sentCount: Uint32Array
  /** Of pairs whose messages are delayed, when the last one is out of the way: they arrive in the order they were sent. */
  readonly #pairFree = new Map<number, number>()
  readonly #segments = new Segments()
  /** By node; used where sends are buffered. */
  readonly #buffers: readonly SendBuffer[]
  readonly #offered: Offer[] = []
  #offeredCount = 0

  constructor(nodeCount: number, links: ClusterLinks, conditions: Conditions) {
    const topology = topologyOf(conditions.topology, nodeCount, links)
    const { linkCount } = topology
    this.nodeCount = nodeCount
    this.#links = links
    this.#topology = topology
    this.#conditions = conditions
    this.#slowdown = 1 / (1 - conditions.backgroundShare)
    this.lookaheadNs = topology.latencyIsOfPair ? links.latencyNsMin : 0
    this.#sendPaid = new Float64Array(nodeCount).fill(Number.NEGATIVE_INFINITY)
    this.#receivePaid = new Float64Array(nodeCount).fill(Number.NEGATIVE_INFINITY)
    this.#firstLane = new Int32Array(linkCount + 1)
    for (let link = 0; link < linkCount; link++)
      this.#firstLane[link + 1] = this.#firstLane[link] + topology.lanes(link)
    this.#laneFree = new Float64Array(this.#firstLane[linkCount])
    this.#linkLatencyNs = Float64Array.from({ length: linkCount }, (_, link) => topology.latencyNs(link))
    this.#linkNsPerByte = Float64Array.from({ length: linkCount }, (_, link) => topology.nsPerByte(link))
    this.#sentCount = new Uint32Array(nodeCount)
    this.#buffers = Array.from({ length: conditions.buffersSends ? nodeCount : 0 }, () => new SendBuffer())
    this.addNsPerByte = Float64Array.from(
      { length: nodeCount },
      (_, node) => links.addNsPerByte(node) * slownessOf(conditions, node),
    )
  }

  /** From here on other traffic takes this share of every port and link. What is on its way keeps its pace. */
  setBackground(share: number): void {
    this.#slowdown = 1 / (1 - share)
  }

  /** One of the messages that a rank sends in a round. They leave with `sendOffered`. */
  offer(message: number, to: number, bytes: number): void {
    const offer = this.#offered[this.#offeredCount++]
    if (offer === undefined) this.#offered.push({ message, to, left: bytes, isFirst: true, delayNs: 0, atNs: 0 })
    else {
      offer.message = message
      offer.to = to
      offer.left = bytes
      offer.isFirst = true
    }
  }

  /**
   * Puts what was offered on the port of its sender, segment by segment in turn. Unless sends are buffered the port is idle: a
   * rank goes on to a round when all that it sent before has left.
   * @returns when the rank need not wait for it any longer: when the last byte has left, or at once where sends are buffered.
   */
  sendOffered(from: number, atNs: number): number {
    if (this.#conditions.buffersSends) return this.#handOver(from, atNs)
    let portFree = atNs
    let waiting = this.#offeredCount
    while (waiting > 0) {
      for (let i = 0; i < this.#offeredCount; i++) {
        const offer = this.#offered[i]
        if (offer.left === 0 && !offer.isFirst) continue
        portFree = this.#sendSegment(from, offer, portFree)
        if (offer.left === 0) waiting--
      }
    }
    this.#offeredCount = 0
    return portFree
  }

  #handOver(from: number, atNs: number): number {
    const buffer = this.#buffers[from]
    if (this.#offeredCount > 0)
      buffer.add(this.#offered.slice(0, this.#offeredCount).map((offer) => ({ ...offer, atNs })))
    this.#offeredCount = 0
    if (!buffer.isScheduled) this.#schedulePort(from)
    return atNs
  }

  /** Has the port of a node go on when something is there for it, if anything is. */
  #schedulePort(node: number): void {
    const buffer = this.#buffers[node]
    buffer.isScheduled = Number.isFinite(buffer.nextNs)
    if (buffer.isScheduled) this.#events.push(Math.max(buffer.nextNs, buffer.freeNs), node, portEvent(node))
  }

  /** @returns when the last byte of it has left. */
  #sendSegment(from: number, offer: Offer, startNs: number): number {
    const { segmentBytes, burstNs, jitterNs } = this.#conditions
    const { message, to } = offer
    if (offer.isFirst) offer.delayNs = jitterNs === 0 ? 0 : this.#drawDelay(from)
    const bytes = Math.min(offer.left, segmentBytes)
    offer.left -= bytes
    offer.isFirst = false
    const latency = (this.#topology.latencyIsOfPair ? this.#links.latencyNs(from, to) : 0) + offer.delayNs
    const pair = from * this.nodeCount + to
    const head = Math.max(startNs + latency, jitterNs === 0 ? 0 : (this.#pairFree.get(pair) ?? 0))
    const nsPerByte = this.#links.nsPerByte(from, to) * this.#slowdown
    const paid = Math.max(this.#sendPaid[from], startNs - burstNs) + bytes * nsPerByte
    this.#sendPaid[from] = paid
    const leftNs = Math.max(startNs, paid)
    const tail = Math.max(leftNs + latency, head)
    if (jitterNs > 0) this.#pairFree.set(pair, tail)
    const key = pair * SEGMENTS_APART + (this.#sentCount[from]++ % SEGMENTS_APART)
    this.#events.push(head, key, this.#segments.take(message, from, to, bytes, tail, key))
    return leftNs
  }

  /** Is nothing on its way? */
  get isQuiet(): boolean {
    return this.#events.nextTime === Number.POSITIVE_INFINITY
  }

  get nextTime(): number {
    return this.#events.nextTime
  }

  /** Moves the next segment one link on, or to its receiver; or has a port send the next one. */
  advance(): void {
    const time = this.#events.nextTime
    const event = this.#events.pop()
    if (event < 0) this.#servePort(nodeOfPort(event), time)
    else this.#moveOn(event, time)
  }

  #servePort(node: number, time: number): void {
    const buffer = this.#buffers[node]
    buffer.serve(time, (offer) => {
      buffer.freeNs = this.#sendSegment(node, offer, time)
    })
    this.#schedulePort(node)
  }

  #moveOn(segment: number, time: number): void {
    const { from, to, bytes, hop, tail, message, key } = this.#segments
    const link = this.#topology.linkAt(from[segment], to[segment], hop[segment])
    if (link < 0) {
      const receiver = to[segment]
      const nsPerByte = this.#links.nsPerByte(from[segment], receiver) * this.#slowdown
      const { burstNs } = this.#conditions
      const paid = Math.max(this.#receivePaid[receiver], time - burstNs) + bytes[segment] * nsPerByte
      this.#receivePaid[receiver] = paid
      this.#segments.giveBack(segment)
      this.onSegment(message[segment], bytes[segment], Math.max(time, paid, tail[segment]))
      return
    }
    const lane = this.#firstFreeLane(link)
    const start = Math.max(time, this.#laneFree[lane])
    const free = start + bytes[segment] * this.#linkNsPerByte[link] * this.#slowdown
    this.#laneFree[lane] = free
    hop[segment]++
    tail[segment] = Math.max(free, tail[segment]) + this.#linkLatencyNs[link]
    this.#events.push(start + this.#linkLatencyNs[link], key[segment], segment)
  }

  #firstFreeLane(link: number): number {
    let first = this.#firstLane[link]
    for (let lane = first + 1; lane < this.#firstLane[link + 1]; lane++) {
      if (this.#laneFree[lane] < this.#laneFree[first]) first = lane
    }
    return first
  }

  /** Exponential, by inversion; named by the sender and how many segments it sent before. */
  #drawDelay(from: number): number {
    const { seed, jitterNs } = this.#conditions
    const [word] = threefry(streamKey(seed, 'network', from), [this.#sentCount[from], 0])
    return -Math.log1p(-word / 2 ** 32) * jitterNs
  }
}

/** The event at which the port of a node goes on; events of segments are their numbers, from 0 on. */
function portEvent(node: number): number {
  return -1 - node
}

function nodeOfPort(event: number): number {
  return -1 - event
}

/** Segments of one pair that are told apart where they happen at one time; pairs and segments fit an f64. */
const SEGMENTS_APART = 2 ** 20

/** What is on its way, in arrays that are used again. */
class Segments {
  message = new Int32Array(1024)
  from = new Int32Array(1024)
  to = new Int32Array(1024)
  hop = new Int32Array(1024)
  bytes = new Float64Array(1024)
  /** When the last byte comes to where the segment is next. */
  tail = new Float64Array(1024)
  /** Its place among events of one time. */
  key = new Float64Array(1024)
  #free: Int32Array = new Int32Array(1024)
  #freeCount = 0
  #made = 0

  take(message: number, from: number, to: number, bytes: number, tail: number, key: number): number {
    const segment = this.#freeCount > 0 ? this.#free[--this.#freeCount] : this.#make()
    this.message[segment] = message
    this.from[segment] = from
    this.to[segment] = to
    this.hop[segment] = 0
    this.bytes[segment] = bytes
    this.tail[segment] = tail
    this.key[segment] = key
    return segment
  }

  giveBack(segment: number): void {
    this.#free[this.#freeCount++] = segment
  }

  #make(): number {
    if (this.#made === this.message.length) {
      this.message = doubled(this.message)
      this.from = doubled(this.from)
      this.to = doubled(this.to)
      this.hop = doubled(this.hop)
      this.bytes = doubled(this.bytes)
      this.tail = doubled(this.tail)
      this.key = doubled(this.key)
      this.#free = doubled(this.#free)
    }
    return this.#made++
  }
}

/** A message, or what is left of it, that waits at the port of its sender. */
export interface Offer {
  message: number
  to: number
  left: number
  isFirst: boolean
  delayNs: number
  /** When it was handed over. */
  atNs: number
}

/**
 * What a node has handed over to its port. Messages of one round leave one after the other, and so does what follows to one of
 * their receivers; rounds that share the port otherwise are served in turn, segment by segment.
 */
export class SendBuffer {
  /** When the port has sent what it was last given. */
  freeNs = Number.NEGATIVE_INFINITY
  /** Is there an event at which the port goes on? */
  isScheduled = false
  #flows: Offer[][] = []

  /** Takes what a rank sends in one round. */
  add(offers: readonly Offer[]): void {
    const flow = this.#flows.find((waiting) => waiting.some(({ to }) => offers.some((offer) => offer.to === to)))
    if (flow) flow.push(...offers)
    else this.#flows.push([...offers])
  }

  /** When the next message can go on; infinity where there is none. */
  get nextNs(): number {
    return this.#flows.reduce((earliest, [{ atNs }]) => Math.min(earliest, atNs), Number.POSITIVE_INFINITY)
  }

  /** Lets the next in turn be served, of those that have been handed over by then. */
  serve(timeNs: number, send: (offer: Offer) => void): void {
    const place = this.#flows.findIndex(([{ atNs }]) => atNs <= timeNs)
    const [flow] = this.#flows.splice(place, 1)
    send(flow[0])
    if (flow[0].left === 0) flow.shift()
    if (flow.length > 0) this.#flows.push(flow)
  }
}

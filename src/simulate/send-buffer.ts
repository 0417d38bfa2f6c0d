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

/** What a node has handed over to its port: by receiver in the order it was sent; receivers are served in turn. */
export class SendBuffer {
  /** When the port has sent what it was last given. */
  freeNs = Number.NEGATIVE_INFINITY
  /** Is there an event at which the port goes on? */
  isScheduled = false
  #flows: Offer[][] = []

  add(offer: Offer): void {
    const flow = this.#flows.find(([first]) => first.to === offer.to)
    if (flow) flow.push(offer)
    else this.#flows.push([offer])
  }

  /** When the next message can go on; infinity where there is none. */
  get nextNs(): number {
    return this.#flows.reduce((earliest, [{ atNs }]) => Math.min(earliest, atNs), Number.POSITIVE_INFINITY)
  }

  /** Lets the next receiver in turn be served, of those for whom something has been handed over by then. */
  serve(timeNs: number, send: (offer: Offer) => void): void {
    const place = this.#flows.findIndex(([{ atNs }]) => atNs <= timeNs)
    const [flow] = this.#flows.splice(place, 1)
    send(flow[0])
    if (flow[0].left === 0) flow.shift()
    if (flow.length > 0) this.#flows.push(flow)
  }
}

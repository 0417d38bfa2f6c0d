/** A question and its answer, in milliseconds: sent and returned on the asker's clock, received and answered on the other's. */
export interface ClockPing {
  readonly sent: number
  readonly received: number
  readonly answered: number
  readonly returned: number
}

export interface ClockOffset {
  /** The other's clock minus the asker's. */
  readonly clockOffsetNs: number
  /** The offset is within ± this, whatever share of the way each direction took. */
  readonly clockOffsetErrorNs: number
}

/** Pings of a pair; the offset rests on the fastest of them. */
export const CLOCK_PINGS = 20

/**
 * The offset between two clocks, by the ping that was on its way for the least time.
 * @source Mills, RFC 5905, section 8.
 */
export function clockOffsetOf(pings: readonly ClockPing[]): ClockOffset {
  const onTheWay = ({ sent, received, answered, returned }: ClockPing): number =>
    returned - sent - (answered - received)
  const best = pings.reduce((least, ping) => (onTheWay(ping) < onTheWay(least) ? ping : least))
  const offset = (best.received - best.sent + (best.answered - best.returned)) / 2
  return { clockOffsetNs: Math.round(offset * 1e6), clockOffsetErrorNs: Math.ceil((onTheWay(best) / 2) * 1e6) }
}

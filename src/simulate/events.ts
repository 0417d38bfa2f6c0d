import { doubled } from './doubled.ts'

/**
 * What is still to happen, the earliest first; of one time, the lowest key first. A binary heap over typed arrays: nothing is
 * allocated for an event.
 */
export class EventQueue {
  #times = new Float64Array(1024)
  #keys = new Float64Array(1024)
  #events = new Int32Array(1024)
  #length = 0

  /** When the next event happens; infinity where there is none. */
  get nextTime(): number {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : this.#times[0]
  }

  push(time: number, key: number, event: number): void {
    if (this.#length === this.#times.length) this.#grow()
    const times = this.#times
    const keys = this.#keys
    const events = this.#events
    let at = this.#length++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (times[parent] < time || (times[parent] === time && keys[parent] <= key)) break
      times[at] = times[parent]
      keys[at] = keys[parent]
      events[at] = events[parent]
      at = parent
    }
    times[at] = time
    keys[at] = key
    events[at] = event
  }

  /** Takes the next event; there is one. */
  pop(): number {
    const times = this.#times
    const keys = this.#keys
    const events = this.#events
    const first = events[0]
    const last = --this.#length
    const time = times[last]
    const key = keys[last]
    const event = events[last]
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) break
      const right = child + 1
      if (
        right < last &&
        (times[right] < times[child] || (times[right] === times[child] && keys[right] < keys[child]))
      ) {
        child = right
      }
      if (time < times[child] || (time === times[child] && key <= keys[child])) break
      times[at] = times[child]
      keys[at] = keys[child]
      events[at] = events[child]
      at = child
    }
    times[at] = time
    keys[at] = key
    events[at] = event
    return first
  }

  #grow(): void {
    this.#times = doubled(this.#times)
    this.#keys = doubled(this.#keys)
    this.#events = doubled(this.#events)
  }
}

import type { RunProgress } from '../../cluster/coordinator/run-study.ts'
import { formatDuration } from '../core/units.ts'

const REDRAW_MS = 100

/** Shows what is running, how far it is and how long it will take: one line redrawn on a terminal, else a line a trial. */
export class ProgressLine {
  readonly #startedMs = performance.now()
  readonly #interactive = process.stderr.isTTY === true
  #drawnMs = 0

  readonly show = ({ trial, trialIndex, trialCount, step }: RunProgress): void => {
    const place = `trial ${trialIndex + 1}/${trialCount} ${trial.id}`
    const left = this.#timeLeft(trialIndex, trialCount)
    if (!this.#interactive) {
      if (step === 0) process.stderr.write(`${place}${left}\n`)
      return
    }
    const now = performance.now()
    if (now - this.#drawnMs < REDRAW_MS) return
    this.#drawnMs = now
    this.#draw(`${place}, ${step === 0 ? 'starting' : `step ${step}`}${left}`)
  }

  /** Shows how many of `count` are done: on a terminal always, else about every tenth. */
  showCount(what: string, done: number, count: number): void {
    const text = `${what} ${done}/${count}${this.#timeLeft(done, count)}`
    if (this.#interactive) this.#draw(text)
    else if (done % Math.ceil(count / 10) === 0 || done === count) process.stderr.write(`${text}\n`)
  }

  /** Says what is going on after the last trial. */
  note(text: string): void {
    if (this.#interactive) this.#draw(text)
    else process.stderr.write(`${text}\n`)
  }

  clear(): void {
    if (this.#interactive) this.#draw('')
  }

  #draw(text: string): void {
    process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns || 80) - 1)}`)
  }

  #timeLeft(done: number, count: number): string {
    if (done === 0 || done === count) return ''
    const elapsed = performance.now() - this.#startedMs
    return `, about ${formatDuration(((count - done) * elapsed) / done)} left`
  }
}

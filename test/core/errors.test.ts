// Goal: an error of the world reads as one sentence with its code and remedy, and ends the process with a known status.
// Left out: who throws which.
import { describe, expect, it } from 'vitest'
import { ERROR_CODES, type ErrorCode, ReducibleError } from '../../src/core/errors.ts'

const CODES = Object.keys(ERROR_CODES) as ErrorCode[]

describe('an error', () => {
  it('is one line: code, message, remedy', () => {
    expect(new ReducibleError('no-adapter', 'nothing found').sentence).toBe(
      '[no-adapter] nothing found. Run `reducible doctor`.',
    )
    expect(new ReducibleError('payload-mismatch', 'got 4 bytes.\n').sentence).toBe(
      '[payload-mismatch] got 4 bytes. Do all ranks run the same study?',
    )
    expect(new ReducibleError('usage', 'no quick block', { remedy: 'drop --quick' }).sentence).toBe(
      '[usage] no quick block. Drop --quick.',
    )
  })

  it('knows rank, step and cause where they are given', () => {
    const cause = new Error('below')
    expect(new ReducibleError('peer-lost', 'gone', { rank: 0, step: 3, cause })).toMatchObject({
      rank: 0,
      step: 3,
      cause,
    })
    expect(new ReducibleError('peer-lost', 'gone')).toMatchObject({ rank: undefined, step: undefined })
  })

  it.each(CODES)('%s has a remedy, and a status that no verdict uses', (code) => {
    expect(ERROR_CODES[code].remedy).not.toBe('')
    expect([64, 70, 130]).toContain(new ReducibleError(code, 'text').exitStatus)
  })
})

describe('what was thrown', () => {
  it('is kept where it is ours already', () => {
    const ours = new ReducibleError('gpu-failed', 'lost')
    expect(ReducibleError.from(ours, 'internal')).toBe(ours)
  })

  it.each([
    ['an error', new TypeError('no'), 'no'],
    ['a text', 'no', 'no'],
    ['nothing', undefined, 'undefined'],
  ])('is wrapped with itself as the cause where it is %s', (_, thrown, message) => {
    expect(ReducibleError.from(thrown)).toMatchObject({ code: 'internal', message, cause: thrown })
    expect(ReducibleError.from(thrown, 'worker-failed').code).toBe('worker-failed')
  })
})

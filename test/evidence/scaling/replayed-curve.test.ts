// Goal: a curve that was measured again is judged point by point and as a whole: planted changes are found beside controls, and few
// trials say what they cannot show. Left out: rates (replayed-curve.long.test.ts), the run itself (replay-scaling.long.test.ts).
import { describe, expect, it } from 'vitest'
import { replayedCurve } from '../../../src/evidence/scaling/replayed-curve.ts'
import { drawn, scaling } from './made-scaling.ts'

const outcomes = ({ points }: ReturnType<typeof replayedCurve>) => points.map(({ outcome }) => outcome)

describe('a curve that was measured again', () => {
  it('is true where every interval lies within the tolerance', () => {
    const curve = replayedCurve(drawn(1, 6, 0.02), drawn(2, 6, 0.02))
    expect(outcomes(curve)).toEqual(['same', 'same', 'same'])
    expect(curve).toMatchObject({ verdict: 'true', reasons: [] })
    expect(curve.points[0].ratio).toBeCloseTo(1, 1)
  })

  it('is false where one point has another speedup, which alone is named', () => {
    const curve = replayedCurve(drawn(1, 6, 0.02), drawn(2, 6, 0.02, { '8-nodes': 0.7 }))
    expect(outcomes(curve)).toEqual(['same', 'same', 'differs'])
    expect(curve).toMatchObject({ verdict: 'false', reasons: ['8-nodes has another speedup'] })
    expect(curve.points[2].ratio).toBeCloseTo(0.7, 1)
  })

  it('calls a change within the tolerance the same, however surely it is there', () => {
    const curve = replayedCurve(drawn(1, 30, 0.02), drawn(2, 30, 0.02, { '2-nodes': 1.04 }))
    expect(curve.points[0].pAdjusted).toBeLessThan(0.01)
    expect(curve.verdict).toBe('true')
  })

  it('cannot be told where the trials scatter, and says what they would have shown', () => {
    const curve = replayedCurve(drawn(1, 3, 0.2), drawn(2, 3, 0.2))
    expect(curve.verdict).toBe('inconclusive')
    expect(curve.points[0].detectable).toBeGreaterThan(1.2)
    expect(curve.limits[0]).toMatch(/^in 80 % of cases 3 trials a point would have shown .* 2-nodes \d+ %/)
    expect(curve.limits[1]).toContain('two sessions are compared')
    expect(curve.limits[2]).toContain('no rank test can reach p < 0.05')
  })

  it('has p values that Holm adjusted: what one point alone would show, three do not', () => {
    const [before, now] = [
      [1, 1.05, 0.95],
      [1.2, 1.3, 1.25],
    ]
    const alone = replayedCurve(scaling({ '2-nodes': before }), scaling({ '2-nodes': now }))
    const still = [1, 1.2, 0.8]
    const among = replayedCurve(
      scaling({ '2-nodes': before, '3-nodes': still, '4-nodes': still, '5-nodes': still, '6-nodes': still }),
      scaling({ '2-nodes': now, '3-nodes': still, '4-nodes': still, '5-nodes': still, '6-nodes': still }),
    )
    expect(alone.points[0].outcome).toBe('differs')
    expect(among.points[0].p).toBe(alone.points[0].p)
    expect(among.points[0].pAdjusted).toBeCloseTo(5 * (alone.points[0].p ?? 0), 12)
    expect(among.points[0].detectable).toBeGreaterThan(alone.points[0].detectable ?? 0)
  })

  it('with one trial a point has neither interval nor test', () => {
    const curve = replayedCurve(scaling({ '2-nodes': [1.9] }), scaling({ '2-nodes': [1.2] }))
    expect(curve).toMatchObject({ verdict: 'inconclusive', limits: [expect.stringContaining('1 trial a point')] })
    expect(curve.points[0]).toMatchObject({ p: null, interval: null, detectable: null, outcome: 'cannot tell' })
  })

  it('is not told where a point is missing or cores decided, and shows the base beside it', () => {
    const whole = { '2-nodes': [1.9, 1.9, 1.91], '4-nodes': [3.5, 3.5, 3.51] }
    const missing = replayedCurve(scaling(whole), scaling({ '2-nodes': whole['2-nodes'] }))
    expect(missing.points[1]).toMatchObject({ now: null, outcome: 'cannot tell' })
    expect(missing.bases).toMatchObject([{ arm: '1-node', ratio: 1, recorded: { value: expect.closeTo(0.1, 12) } }])
    const saturated = replayedCurve(scaling(whole), scaling(whole, 'cores, not links'))
    expect(saturated).toMatchObject({ verdict: 'inconclusive', reasons: ['now: cores, not links'] })
    expect(replayedCurve(scaling(whole), scaling(whole)).verdict).toBe('true')
  })
})

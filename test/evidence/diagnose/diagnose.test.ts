// Goal: from records alone, each source of variation is named where it is, and not named where it is not; what the records do not
// decide is left open. Left out: how often (npm run bench:diagnose), and real runs (test/end-to-end).
import { describe, expect, it } from 'vitest'
import type { DiagnosedRun } from '../../../src/evidence/diagnose/cohorts.ts'
import { diagnose } from '../../../src/evidence/diagnose/diagnose.ts'
import type { SourceFinding } from '../../../src/evidence/diagnose/finding.ts'
import { calm, type MadeTrial, madeRun } from './made-runs.ts'

const FOUR = [0, 1, 2, 3]

/** Four trials, every second of which is as told. */
function everySecond(disturbed: MadeTrial): MadeTrial[] {
  return FOUR.map((i) => (i % 2 === 0 ? {} : disturbed))
}

function standingIn(run: DiagnosedRun): Record<string, string[]> {
  const { findings } = diagnose(run)
  const of = (standing: SourceFinding['standing']): string[] =>
    findings.filter((one) => one.standing === standing).map(({ source }) => source)
  return { named: of('named'), open: of('open') }
}

type MakeStep = NonNullable<MadeTrial['step']>

const slowExchange: MadeTrial['step'] = (step, noise) => ({ ...calm(step, noise), exchange: 5 + 0.1 * noise(3) })
const slowCompute: MadeTrial['step'] = (step, noise) => {
  const { compute, exchange } = calm(step, noise)
  return { compute: compute.map((ms) => 1.3 * ms), exchange }
}

describe('a diagnosis', () => {
  it('names nothing of a calm run', () => {
    expect(diagnose(madeRun([{}, {}, {}, {}])).conclusion).toBe('no source stands out')
  })

  it('names all five, each with evidence, a file and a practice, where all five are', () => {
    const orders: MadeTrial['step'] = (step, noise) => ({ ...calm(step, noise), order: `o${step % 2}` })
    const slowNode: MadeTrial['step'] = (step, noise) => {
      const { compute, exchange } = calm(step, noise)
      return { compute: [compute[0], 1.2 * compute[1], compute[2]], exchange }
    }
    const arms = [
      ...everySecond({ step: orders }).map((trial, i) => ({ ...trial, arm: 'a', trial: `a${i}` })),
      ...everySecond({ step: slowExchange }).map((trial, i) => ({ ...trial, arm: 'b', trial: `b${i}` })),
      ...everySecond({ coresBusy: 0.55 }).map((trial, i) => ({ ...trial, arm: 'c', trial: `c${i}` })),
      ...everySecond({ nodes: 2 }).map((trial, i) => ({ ...trial, arm: 'd', trial: `d${i}` })),
      ...FOUR.map((i) => ({ step: slowNode, arm: 'e', trial: `e${i}` })),
    ]
    const { conclusion, findings } = diagnose(madeRun(arms))
    expect(conclusion).toBe('named')
    expect(findings.map(({ source, standing, touches }) => [source, standing, touches])).toEqual([
      ['arrival order', 'named', ['numeric']],
      ['network', 'named', ['performance']],
      ['another tenant', 'named', ['performance']],
      ['node count', 'named', ['numeric', 'performance']],
      ['unlike hardware', 'named', ['performance']],
    ])
    for (const { evidence, practice } of findings) {
      expect(evidence[0].file).toMatch(/^(steps\.jsonl|comparison\.json)$/)
      expect(practice).not.toBe('')
    }
  })

  it('tells orders that differ from weights that differ under one order', () => {
    const orders: MadeTrial['step'] = (step, noise) => ({ ...calm(step, noise), order: `o${step % 2}` })
    expect(standingIn(madeRun(everySecond({ step: orders }))).named).toEqual(['arrival order'])
    const parted = standingIn(madeRun(everySecond({ weightsSha256: 'v' })))
    expect(parted).toEqual({ named: [], open: ['arrival order'] })
  })

  it('takes other weights of another seed, or of other adapters, for no other order', () => {
    expect(standingIn(madeRun(everySecond({ weightsSha256: 'v', seed: 1 })))).toEqual({ named: [], open: [] })
    const other = { weightsSha256: 'v', adapterByNode: ['lavapipe', 'lavapipe', 'lavapipe'] }
    expect(standingIn(madeRun(everySecond(other))).named).toEqual(['unlike hardware'])
  })

  it('sees a network that changes inside trials too', () => {
    const halfway: MadeTrial['step'] = (step, noise) => (step > 8 ? slowExchange : calm)(step, noise)
    expect(standingIn(madeRun(everySecond({ step: halfway }))).named).toEqual(['network'])
    expect(standingIn(madeRun([{ step: halfway }])).named).toEqual(['network'])
  })

  it('takes waiting for a late node for no slow network', () => {
    const late: MadeTrial['step'] = (step, noise) => {
      const { compute, exchange } = calm(step, noise)
      return { compute: [compute[0], compute[1], compute[2] + (step % 3 === 0 ? 5 : 0)], exchange }
    }
    expect(standingIn(madeRun(everySecond({ step: late })))).toEqual({ named: [], open: [] })
  })

  it('takes steps that are dealt otherwise to short and to long ones for no slow network', () => {
    const patterned =
      (long: number, factor: number): MakeStep =>
      (step, noise) => ({ ...calm(step, noise), exchange: factor * ((step % 4 < long ? 5 : 4) + 0.02 * noise(3)) })
    const beside = (other: MakeStep): DiagnosedRun =>
      madeRun(
        Array.from({ length: 16 }, (_, i) => ({ stepsRecorded: 26, step: i % 2 === 0 ? patterned(1, 1) : other })),
      )
    expect(standingIn(beside(patterned(3, 1)))).toEqual({ named: [], open: [] })
    expect(standingIn(beside(patterned(1, 1.25))).named).toEqual(['network'])
  })

  it('names a tenant by its load, whatever it slowed, and leaves links open that were slow only beside it', () => {
    expect(standingIn(madeRun(everySecond({ coresBusy: 0.55 })))).toEqual({ named: ['another tenant'], open: [] })
    const slowed = standingIn(madeRun(everySecond({ coresBusy: 0.55, step: slowExchange })))
    expect(slowed).toEqual({ named: ['another tenant'], open: ['network'] })
  })

  it('names a smaller load where all trials that computed slowly, and no others, had it', () => {
    expect(standingIn(madeRun(everySecond({ coresBusy: 0.34 })))).toEqual({ named: [], open: [] })
    expect(standingIn(madeRun(everySecond({ coresBusy: 0.34, step: slowCompute }))).named).toEqual(['another tenant'])
  })

  it('names a hypervisor that took time, and pressure where nodes were on several machines', () => {
    const machine = (own: object): Pick<MadeTrial, 'machines'> =>
      ({ machines: [{ stealShare: 0, pressure: { cpu: 0.01 }, ...own }] }) as unknown as Pick<MadeTrial, 'machines'>
    const run = (own: object): DiagnosedRun =>
      madeRun(
        FOUR.map((i) => machine(i % 2 === 0 ? {} : own)),
        { cores: null },
      )
    expect(standingIn(run({}))).toEqual({ named: [], open: [] })
    expect(standingIn(run({ stealShare: 0.2 })).named).toEqual(['another tenant'])
    expect(standingIn(run({ pressure: { cpu: 0.3 } })).named).toEqual(['another tenant'])
  })

  it('cannot tell why computing was slow where no record says who was busy', () => {
    const unknown = { coresBusy: null, step: slowCompute }
    const { conclusion, findings } = diagnose(madeRun(FOUR.map((i) => (i % 2 ? unknown : { coresBusy: null }))))
    expect(conclusion).toBe('cannot tell')
    expect(findings[2]).toMatchObject({ source: 'another tenant', standing: 'open' })
  })

  it('cannot tell of times where there are hardly any steps, and still tells what needs none', () => {
    const few = everySecond({ nodes: 2 }).map((trial) => ({ ...trial, stepsRecorded: 3 }))
    expect(standingIn(madeRun(few))).toEqual({ named: ['node count'], open: ['network', 'another tenant'] })
  })

  it('takes a node with more rows for no slower hardware, and one that is slow with as many for that', () => {
    const slowNode: MadeTrial['step'] = (step, noise) => {
      const { compute, exchange } = calm(step, noise)
      return { compute: [1.2 * compute[0], compute[1], compute[2]], exchange }
    }
    const trials = FOUR.map(() => ({ step: slowNode }))
    expect(standingIn(madeRun(trials)).named).toEqual(['unlike hardware'])
    expect(standingIn(madeRun(trials, { rowsOf: () => [12, 10, 10] }))).toEqual({ named: [], open: [] })
  })

  it('takes a node that is slow in some trials only for no other hardware', () => {
    const slowNode: MadeTrial['step'] = (step, noise) => {
      const { compute, exchange } = calm(step, noise)
      return { compute: [1.2 * compute[0], compute[1], compute[2]], exchange }
    }
    expect(standingIn(madeRun(everySecond({ step: slowNode }))).named).toEqual([])
  })

  it('names machines and adapters of different kinds', () => {
    expect(standingIn(madeRun([{}], { machineKinds: ['one', 'another'] })).named).toEqual(['unlike hardware'])
    const mixed = madeRun([{ adapterByNode: ['SwiftShader', 'lavapipe', 'SwiftShader'] }])
    const { findings } = diagnose(mixed)
    expect(findings[4]).toMatchObject({ standing: 'named', touches: ['numeric', 'performance'] })
    expect(findings[4].evidence[0].text).toContain('SwiftShader and on lavapipe')
  })

  it('says the same of the same records', () => {
    const run = madeRun(everySecond({ step: slowExchange }))
    expect(diagnose(run)).toEqual(diagnose(run))
  })
})

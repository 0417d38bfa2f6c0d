import { bestOf } from './claim-bounds.ts'
import type { ClaimField, Need } from './claim-fields.ts'
import type { ClaimSetting } from './claim-setting.ts'

const always = (): Need => 'required'
const ofRatio = ({ ratio }: ClaimSetting): Need => (ratio ? 'required' : 'none')

/** Row by row what a claim should state of the number itself. */
export const NUMBER_FIELDS: readonly ClaimField[] = [
  {
    path: 'level',
    need: always,
    effect: () => 'nobody can say what a rerun has to match',
    ask: 'What should a rerun match: the bytes, the distribution, the conclusion, or only run?',
  },
  {
    path: 'number.unit',
    need: ({ performance }) => (performance ? 'required' : 'useful'),
    effect: () => 'the digits have no scale',
    ask: 'In which unit is the number?',
  },
  {
    path: 'number.spread',
    need: always,
    effect: () => 'a rerun that differs refutes nothing, and one that agrees confirms nothing',
    ask: 'What is the spread over repeats, and what is it: s, range, or an interval?',
  },
  {
    path: 'number.n',
    need: always,
    effect: () => 'one lucky run and the mean of a hundred look the same',
    ask: 'How many repeats, and are they fresh launches or steps of one?',
  },
  {
    path: 'number.selection',
    need: ({ claim }) => (claim.number.n?.stated === 1 ? 'none' : 'required'),
    effect: () => 'it may be the best of the repeats',
    bound: ({ claim }) => {
      const n = claim.number.n?.stated
      return n === undefined ? null : `the best of ${n} lies on average at most ${bestOf(n).toFixed(1)} s off the mean`
    },
    ask: 'Is it the mean, the median or the best of the repeats, and which were left out?',
  },
  {
    path: 'number.base.what',
    need: ofRatio,
    effect: () => 'a slow enough base case gives any ratio',
    ask: 'What exactly is the base case: same code, same batch, tuned as well?',
  },
  {
    path: 'number.base.workers',
    need: ({ claim }) => (['speedup', 'scaling-efficiency'].includes(claim.number.metric) ? 'required' : 'none'),
    effect: () => 'what is lost below the base case is not in the number',
    bound: ({ speedup, claim }) =>
      speedup && claim.number.metric === 'scaling-efficiency'
        ? `over one worker it lies in (0, ${(speedup.speedup / speedup.ideal).toFixed(2)}]`
        : null,
    ask: 'How many workers has the base case?',
  },
  {
    path: 'number.base.value',
    need: ofRatio,
    effect: () => 'the ratio grows in proportion to how slow the base case is; its absolute value would show it',
    ask: "What is the base case's absolute time or throughput?",
  },
  {
    path: 'number.stepSeconds',
    need: ({ performance, parallel }) => (performance && parallel ? 'useful' : 'none'),
    effect: () => 'the least bandwidth that the number allows cannot be computed',
    ask: 'How long does a step take on all workers?',
  },
  {
    path: 'number.measured',
    need: always,
    effect: ({ performance }) =>
      performance
        ? 'warm-up, input, evaluation and waiting may or may not be in the time'
        : 'on which rows, at which step and with which weights it was evaluated is open',
    ask: 'How was it measured: what is timed or evaluated, from when to when, and how is it summed up?',
  },
]

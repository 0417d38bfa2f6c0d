import { valueText } from '../evidence/claim-setting.ts'
import type { ClaimedExchange, Exchange } from '../evidence/claimed-exchange.ts'
import { type PredictedSpeedup, type SpeedupEnd, secondsText, times, type WhatIf } from '../evidence/what-if.ts'
import type { PublishedClaim } from '../study/published-claim-schema.ts'
import { wrap } from './table.ts'

/** What the simulator makes of a claim, for people. */
export function whatIfText(claim: PublishedClaim, { answer, ...found }: WhatIf): string {
  const { title, place } = claim.source
  const { fabric, exchange, speedup, reasons, wants, unverified } = found
  return [
    wrap(`claim: ${claim.statement}`, '  '),
    wrap(`number: ${claim.number.metric} ${valueText(claim)} (${title}, ${place})`, '  '),
    wrap(`simulated on: ${fabric ?? 'no fabric is stated whose bandwidth can be read'}`, '  '),
    ...(exchange === null ? [] : exchangeLines(exchange)),
    ...(speedup === null ? [] : speedupLines(claim, speedup)),
    wrap(`${answer}${wants.length > 0 ? ` for want of ${wants.join('; ')}` : ''}`, '  '),
    ...reasons.map((reason) => wrap(`  ${reason}`, '    ')),
    ...(unverified.length === 0
      ? []
      : [wrap(`  it rests on statements not verified in the source: ${unverified.join(', ')}`, '    ')]),
  ].join('\n')
}

const INDENT = ' '.repeat(10)

function exchangeLines({ best, worst }: ClaimedExchange): string[] {
  const line = (end: string, { seconds, ranks, assumed }: Exchange): string =>
    wrap(`    ${end.padEnd(6)}${secondsText(seconds)} over ${ranks} ranks: ${assumed.join(', ')}`, INDENT)
  return ['  exchange of a step', line('best', best), line('worst', worst)]
}

function speedupLines({ number }: PublishedClaim, { claimed, ideal, low, high }: PredictedSpeedup): string[] {
  const isShare = number.metric === 'scaling-efficiency'
  const shown = (speedup: number): string =>
    isShare ? `${((100 * speedup) / ideal).toPrecision(3)} %` : times(speedup)
  const line = (end: string, { value, assumed }: SpeedupEnd): string =>
    wrap(`    ${end.padEnd(6)}${shown(value)}: ${assumed.join(', ')}`, INDENT)
  const range = `predicted ${shown(low.value)} to ${shown(high.value)}, claimed ${shown(claimed)}`
  return [`  ${range}`, line('low', low), line('high', high)]
}

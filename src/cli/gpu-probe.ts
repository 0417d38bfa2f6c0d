import { chooseAdapter } from '../gradient/gpu/adapters.ts'
import { probeAdapter } from '../gradient/gpu/probe.ts'
import { failedRows, type ProbeRecord } from '../gradient/gpu/probe-record.ts'
import { captureHost } from '../record/host.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { formatTable, wrap } from './table.ts'

/** `reducible gpu probe`: what arithmetic the adapter really does. Fails where the kernels' bits cannot rest on it. */
export async function gpuProbeCommand(options: CommonOptions & { readonly adapter: string }): Promise<never> {
  return runCommand('gpu probe', options, async (signal) => {
    const probe = await probeAdapter(await chooseAdapter(options.adapter), signal)
    const passed = failedRows(probe).length === 0
    return { text: gpuProbeText(probe), json: { passed, ...probe, host: captureHost() }, failed: !passed }
  })
}

/** The probe as a table of at most 80 columns. */
export function gpuProbeText(probe: ProbeRecord): string {
  const { adapter, rows } = probe
  const failed = failedRows(probe)
  const cells = rows.map(({ name, outcome, pass, samples }) => [
    name,
    shorten(outcome),
    pass === null ? '–' : pass ? 'pass' : 'FAIL',
    samples === 0 ? '–' : String(samples),
  ])
  const verdict =
    failed.length === 0
      ? 'passed: a bitwise claim can rest on this adapter'
      : `FAILED: no bitwise claim can rest on this adapter (${failed.map(({ name }) => name).join('; ')})`
  return [
    wrap(`${adapter.name}, ${adapter.driver}${adapter.software ? ' (SOFTWARE adapter)' : ''}`, '  '),
    '',
    formatTable(['probe', 'the adapter', 'pass', 'samples'], cells, ['left', 'left', 'left', 'right']),
    ...failed.map(({ name, counterexample }) => wrap(`\n${name}: ${counterexample ?? 'no counterexample'}`, '  ')),
    ...rows.flatMap(({ name, outcome, order }) => (order === outcome ? [wrap(`\n${name}: ${order}`, '  ')] : [])),
    '',
    '# –: no kernel rests on it. Guarded, settled: as the kernels write it, behind an',
    '# XOR with a zero that only the run time knows. Orders: recovered by masking.',
    wrap(verdict, '  '),
  ].join('\n')
}

const OUTCOME_WIDTH = 34

/** An order without a name can be long; it stands in full below the table. */
function shorten(outcome: string): string {
  return outcome.length <= OUTCOME_WIDTH ? outcome : `${outcome.slice(0, OUTCOME_WIDTH - 1)}…`
}

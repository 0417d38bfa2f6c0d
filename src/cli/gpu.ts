import { listAdapters } from '../gradient/gpu/adapters.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { formatTable } from './table.ts'

/** `reducible gpu list`: every adapter a run could use. */
export async function gpuListCommand(options: CommonOptions): Promise<never> {
  return runCommand('gpu list', options, async () => {
    const available = await listAdapters()
    const rows = available.map(({ adapter, source }) => [
      adapter.name,
      adapter.driver,
      adapter.backend,
      adapter.software ? 'software' : 'hardware',
      source,
    ])
    const table = formatTable(['name', 'driver', 'backend', 'kind', 'from'], rows, [
      'left',
      'left',
      'left',
      'left',
      'left',
    ])
    const none = 'no adapter: run `reducible doctor` for what is missing'
    return {
      text: available.length === 0 ? none : table,
      json: { adapters: available.map(({ adapter, source }) => ({ ...adapter, source })) },
    }
  })
}

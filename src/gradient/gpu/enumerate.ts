/**
 * Run as a process of its own, with the Vulkan settings to be tried in its environment: prints a JSON list of the
 * adapters found, as AdapterRecord. A driver that crashes takes only this process with it.
 */
import { messageOf } from '../../core/errors.ts'
import { type AdapterRecord, describeAdapter } from './adapter-record.ts'
import { createInstance } from './device.ts'

const found: AdapterRecord[] = []
for (const name of await adapterNames()) {
  const adapter = await createInstance(name).requestAdapter()
  if (adapter) found.push(describeAdapter(name, adapter.info))
}
process.stdout.write(JSON.stringify(found))
process.exit(0)

/** Dawn rejects an adapter name that does not exist with a list of those that do, one ` * backend: …, name: …` a line. */
async function adapterNames(): Promise<string[]> {
  try {
    await createInstance('no adapter has this name').requestAdapter()
    return []
  } catch (thrown) {
    const names = [...messageOf(thrown).matchAll(/^ \* backend: '[^']*', name: '(.*)'$/gm)].map(([, name]) => name)
    return [...new Set(names)]
  }
}

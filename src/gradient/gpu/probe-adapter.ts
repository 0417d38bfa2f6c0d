/**
 * Run as a process of its own, with the adapter's settings in its environment: `node probe-adapter.ts NAME` asks the adapter
 * what arithmetic it does, and prints the rows of a ProbeRecord as JSON.
 */
import { messageOf } from '../../core/errors.ts'
import { openDevice } from './device.ts'
import { probeRunner } from './probe-kernels.ts'
import { probeRows } from './probe-rows.ts'

try {
  using gpu = await openDevice(process.argv[2], ['subgroups'])
  process.stdout.write(JSON.stringify(await probeRows(probeRunner(gpu))), () => process.exit(0))
} catch (thrown) {
  process.stderr.write(messageOf(thrown), () => process.exit(1))
}

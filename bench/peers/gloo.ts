import { fileURLToPath } from 'node:url'
import { fastest, findPython, launch, type Peer, programArguments } from './peer.ts'

const PROGRAM = fileURLToPath(new URL('gloo_allreduce.py', import.meta.url))

/** Gloo between processes over TCP on loopback, as PyTorch ships it. */
export const gloo: Peer = {
  name: 'Gloo over TCP',
  transport: 'grpc',
  install:
    'python3 -m venv torch-venv && torch-venv/bin/pip install torch numpy && export REDUCIBLE_PYTHON=$PWD/torch-venv/bin/python',
  async find() {
    const found = await findPython('torch')
    return found && `torch ${found.version}`
  },
  async run(request) {
    const python = (await findPython('torch'))?.python ?? 'python3'
    return fastest(await launch(python, [PROGRAM, ...programArguments(request)]))
  },
}

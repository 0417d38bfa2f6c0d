// Goal: what nccl-tests prints is read by its own columns, both of them, and nothing wrong or unchecked passes for a time.
// Left out: running it, which needs GPUs.
import { describe, expect, it } from 'vitest'
import { readNcclTests } from '../../bench/peers/nccl.ts'

/** Laid out as nccl-tests documents it; the figures are made up. */
function output({
  wrong = '0',
  columns = '   type   redop    root     time   algbw   busbw #wrong     time   algbw   busbw #wrong',
}) {
  return `# nThread 1 nGpus 2 minBytes 16777216 maxBytes 16777216 step: 1048576(bytes) warmup iters: 5 iters: 20 agg iters: 1 validation: 1 graph: 0
#
# Using devices
#  Rank  0 Group  0 Pid   4242 on    gpu-box device  0 [0000:07:00] NVIDIA A100-SXM4-80GB
#  Rank  1 Group  0 Pid   4242 on    gpu-box device  1 [0000:0f:00] NVIDIA A100-SXM4-80GB
#
#                                                              out-of-place                       in-place
#       size         count   ${columns}
#        (B)    (elements)                               (us)  (GB/s)  (GB/s)            (us)  (GB/s)  (GB/s)
    16777216       4194304     float     sum      -1    140.5  119.41  119.41      ${wrong}    138.0  121.57  121.57      0
# Out of bounds values : 0 OK
# Avg bus bandwidth    : 120.493
#
`
}

describe('what nccl-tests prints', () => {
  it('is a time out of place and one in place', () => {
    expect(readNcclTests(output({}))).toEqual([
      { variant: 'out of place', seconds: [140.5e-6] },
      { variant: 'in place', seconds: [138e-6] },
    ])
  })

  it('is refused with a wrong element, unchecked, or without a row', () => {
    expect(() => readNcclTests(output({ wrong: '3' }))).toThrow('out of place: elements that are not the sum')
    expect(() => readNcclTests(output({ wrong: 'N/A' }))).toThrow('out of place: elements that are not the sum')
    expect(() => readNcclTests('Test NCCL failure: unhandled cuda error')).toThrow('printed no row')
  })

  it('is refused where the columns are those of an older version', () => {
    const older = '  type   redop     time   algbw   busbw  error     time   algbw   busbw  error'
    expect(() => readNcclTests(output({ columns: older }))).toThrow('other columns')
  })
})

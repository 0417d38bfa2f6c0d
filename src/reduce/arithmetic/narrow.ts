import type { Arithmetic, PartialSums } from './arithmetic.ts'
import { bytesOf, halvesOf } from './views.ts'

/** f32 sums that travel as IEEE binary16, rounded to nearest even; 2 bytes an element. Beyond 65,504 is Inf. */
export const f16Arithmetic: Arithmetic = {
  name: 'f16',
  bytesPerElement: 2,
  begin: (sums, workspace) => narrowed(sums, workspace, f16BitsOf, f16ValueOf),
}

/** f32 sums that travel as bfloat16, rounded to nearest even; 2 bytes an element. */
export const bf16Arithmetic: Arithmetic = {
  name: 'bf16',
  bytesPerElement: 2,
  begin: (sums, workspace) => narrowed(sums, workspace, bf16BitsOf, bf16ValueOf),
}

function narrowed(
  sums: Float32Array,
  workspace: Uint8Array = new Uint8Array(2 * sums.length),
  narrow: (value: number) => number,
  widen: (bits: number) => number,
): PartialSums {
  const wire = halvesOf(workspace)
  const round = (start: number, end: number): void => {
    for (let i = start; i < end; i++) {
      wire[i] = narrow(sums[i])
      sums[i] = widen(wire[i])
    }
  }
  return {
    encode(start, end) {
      round(start, end)
      return bytesOf(wire.subarray(start, end))
    },
    add(bytes, start) {
      const terms = halvesOf(bytes)
      for (let i = 0; i < terms.length; i++) sums[start + i] += widen(terms[i])
    },
    copy(bytes, start) {
      const terms = halvesOf(bytes)
      for (let i = 0; i < terms.length; i++) sums[start + i] = widen(terms[i])
    },
    // A rank that sent its result rounded it; one that did not must hold the same.
    finish: () => round(0, sums.length),
  }
}

const scratch = new DataView(new ArrayBuffer(4))

function bf16BitsOf(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0
  scratch.setFloat32(0, value)
  const bits = scratch.getUint32(0)
  const roundUp = 0x7fff + ((bits >>> 16) & 1)
  return (bits + roundUp) >>> 16
}

function bf16ValueOf(bits: number): number {
  scratch.setUint32(0, bits << 16)
  return scratch.getFloat32(0)
}

function f16BitsOf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00
  scratch.setFloat16(0, value)
  return scratch.getUint16(0)
}

function f16ValueOf(bits: number): number {
  scratch.setUint16(0, bits)
  return scratch.getFloat16(0)
}

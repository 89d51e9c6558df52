// Moves a CMAF segment in media time: adds to the base media decode time of each of its fragments
// (ISO/IEC 14496-12 §8.8.12). Everything else stays as it is, byte for byte.

/** @param shiftS Whole seconds. `timescale`: of the track, from its initialisation segment. */
export function toShifted(segment: Uint8Array, shiftS: number, timescale: number): Uint8Array {
  const moved = segment.slice();
  const view = new DataView(moved.buffer);
  for (const tfdt of findBoxes(moved, ['moof', 'traf', 'tfdt'])) {
    if (view.getUint8(tfdt) === 1) {
      view.setBigUint64(tfdt + 4, view.getBigUint64(tfdt + 4) + BigInt(shiftS * timescale));
    } else {
      view.setUint32(tfdt + 4, view.getUint32(tfdt + 4) + shiftS * timescale);
    }
  }
  return moved;
}

/** The track's units a second, from an initialisation segment. @throws Error where there are none. */
export function readTimescale(init: Uint8Array): number {
  const [mdhd] = findBoxes(init, ['moov', 'trak', 'mdia', 'mdhd']);
  if (mdhd === undefined) throw new Error('Expected an initialisation segment with one mdhd.');
  const view = new DataView(init.buffer, init.byteOffset, init.byteLength);
  return view.getUint32(mdhd + (view.getUint8(mdhd) === 1 ? 20 : 12));
}

/** Where the bodies of the boxes of this path begin. */
function findBoxes(bytes: Uint8Array, path: readonly string[]): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const walk = (from: number, to: number, [name, ...rest]: readonly string[]): number[] => {
    const found: number[] = [];
    for (let at = from; at + 8 <= to; ) {
      const size = view.getUint32(at) || to - at; // 0: up to the end. None of ours needs 64 bits.
      const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (size < 8) break;
      if (type === name) {
        found.push(...(rest.length === 0 ? [at + 8] : walk(at + 8, at + size, rest)));
      }
      at += size;
    }
    return found;
  };
  return walk(0, bytes.length, path);
}

// Makes the id of a view: a UUIDv7 (RFC 9562 §5.7). Its time is the device's and never a figure.

export type RandomBytes = Uint8Array<ArrayBuffer>;

/** `random` fills what it is given. */
export function toViewId(wallMs: number, random: (bytes: RandomBytes) => RandomBytes): string {
  const time = toHex(wallMs, 12);
  const bytes = random(new Uint8Array(10));
  let hex = '';
  bytes.forEach((byte, i) => {
    // Half of the first byte is the version's place, two bits of the third the variant's.
    hex += toHex(i ? (i === 2 ? 0x80 | (byte & 0x3f) : byte) : 0x70 | (byte & 0x0f), 2);
  });
  return [time.slice(0, 8), time.slice(8), hex.slice(0, 4), hex.slice(4, 8), hex.slice(8)].join(
    '-',
  );
}

function toHex(value: number, digits: number): string {
  return `00000000000${value.toString(16)}`.slice(-digits);
}

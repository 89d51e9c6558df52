// Makes the id of a view: a UUIDv7 (RFC 9562 §5.7). Its time is the device's and never a figure.

export type RandomBytes = Uint8Array<ArrayBuffer>;

/** `random` fills what it is given. */
export function toViewId(wallMs: number, random: (bytes: RandomBytes) => RandomBytes): string {
  const bytes = random(new Uint8Array(16));
  const high = Math.floor(wallMs / 2 ** 16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, high);
  view.setUint16(4, wallMs - high * 2 ** 16);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  let text = '';
  bytes.forEach((byte, i) => {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += (byte + 256).toString(16).slice(1);
  });
  return text;
}

// Packs init.mp4 and 0.m4s anew: `node pack.mjs`, with ffmpeg. ffmpeg encrypts, but tells fragments nothing
// of it; so its plain file is cut into an initialization and one fragment that holds what the file says.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KEY = '76a6c65c5ea762046bd749a2e632ccbb';
const KID = 'a7e61c373e219033c21091fa607bf3b8';
const COMMON_SYSTEM = Buffer.from('1077efecc0b24d02ace33c1e52e2fb4b', 'hex');
const SECONDS = 4;
/** Samples that others are decoded from, and that need none; then those that need others. */
const [SYNC, DEPENDENT] = [0x02000000, 0x01010000];

const directory = mkdtempSync(join(tmpdir(), 'clearkey-'));
const ENCRYPTED = [
  '-encryption_scheme',
  'cenc-aes-ctr',
  '-encryption_key',
  KEY,
  '-encryption_kid',
  KID,
];
const read = (name, ...flags) => {
  const path = join(directory, name);
  const source = `testsrc2=size=256x144:rate=25:duration=${SECONDS}`;
  const codec =
    '-c:v libx264 -preset veryfast -profile:v baseline -b:v 60k -g 100 -pix_fmt yuv420p';
  const args = [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    source,
    ...codec.split(' '),
    '-fflags',
    '+bitexact',
  ];
  execFileSync('ffmpeg', [...args, ...ENCRYPTED, ...flags, path]);
  return readFileSync(path);
};

const whole = read('whole.mp4');
const fragmented = read(
  'fragmented.mp4',
  '-movflags',
  'frag_keyframe+empty_moov+default_base_moof',
);
rmSync(directory, { recursive: true });

const stbl = ['moov', 'trak', 'mdia', 'minf', 'stbl'];
const timescale = find(whole, ['moov', 'trak', 'mdia', 'mdhd']).readUInt32BE(20);
const sizes = find(whole, [...stbl, 'stsz']);
const count = sizes.readUInt32BE(16);
const media = find(whole, ['mdat']).subarray(8);

const senc = find(whole, [...stbl, 'senc']);
const saiz = find(whole, [...stbl, 'saiz']);
const trun = full('trun', 0x000205, uint32(count, 0, SYNC), sizes.subarray(20, 20 + 4 * count));
const head = [
  full('tfhd', 0x020028, uint32(1, timescale / 25, DEPENDENT)),
  full('tfdt', 0, uint32(0)),
];
const mfhd = full('mfhd', 0, uint32(1));
const toMoof = (saio) => box('moof', mfhd, box('traf', ...head, trun, senc, saiz, saio));
const moof = toMoof(full('saio', 0, uint32(1, 0)));
// From the fragment's begin: to the first vector, behind the box's head and count; and to the media.
const sencAt = 8 + mfhd.length + 8 + Buffer.concat(head).length + trun.length;
trun.writeUInt32BE(moof.length + 8, 16);
const fragment = toMoof(full('saio', 0, uint32(1, sencAt + 16)));

// The common system's own: without one, Chromium tells no page that what it got is encrypted.
const pssh = full('pssh', 0x01000000, COMMON_SYSTEM, uint32(1), Buffer.from(KID, 'hex'), uint32(0));
const init = [
  find(fragmented, ['ftyp']),
  box('moov', find(fragmented, ['moov']).subarray(8), pssh),
];
writeFileSync(new URL('init.mp4', import.meta.url), Buffer.concat(init));
writeFileSync(new URL('0.m4s', import.meta.url), Buffer.concat([fragment, box('mdat', media)]));

function find(bytes, [type, ...rest]) {
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== type) continue;
    const found = bytes.subarray(at, at + bytes.readUInt32BE(at));
    return rest.length > 0 ? find(found.subarray(8), rest) : found;
  }
  throw new Error(`ffmpeg wrote no ${type}.`);
}

function box(type, ...parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([uint32(body.length + 8), Buffer.from(type), body]);
}

function full(type, versionAndFlags, ...parts) {
  return box(type, uint32(versionAndFlags), ...parts);
}

function uint32(...values) {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}

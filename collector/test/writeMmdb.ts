// Writes a database in MaxMind's format (version 2.0 of its specification) for tests: Retour ships none.
// IPv6 tree of 24-bit records; IPv4 networks lie below ::/96, as the specification says.
import { writeFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';

type Value = string | number | Value[] | { readonly [key: string]: Value };

/** One data record for each network, in CIDR notation. */
export function writeMmdb(
  path: string,
  type: string,
  networks: Readonly<Record<string, Value>>,
): void {
  const nodes: [Branch, Branch][] = [[undefined, undefined]];
  const data: Buffer[] = [];
  let dataBytes = 0;
  for (const [network, value] of Object.entries(networks)) {
    insert(nodes, toBits(network), { offset: dataBytes });
    const encoded = encode(value);
    data.push(encoded);
    dataBytes += encoded.length;
  }
  const tree = Buffer.concat(
    nodes.map((node) => Buffer.concat(node.map((b) => toRecord(b, nodes.length)))),
  );
  const metadata = encode({
    ...{ node_count: nodes.length, record_size: 24, ip_version: 6, database_type: type },
    ...{ languages: ['en'], binary_format_major_version: 2, binary_format_minor_version: 0 },
    ...{ build_epoch: 1_783_166_440, description: { en: 'for tests' } },
  });
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  writeFileSync(path, Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata]));
}

/** The number of a node, the place of a record, or nothing. */
type Branch = number | { readonly offset: number } | undefined;

function toBits(network: string): number[] {
  const [address, length] = ipaddr.parseCIDR(network);
  const bytes = address.toByteArray();
  const bits = bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1));
  const below = address.kind() === 'ipv4' ? new Array<number>(96).fill(0) : [];
  return [...below, ...bits.slice(0, length)];
}

function insert(nodes: [Branch, Branch][], bits: readonly number[], leaf: Branch): void {
  let at = 0;
  for (const bit of bits.slice(0, -1)) {
    const node = nodes[at];
    if (node === undefined) return;
    let next = node[bit];
    if (typeof next !== 'number') {
      next = nodes.push([undefined, undefined]) - 1;
      node[bit] = next;
    }
    at = next;
  }
  const last = nodes[at];
  if (last !== undefined) last[bits.at(-1) ?? 0] = leaf;
}

function toRecord(branch: Branch, nodes: number): Buffer {
  const record = Buffer.alloc(3);
  const value =
    branch === undefined ? nodes : typeof branch === 'number' ? branch : nodes + 16 + branch.offset;
  record.writeUIntBE(value, 0, 3);
  return record;
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([control(2, text.length), text]);
  }
  if (typeof value === 'number') {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), number]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flat().map(encode)]);
}

/** Types above 7 are written in a byte of their own. */
function control(type: number, size: number): Buffer {
  if (size > 28) return Buffer.from([(type << 5) | 29, size - 29]);
  return type > 7 ? Buffer.from([size, type - 7]) : Buffer.from([(type << 5) | size]);
}

// The collector on real sockets: what `inject` cannot show.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { LIMITS } from '@retour/player-sdk/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { type BeaconHead, decodeRecord } from '../src/log/record.ts';
import {
  type CollectorOptions,
  type CollectorUnderTest,
  createCollectorUnderTest,
  KEY,
  NOW,
} from './collectorUnderTest.ts';
import { sampleBeacon } from './sampleBeacon.ts';

let running: CollectorUnderTest | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await running?.server.close();
});

async function listen(options?: CollectorOptions): Promise<{ port: number; url: string }> {
  running = await createCollectorUnderTest(options);
  await running.server.listen({ host: '127.0.0.1', port: 0 });
  const address = running.server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, url: `http://127.0.0.1:${port}/r/${KEY}?v=1&s=${NOW}` };
}

function open(port: number): Socket {
  const socket = connect({ host: '127.0.0.1', port });
  sockets.push(socket);
  return socket;
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'close');
  return text;
}

describe('the collector on the wire', () => {
  it('closes the connection of a sender that never ends its request', async () => {
    const { port } = await listen({ config: { requestTimeoutMs: 200 } });
    const slowHead = open(port);
    slowHead.write(`POST /r/${KEY}?v=1&s=${NOW} HTTP/1.1\r\nhost: x\r\n`);
    const slowBody = open(port);
    slowBody.write(
      `POST /r/${KEY}?v=1&s=${NOW} HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{`,
    );
    const answers = await Promise.all([readAll(slowHead), readAll(slowBody)]);
    for (const answer of answers) expect(answer).toContain(' 408 ');
    expect(running?.log.records.beacons).toEqual([]);
  });

  it('refuses a body that announces too much without reading it', async () => {
    const { port } = await listen();
    const socket = open(port);
    const length = LIMITS.bodyBytes + 1;
    socket.write(
      `POST /r/${KEY}?v=1&s=${NOW} HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`,
    );
    const answer = await readAll(socket);
    expect(answer).toContain(' 413 ');
    expect(answer.toLowerCase()).toContain('access-control-allow-origin: *');
    expect(running?.rejects()).toMatchObject([{ head: { reason: 'body_too_large' }, body: '' }]);
  });

  it('refuses a chunked body as soon as it is too large', async () => {
    const { port } = await listen();
    const socket = open(port);
    socket.write(
      `POST /r/${KEY}?v=1&s=${NOW} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    for (let n = 0; n <= LIMITS.bodyBytes / 65_536; n += 1) socket.write(chunk);
    expect(await readAll(socket)).toContain(' 413 ');
  });

  it('survives a sender that leaves in the middle of its body', async () => {
    const { port, url } = await listen();
    const socket = open(port);
    socket.write(`POST /r/${KEY}?v=1&s=${NOW} HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{`);
    if (running === undefined) throw new Error('it runs');
    await once(running.server.server, 'request');
    socket.destroy();
    const { status } = await fetch(url, { method: 'POST', body: JSON.stringify(sampleBeacon()) });
    expect(status).toBe(200);
    expect(running.faults).toEqual([]);
    expect(running.log.records.rejected).toEqual([]);
  });

  it('answers what is under way, sends away what comes then, and closes', async () => {
    const { url } = await listen();
    if (running === undefined) throw new Error('it runs');
    const { reached, release } = running.log.hold();
    const body = JSON.stringify(sampleBeacon());
    const underWay = fetch(url, { method: 'POST', body });
    await reached;
    const closed = running.server.close();
    release();
    expect((await underWay).status).toBe(200);
    await closed;
    await expect(fetch(url, { method: 'POST', body })).rejects.toThrow();
    expect(running.room.counts.accepted).toBe(running.log.records.beacons.length);
  });

  it('takes many connections at a time, and no more than it may', async () => {
    const { port } = await listen({ config: { maxConnections: 1 } });
    const first = open(port);
    await once(first, 'connect');
    const second = open(port);
    await once(second, 'close');
    expect(first.destroyed).toBe(false);
  });
});

describe('createOriginReader', () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7', 'x-country': 'ch' };

  it.each([
    ['nobody', {}, '127.0.0.0/24', ''],
    ['the peer', { RETOUR_TRUSTED_PROXIES: '127.0.0.1' }, '198.51.100.0/24', 'CH'],
    ['another one', { RETOUR_TRUSTED_PROXIES: '10.0.0.0/8' }, '127.0.0.0/24', ''],
    ['both', { RETOUR_TRUSTED_PROXIES: '127.0.0.1,198.51.100.0/24' }, '203.0.113.0/24', 'CH'],
  ])(
    'believes headers where it trusts %s',
    async (_, trusted: Record<string, string>, prefix, country) => {
      const header =
        'RETOUR_TRUSTED_PROXIES' in trusted ? { RETOUR_COUNTRY_HEADER: 'X-Country' } : {};
      const { url } = await listen({ environment: { ...trusted, ...header } });
      const body = JSON.stringify(sampleBeacon());
      const { status } = await fetch(url, { method: 'POST', body, headers: forwarded });
      expect(status).toBe(200);
      const [record] = running?.log.records.beacons ?? [];
      const { head } = decodeRecord<BeaconHead>(record?.value ?? new Uint8Array());
      expect(head.enrichment).toMatchObject({ addressPrefix: prefix, country });
    },
  );
});

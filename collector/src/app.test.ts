import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { LIMITS } from '@retour/player-sdk/contract';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CollectorOptions,
  type CollectorUnderTest,
  createCollectorUnderTest,
  KEY,
  NOW,
  OTHER_KEY,
} from '../test/collectorUnderTest.ts';
import { sampleBeacon, sampleSlice, VIEW } from '../test/sampleBeacon.ts';
import { type BeaconHead, decodeRecord } from './log/record.ts';

const running: CollectorUnderTest[] = [];

afterEach(async () => {
  for (const { server } of running.splice(0)) await server.close();
});

async function start(options?: CollectorOptions): Promise<CollectorUnderTest> {
  const collector = await createCollectorUnderTest(options);
  running.push(collector);
  return collector;
}

function accepted({ log }: CollectorUnderTest) {
  return log.records.beacons.map(({ key, value }) => {
    const { head, body } = decodeRecord<BeaconHead>(value);
    return { key, head, text: Buffer.from(body).toString('utf8') };
  });
}

describe('the beacon route', () => {
  it('appends a beacon byte for byte, beside what it found out, and then acknowledges it', async () => {
    const collector = await start();
    const text = JSON.stringify(sampleBeacon(), null, 1);
    const { status, json } = await collector.post(text, {
      query: `v=1&s=${NOW - 40}`,
      headers: { 'user-agent': 'Mozilla/5.0 (Web0S; Linux/SmartTV) Chrome/79.0.3945.79' },
      remoteAddress: '198.51.100.77',
    });
    expect(status).toBe(200);
    expect(json).toEqual({ accepted: 1, rejected: 0, time: NOW });
    const [record] = accepted(collector);
    expect(record?.key).toBe(VIEW);
    expect(record?.text).toBe(text);
    expect(record?.head).toMatchObject({
      ...{ property: 'channel-one', receivedAt: NOW, skewMs: -40, unload: false, token: 'absent' },
      enrichment: { os: 'webOS', deviceType: 'tv', bot: false, addressPrefix: '198.51.100.0/24' },
    });
    expect(JSON.stringify(record?.head)).not.toContain('198.51.100.77');
  });

  it('answers only after the log has the beacon', async () => {
    const collector = await start();
    const { reached, release } = collector.log.hold();
    let answered = false;
    const posted = collector.post(sampleBeacon()).then((answer) => {
      answered = true;
      return answer;
    });
    await reached;
    await collector.server.inject('/health/live');
    expect(answered).toBe(false);
    release();
    expect((await posted).status).toBe(200);
  });

  it('takes whatever the sender calls the body, and gzip by its magic bytes', async () => {
    const collector = await start();
    const zipped = gzipSync(JSON.stringify(sampleBeacon()));
    for (const type of ['text/plain', 'application/json', 'application/x-whatever', ';']) {
      const headers = { 'content-type': type };
      expect((await collector.post(sampleBeacon(), { headers })).status).toBe(200);
      expect((await collector.post(zipped, { headers })).status).toBe(200);
    }
    const texts = new Set(accepted(collector).map(({ text }) => text));
    expect([...texts]).toEqual([JSON.stringify(sampleBeacon())]);
  });

  it('inflates a large body apart, and takes it', async () => {
    const collector = await start();
    const custom = { noise: randomBytes(150).toString('base64') };
    const beacons = Array.from({ length: 50 }, (_, k) =>
      sampleBeacon({
        events: Array.from({ length: 20 }, (_, seq) => ({
          ...{ seq, rev: 0, at: NOW, ctx: 0, type: 'interaction', kind: 'custom' },
          value: randomBytes(80).toString('base64'),
        })),
        slices: [sampleSlice(k)],
        ctx: { ...sampleBeacon().ctx, custom },
      }),
    );
    const zipped = gzipSync(JSON.stringify(beacons));
    expect(zipped.length).toBeGreaterThan(65_536);
    const { json } = await collector.post(zipped);
    expect(json).toMatchObject({ accepted: 50, rejected: 0 });
  });

  it('takes an array as one record for each beacon', async () => {
    const collector = await start();
    const second = VIEW.replace(/c$/, 'd');
    const body = [sampleBeacon(), sampleBeacon({ view: second })];
    expect((await collector.post(body)).json).toMatchObject({ accepted: 2, rejected: 0 });
    expect(accepted(collector).map(({ key }) => key)).toEqual([VIEW, second]);
    expect(accepted(collector).map(({ text }) => JSON.parse(text))).toEqual(body);
  });

  it('takes bad items out, keeps them so that each can be replayed alone, and takes the rest', async () => {
    const collector = await start();
    const bad = sampleSlice(9).with(0, 'nine');
    const { json } = await collector.post(
      sampleBeacon({ slices: [sampleSlice(), bad], summary: [1.5] }),
    );
    expect(json).toMatchObject({ accepted: 1, rejected: 2 });
    expect(JSON.parse(accepted(collector)[0]?.text ?? '')).toMatchObject({
      slices: [sampleSlice()],
    });
    const rejects = collector.rejects();
    expect(rejects.map(({ head }) => [head.stage, head.item, head.reason])).toEqual([
      ['collector', 'slices[1]', 'shape'],
      ['collector', 'summary', 'range'],
    ]);
    const { slices: _, summary: __, ...rest } = sampleBeacon();
    expect(JSON.parse(rejects[0]?.body ?? '')).toEqual({ ...rest, slices: [bad] });
    expect(JSON.parse(rejects[1]?.body ?? '')).toEqual({ ...rest, summary: [1.5] });
  });

  it('keeps all that is beyond a bound', async () => {
    const collector = await start();
    const slices = Array.from({ length: LIMITS.slices + 2 }, (_, k) => sampleSlice(k));
    const { json } = await collector.post(sampleBeacon({ slices }));
    expect(json).toMatchObject({ accepted: 1, rejected: 1 });
    expect(JSON.parse(collector.rejects()[0]?.body ?? '').slices).toEqual(slices.slice(-2));
  });

  it('takes the right beacons of an array and rejects the wrong', async () => {
    const collector = await start();
    const wrong = { ...sampleBeacon(), view: 'no-uuid' };
    const { json } = await collector.post([wrong, sampleBeacon()]);
    expect(json).toMatchObject({ accepted: 1, rejected: 1 });
    expect(collector.rejects()).toMatchObject([
      { head: { item: 'beacon', reason: 'shape' }, body: JSON.stringify(wrong) },
    ]);
  });

  it('accepts at unload whatever the clock says, and records the skew', async () => {
    const collector = await start();
    const { status } = await collector.post(sampleBeacon(), {
      query: `v=1&s=${NOW - 300_000}&u=1`,
    });
    expect(status).toBe(200);
    expect(accepted(collector)[0]?.head).toMatchObject({ unload: true, skewMs: -300_000 });
  });

  it('says that a view token is there and cannot be verified', async () => {
    const collector = await start();
    await collector.post(sampleBeacon({ ctx: { ...sampleBeacon().ctx, token: 'e30.e30.x' } }));
    expect(accepted(collector)[0]?.head.token).toBe('invalid');
  });

  it('counts at Prometheus what it took and refused', async () => {
    const collector = await start();
    await collector.post(sampleBeacon({ summary: [1.5] }));
    await collector.post('{', {});
    const { body, headers } = await collector.server.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('retour_collector_beacons_total 1');
    expect(body).toContain('retour_collector_refused_total{code="not_json"} 1');
    expect(body).toContain('retour_collector_refused_total{code="log_full"} 0');
    expect(body).toContain('retour_collector_items_total{reason="range"} 1');
    expect(body).toContain('retour_collector_answer_seconds_bucket{le="0.001"} 2');
    expect(body).toContain('retour_collector_answer_seconds_bucket{le="+Inf"} 2');
    expect(body).toContain('retour_collector_skew_seconds_count 1');
  });

  it('survives hostile JSON', async () => {
    const collector = await start();
    for (const body of ['['.repeat(400_000), '{"__proto__":{"v":1}}', '"\\ud800"', 'null']) {
      expect((await collector.post(body)).status).toBe(400);
    }
    expect(collector.faults).toEqual([]);
    expect((await collector.post(sampleBeacon())).status).toBe(200);
  });

  it('bounds what grows when it is written again', async () => {
    const collector = await start();
    // Cells of a later version of the contract, each of which becomes 21 characters.
    const later = `-70${',1e20'.repeat(90_000)}`;
    const text = JSON.stringify(sampleBeacon());
    const grown = (cells: string) =>
      text.replace(/"slices":\[\[(.*?)\]\]/, `"slices":[[${cells}]]`);
    const right = JSON.stringify(sampleSlice()).slice(1, -1);
    expect((await collector.post(grown(`${right},${later}`))).status).toBe(200);
    const { status, json } = await collector.post(`[${grown(`${right},${later}`)}]`);
    expect([status, json.code]).toEqual([413, 'body_too_large']);
    expect((await collector.post(`[${grown(`"x",${later}`)}]`)).json).toMatchObject({
      rejected: 1,
    });
    for (const { body } of collector.rejects())
      expect(body.length).toBeLessThanOrEqual(LIMITS.bodyBytes);
  });
});

describe('what a page may read', () => {
  it('is every answer, of whatever origin, without a preflight or a credential', async () => {
    const collector = await start({ property: { origins: ['https://a.example', 'null'] } });
    for (const origin of ['https://a.example', 'null', undefined]) {
      const headers = origin === undefined ? {} : { origin };
      const answer = await collector.post(sampleBeacon(), { headers });
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, '*']);
    }
    const refused = await collector.post(sampleBeacon(), {
      headers: { origin: 'https://b.example' },
    });
    expect(refused.status).toBe(403);
    expect(refused.headers).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(refused.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('allows what a preflight asks, for a day', async () => {
    const { server } = await start();
    const answer = await server.inject({ method: 'OPTIONS', url: `/r/${KEY}` });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-max-age': '86400',
    });
  });

  it('holds no cookie, and the log holds none either', async () => {
    const collector = await start();
    const answer = await collector.post(sampleBeacon(), { headers: { cookie: 'secret=1' } });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    await collector.post('{', { headers: { cookie: 'secret=1' } });
    for (const { value } of [...collector.log.records.beacons, ...collector.log.records.rejected])
      expect(Buffer.from(value).toString('latin1')).not.toContain('secret');
  });
});

describe('the settings route', () => {
  it('gives what the property allows, and the time as late as it can', async () => {
    const { server, clock } = await start();
    clock.now = NOW + 5;
    const answer = await server.inject(`/r/${KEY}`);
    expect(answer.json()).toEqual({
      ...{ time: NOW + 5, heartbeatMs: 10_000, sampling: 0.5, privacy: 'exempt' },
    });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
  });

  it('refuses like the beacon route', async () => {
    const { server } = await start({ property: { origins: ['https://a.example'] } });
    expect((await server.inject('/r/nobody')).statusCode).toBe(401);
    const headers = { origin: 'https://b.example' };
    expect((await server.inject({ url: `/r/${KEY}`, headers })).statusCode).toBe(403);
  });
});

describe('the quota', () => {
  const quota = { beaconsPerSecond: 2, warnAt: 0.5, rubbishPerSecond: 0.4 };

  it('warns in header and body, then refuses until the traffic has thinned', async () => {
    const collector = await start({ property: { quota } });
    const answers = [];
    for (let n = 0; n < 21; n += 1) answers.push(await collector.post(sampleBeacon()));
    expect(answers[8]?.json).not.toHaveProperty('quota');
    expect(answers[9]?.json).toMatchObject({ quota: 0.5 });
    expect(answers[9]?.headers).toMatchObject({
      'retour-quota': '0.50',
      'access-control-expose-headers': 'Retour-Quota',
    });
    expect(answers[19]?.status).toBe(200);
    expect(answers[20]).toMatchObject({ status: 429, json: { code: 'quota' } });
    const waitS = Number(answers[20]?.headers['retry-after']);
    expect(waitS).toBe(1);
    collector.clock.now += waitS * 1000;
    expect((await collector.post(sampleBeacon())).status).toBe(200);
    expect((await collector.post(sampleBeacon(), { key: OTHER_KEY })).json).not.toHaveProperty(
      'quota',
    );
  });

  it('charges every beacon of an array, and large bodies by their size', async () => {
    const collector = await start({ property: { quota } });
    const nine = Array.from({ length: 9 }, () => sampleBeacon());
    expect((await collector.post(nine)).json).not.toHaveProperty('quota');
    expect((await collector.post(nine)).json).toMatchObject({ quota: 0.9 });
    const large = sampleBeacon({ slices: Array.from({ length: 600 }, () => sampleSlice()) });
    const answer = await collector.post(gzipSync(JSON.stringify(large)), { key: OTHER_KEY });
    expect(answer.json).not.toHaveProperty('quota');
    const { used } = collector.room.tools.quotas.accountOf(OTHER_KEY, 'channel-two', NOW);
    expect(used.level).toBe(Math.ceil(JSON.stringify(large).length / 16_384));
  });

  it('is lower for a key that mostly sends rubbish, and keeps no more of that than it allows', async () => {
    const collector = await start({ property: { quota } });
    const statuses = [];
    for (let n = 0; n < 8; n += 1) statuses.push((await collector.post('{')).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429, 429]);
    expect(collector.rejects()).toHaveLength(4);
    expect(collector.room.counts.unkept).toBe(1);
    collector.clock.now += 60_000;
    expect((await collector.post(sampleBeacon())).status).toBe(200);
  });
});

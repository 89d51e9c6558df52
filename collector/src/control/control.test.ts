// The control state on a real log: changes, conflicts between processes, and records that are not
// what they should be.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedLog } from '../log/embedded.ts';
import type { Log } from '../log/log.ts';
import { type Control, createControl } from './control.ts';
import { createFirstProperty, PROPERTY_DEFAULTS } from './firstProperty.ts';
import type { Property } from './property.ts';

const BY = { by: 'test' };
const QUIET = { info: () => {}, warn: () => {}, error: () => {} };
const NEWS: Property = { ...PROPERTY_DEFAULTS, id: 'news', name: 'News' };

describe('createControl', () => {
  let directory: string;
  let log: Log;
  let here: Control;
  let there: Control;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'retour-control-'));
    log = await createEmbeddedLog({ directory, now: () => 1_750_000_000_000, logger: QUIET });
    here = await openControl();
    there = await openControl();
  });
  afterEach(async () => {
    await here.stop();
    await there.stop();
    await log.close();
    await rm(directory, { recursive: true });
  });
  const openControl = () => createControl(log, { now: () => 1_750_000_000_000, logger: QUIET });
  const appendRaw = (text: string) =>
    log.append('control', [{ key: 'raw', value: new TextEncoder().encode(text) }]);

  it('knows a property as soon as its change is answered, and again after a restart', async () => {
    const change = await here.putProperty(NEWS, { expected: 0, ...BY });
    expect(change).toEqual({ done: true, value: NEWS, revision: 1 });
    expect(here.property('news')).toEqual(NEWS);
    const again = await openControl();
    expect(again.property('news')).toEqual(NEWS);
    expect(again.revisionOf('property', 'news')).toBe(1);
    await again.stop();
  });

  it('shows a change of another process within seconds, by itself', async () => {
    await here.putProperty(NEWS, { expected: 0, ...BY });
    await expect.poll(() => there.property('news'), { timeout: 3_000 }).toEqual(NEWS);
  });

  it('lets one of two racing changes win, tells the other, and both processes agree', async () => {
    await here.putProperty(NEWS, { expected: 0, ...BY });
    await there.catchUp();
    const changes = await Promise.all([
      here.putProperty({ ...NEWS, name: 'Here' }, { expected: 1, ...BY }),
      there.putProperty({ ...NEWS, name: 'There' }, { expected: 1, ...BY }),
    ]);
    const winner = changes.find(({ done }) => done);
    const loser = changes.find(({ done }) => !done);
    expect(winner).toMatchObject({ revision: 2 });
    expect(loser).toMatchObject({ code: 'conflict', revision: 2 });
    await Promise.all([here.catchUp(), there.catchUp()]);
    expect(here.property('news')).toEqual(there.property('news'));
    expect(winner).toMatchObject({ value: here.property('news') });
  });

  it('counts every change of many racing ones exactly once', async () => {
    await here.putProperty(NEWS, { expected: 0, ...BY });
    let won = 0;
    const race = async (control: Control, name: string) => {
      for (let turn = 0; turn < 20; turn += 1) {
        await control.catchUp();
        const expected = control.revisionOf('property', 'news');
        const change = await control.putProperty({ ...NEWS, name }, { expected, ...BY });
        if (change.done) won += 1;
      }
    };
    await Promise.all([race(here, 'Here'), race(there, 'There')]);
    await here.catchUp();
    expect(here.revisionOf('property', 'news')).toBe(won + 1);
    expect(won).toBeGreaterThanOrEqual(20);
  });

  it('finds keys and tokens, stops a key, and never gives a token away again', async () => {
    await here.putProperty(NEWS, { expected: 0, ...BY });
    const key = await here.putWriteKey('news', BY);
    const token = await here.putReadToken('news', { name: 'console', ...BY });
    if (!key.done || !token.done) return expect.fail('both were made');
    expect(here.keyOf(key.value.key)).toMatchObject({ property: 'news', state: 'live' });
    expect(here.tokenOf(token.value.token)).toEqual(NEWS);
    expect(here.tokenOf(`${token.value.token}x`)).toBeUndefined();
    expect(here.tokenOf(token.value.hash)).toBeUndefined();
    expect(here.keyOf('nobody')).toBeUndefined();
    for await (const { value } of log.read('control'))
      expect(new TextDecoder().decode(value)).not.toContain(token.value.token);
    expect(await here.stopWriteKey(key.value.key, BY)).toMatchObject({ done: true });
    expect(here.keyOf(key.value.key)).toMatchObject({ property: 'news', state: 'stopped' });
  });

  it.each([
    ['a bad id', { ...NEWS, id: 'No Spaces' }, 'a property id is'],
    ['an unknown time zone', { ...NEWS, timeZone: 'Mars/Olympus' }, 'time zone'],
    ['an origin with a path', { ...NEWS, origins: ['https://a.example/path'] }, 'an origin is'],
    ['a sampling beyond one', { ...NEWS, sampling: 2 }, 'sampling'],
    ['no quota', { ...NEWS, quota: { ...NEWS.quota, beaconsPerSecond: 0 } }, 'beaconsPerSecond'],
  ])('refuses %s before it reaches the log, and says what is wrong', async (_, property, told) => {
    const change = await here.putProperty(property, { expected: 0, ...BY });
    expect(change).toMatchObject({ done: false, code: 'invalid' });
    expect(change.done ? '' : change.message).toContain(told);
    expect(here.counts()).toEqual({ applied: 0, conflict: 0, unusable: 0 });
  });

  it('refuses keys and tokens of no property, and stops no key that is not there', async () => {
    expect(await here.putWriteKey('nothing', BY)).toMatchObject({ code: 'unknown_property' });
    expect(await here.putReadToken('nothing', { name: 'n', ...BY })).toMatchObject({
      code: 'unknown_property',
    });
    expect(await here.stopWriteKey('nothing', BY)).toMatchObject({ code: 'unknown_key' });
  });

  it('skips what it does not understand, counts it, and goes on', async () => {
    await appendRaw('no JSON at all');
    await appendRaw('{"subject":"property"}');
    await appendRaw(
      '{"subject":"tombstone","id":"x","expected":0,"value":{},"at":1,"by":"a newer one"}',
    );
    await appendRaw(
      '{"subject":"property","id":"news","expected":0,"value":{"id":"news"},"at":1,"by":"x"}',
    );
    await here.catchUp();
    expect(here.counts()).toMatchObject({ unusable: 4 });
    expect(here.property('news')).toBeUndefined();
    expect(here.revisionOf('property', 'news')).toBe(1);
    expect(await here.putProperty(NEWS, { expected: 1, ...BY })).toMatchObject({ done: true });
  });

  it('lets no key change its property', async () => {
    await here.putProperty(NEWS, { expected: 0, ...BY });
    await here.putProperty({ ...NEWS, id: 'sport' }, { expected: 0, ...BY });
    const key = await here.putWriteKey('news', BY);
    if (!key.done) return expect.fail('it was made');
    const stolen = { ...key.value, property: 'sport' };
    await appendRaw(
      JSON.stringify({
        subject: 'writeKey',
        id: stolen.key,
        expected: 1,
        value: stolen,
        at: 1,
        by: '',
      }),
    );
    await here.catchUp();
    expect(here.keyOf(stolen.key)?.property).toBe('news');
    expect(here.counts().unusable).toBe(1);
  });

  it('folds thousands of records in well under a second', async () => {
    const key = (index: number) => `K${String(index).padStart(19, '0')}`;
    await here.putProperty(NEWS, { expected: 0, ...BY });
    const records = Array.from({ length: 5_000 }, (_, index) => {
      const value = { key: key(index), property: 'news', state: 'live' };
      return JSON.stringify({
        subject: 'writeKey',
        id: value.key,
        expected: 0,
        value,
        at: 1,
        by: '',
      });
    });
    await log.append(
      'control',
      records.map((text) => ({ key: 'k', value: new TextEncoder().encode(text) })),
    );
    const begun = performance.now();
    const fresh = await openControl();
    const tookMs = performance.now() - begun;
    expect(fresh.keyOf(key(4_999))?.property).toBe('news');
    expect(tookMs).toBeLessThan(1_000);
    await fresh.stop();
  });
});

describe('createFirstProperty', () => {
  it('makes a property with a key and a token once, and finds them ever after', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'retour-control-'));
    const log = await createEmbeddedLog({ directory, now: Date.now, logger: QUIET });
    const control = await createControl(log, { now: Date.now, logger: QUIET });
    const first = await createFirstProperty(control, { by: 'start', timeZone: 'Europe/Paris' });
    expect(first.property).toMatchObject({ id: 'default', timeZone: 'Europe/Paris' });
    expect(first.writeKey).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(control.keyOf(first.writeKey)?.property).toBe('default');
    expect(control.tokenOf(first.readToken ?? '')?.id).toBe('default');
    const again = await createFirstProperty(control, { by: 'start' });
    expect(again).toEqual({ property: first.property, writeKey: first.writeKey });
    await control.stop();
    await log.close();
    await rm(directory, { recursive: true });
  });
});

// What a beacon's rows have in common: what is watched, by which player, where, and how it came.
// Names (titles) are not here: they are labels of ids.
import type { BeaconHead } from '@retour/collector/log';
import type { Connection, Page, WireBeacon } from '@retour/player-sdk/contract';
import { CONTEXT_COLUMNS } from '../../store/columns.ts';

/** The cells of CONTEXT_COLUMNS as JSON, with commas between. Made once a beacon. */
export function toContextCells(head: BeaconHead, beacon: WireBeacon): string {
  const values = toValues(head, beacon);
  return JSON.stringify(CONTEXT_COLUMNS.map(({ name }) => values[name])).slice(1, -1);
}

function toValues(head: BeaconHead, { ctx, sdk }: WireBeacon): Readonly<Record<string, unknown>> {
  const { asset, player, page, connection, viewer } = ctx;
  const { enrichment } = head;
  return {
    asset_id: asset.id,
    series_id: asset.series?.id ?? '',
    variant: asset.variant ?? '',
    stream_type: asset.streamType ?? 'unknown',
    asset_duration_ms: asset.durationMs ?? 0,
    isan: asset.work?.isan ?? '',
    eidr: asset.work?.eidr ?? '',
    player_name: player.name,
    player_version: player.version ?? '',
    adapter: player.adapter,
    sdk_name: sdk.name,
    sdk_version: sdk.version,
    page: toPage(page),
    connection: toConnection(connection),
    drm: ctx.drm ?? '',
    privacy: ctx.privacy,
    weight: ctx.weight,
    viewer_id: viewer?.id ?? '',
    recommendation: ctx.recommendation ?? '',
    experiments: ctx.experiments ?? {},
    custom: ctx.custom ?? {},
    country: enrichment.country,
    region: enrichment.region,
    city: enrichment.city,
    asn: enrichment.asn,
    network: enrichment.network,
    device_type: enrichment.deviceType,
    device_maker: enrichment.deviceMaker,
    device_model: enrichment.deviceModel,
    os: enrichment.os,
    os_version: enrichment.osVersion,
    browser: enrichment.browser,
    browser_version: enrichment.browserVersion,
    bot: enrichment.bot,
    token_state: head.token,
    received_at: head.receivedAt,
    skew_ms: head.skewMs,
    unload: head.unload,
  };
}

function toPage(page: Page | undefined): string {
  return `${page?.origin ?? ''}${page?.path ?? ''}`;
}

/** The kind of link where the browser tells it, else how fast the link seems to be. */
function toConnection(connection: Connection | undefined): string {
  return connection?.type ?? connection?.effectiveType ?? '';
}

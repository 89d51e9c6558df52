// The dimensions that figures can be split and filtered by: the id in the API, the column in the
// rows. Untrusted text never becomes a column: a dimension is looked up here or refused.

export interface Dimension {
  readonly title: string;
  /** Column of slices and views. */
  readonly column: string;
}

export const DIMENSIONS = {
  asset: { title: 'Asset', column: 'asset_id' },
  series: { title: 'Series', column: 'series_id' },
  streamType: { title: 'Stream type', column: 'stream_type' },
  player: { title: 'Player', column: 'player_name' },
  playerVersion: { title: 'Player version', column: 'player_version' },
  adapter: { title: 'Adapter', column: 'adapter' },
  sdkVersion: { title: 'SDK version', column: 'sdk_version' },
  host: { title: 'CDN host', column: 'host' },
  pathway: { title: 'Pathway', column: 'pathway' },
  country: { title: 'Country', column: 'country' },
  region: { title: 'Region', column: 'region' },
  network: { title: 'Network', column: 'network' },
  deviceType: { title: 'Device type', column: 'device_type' },
  os: { title: 'Operating system', column: 'os' },
  browser: { title: 'Browser', column: 'browser' },
  connection: { title: 'Connection', column: 'connection' },
  page: { title: 'Page', column: 'page' },
  variant: { title: 'Variant', column: 'variant' },
} as const;

export type DimensionId = keyof typeof DIMENSIONS;

/** For metrics that make sense along every dimension. */
export const ALL_DIMENSIONS = Object.keys(DIMENSIONS) as readonly DimensionId[]; // Keys of a const.

/** The dimension of an id from outside; undefined where there is none. */
export function dimensionOf(id: string): Dimension | undefined {
  return Object.hasOwn(DIMENSIONS, id) ? DIMENSIONS[id as DimensionId] : undefined; // Owned, so a key.
}

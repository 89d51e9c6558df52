// The border to an SDK under test: a script for the page, and a reader of what it sends.
import type { Captured } from '../collector.ts';
import type { Measured, Metric } from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';

/** One view, as the SDK tells it. */
export interface MeasuredView {
  /** Of which content: the `asset` of the page's facts. */
  readonly asset: string;
  readonly measured: Measured;
  /** Its end was told. */
  readonly ended: boolean;
}

export interface SdkUnderTest {
  readonly name: string;
  readonly version: string;
  /** Path of the module that exports `pageSdk` (page/pageSdk.ts). */
  readonly pageScript: string;
  /** The collector's address as the SDK wants it, from http://127.0.0.1:port. */
  readonly toCollector?: (url: string) => string;
  /** The body of the collector's 200. */
  readonly respond?: (request: Captured) => string;
  /** The views that the requests tell, in the order of their beginnings. */
  readBeacons(requests: readonly Captured[]): readonly MeasuredView[];
  /** Players for which it has no adapter, and why; they are not run. */
  readonly without?: Partial<Record<PlayerName, string>>;
  /** It is to tell every figure and every view's end: what is not told is outside. */
  readonly tellsAll?: boolean;
  /** What its figures mean otherwise than the kit's: shown beside them. */
  readonly caveats?: Partial<Record<Metric, string>>;
}

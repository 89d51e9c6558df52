// The conformance kit: real players, scripted against an origin that knows the truth. For tests and
// benches, in a clone of the repository: its players and browsers are no dependencies of the package.
export type { KitPage } from './browser/kitBrowser.ts';
export { type Captured, type Collector, startCollector } from './collector.ts';
export {
  type Compared,
  type Known,
  METRICS,
  type Measured,
  type Metric,
  type Source,
  type Truth,
} from './metrics.ts';
export { CHROMIUM_FLAGS, openBrowser } from './openBrowser.ts';
export { createMedia } from './origin/media.ts';
export {
  type Asked,
  type Fault,
  type Origin,
  type OriginOptions,
  type Resource,
  type Rule,
  type Served,
  startOrigin,
} from './origin/origin.ts';
export type { Mounted, PageSdk, PlayerName, RunningSdk, ViewFacts } from './page/pageSdk.ts';
export type { Apart } from './report/toApart.ts';
export { toHtml } from './report/toHtml.ts';
export {
  type Figures,
  isOutside,
  LIMITS,
  type Report,
  type Run,
  toReport,
} from './report/toReport.ts';
export {
  toFurthest,
  toLine,
  toMatrix,
  toOutside,
  toPairs,
  toSentence,
  toSkipped,
} from './report/toTable.ts';
export type { Cell, CellView } from './runCell.ts';
export {
  BROWSERS,
  type BrowserName,
  type ConformanceOptions,
  PLAYERS,
  runConformance,
} from './runConformance.ts';
export type { Scenario } from './scenarios/scenario.ts';
export { SCENARIOS } from './scenarios/scenarios.ts';
export { muxEmbedSdk } from './sdk/muxEmbed.ts';
export { retourSdk } from './sdk/retour.ts';
export type { MeasuredView, SdkUnderTest } from './sdk/sdkUnderTest.ts';
export type { Stage, Stream } from './stage.ts';
export { type Span, sumOf } from './truth/spans.ts';
export { toMovements } from './truth/toMovements.ts';
export { toSpent } from './truth/toSpent.ts';
export { BARCODE_WATCHER, type Picture, type Seen } from './truth/watchBarcode.ts';

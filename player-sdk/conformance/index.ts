// The conformance kit: real players, scripted against an origin that knows the truth. For tests and
// benches; never part of a page that viewers load, but for what the kit itself puts into its own.
export { openBrowser } from './openBrowser.ts';
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
export {
  BARCODE_WATCHER,
  movedAt,
  type Picture,
  type Seen,
  type Still,
  toStills,
} from './truth/watchBarcode.ts';

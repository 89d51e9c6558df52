// The SDK's public entry: exports only.
export type { Adapter, Port } from './adapters/adapter.ts';
export { monitor } from './monitor.ts';
export type {
  DebugMessage,
  Monitor,
  MonitorOptions,
  PageError,
  ViewFacts,
} from './options.ts';

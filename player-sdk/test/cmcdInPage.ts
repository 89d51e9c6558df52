// What the test of CMCD loads into a page: the SDK as a page has it, and a way to wait.
export { dashjs } from '../src/adapters/dashjs.ts';
export { hlsjs } from '../src/adapters/hlsjs.ts';
export { shaka } from '../src/adapters/shaka.ts';
export { videojs } from '../src/adapters/videojs.ts';
export { cmcd } from '../src/cmcd.ts';
export { monitor } from '../src/monitor.ts';
export { until, video } from './adaptersInPage.ts';

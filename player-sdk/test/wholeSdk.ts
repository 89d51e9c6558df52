// The SDK with what extends it, as one bundle: what a test builds in two ways and drives.
export { ads } from '../src/ads.ts';
export { monitor } from '../src/monitor.ts';

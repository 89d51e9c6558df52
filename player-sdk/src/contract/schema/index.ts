// The entry of `@retour/player-sdk/contract/schema`: what a server checks beacons with. Never in
// the SDK's bundle.
export { ISSUE_REASONS, type Issue, type IssueReason } from './issue.ts';
export { type ReadBeacon, readBeacon, VIEW_ID } from './readBeacon.ts';

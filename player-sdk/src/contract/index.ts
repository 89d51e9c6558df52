// The contract: what travels between a player and a collector. Imports nothing outside this folder.
export * from './beacon.ts';
export * from './context.ts';
export * from './delivery.ts';
export * from './event.ts';
export * from './histogram.ts';
export * from './limits.ts';
export * from './playState.ts';
export * from './positions.ts';
export * from './refusal.ts';
export * from './signal.ts';
export * from './slice.ts';
export * from './summary.ts';

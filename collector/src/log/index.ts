// The entry of `@retour/collector/log`.
export * from './log.ts';
export * from './record.ts';

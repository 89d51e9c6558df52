// The entry of `@retour/collector/log`.
export * from './embedded.ts';
export * from './holder.ts';
export * from './log.ts';
export type { LogLogger } from './logger.ts';
export * from './record.ts';
export type { Retention } from './topicTable.ts';

// The entry of `@retour/analytics/store`.
export * from './columns.ts';
export * from './createStore.ts';
export type { Backend } from './ddl.ts';
export * from './engine/createEngine.ts';
export { type EngineStartCode, EngineStartError } from './engine/engineStartError.ts';
export { MigrationError, type MigrationErrorCode } from './migrate.ts';
export { DEFAULT_RETENTION_DAYS, type RetentionDays } from './retention.ts';
export * from './storeError.ts';

// The entry of `@retour/collector/control`.
export * from './control.ts';
export type { Subject } from './controlRecord.ts';
export * from './firstProperty.ts';
export type { ControlCounts } from './follower.ts';
export * from './property.ts';
export * from './propertySchema.ts';

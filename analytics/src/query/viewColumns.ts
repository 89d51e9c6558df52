// The columns that hold the contract's positions, and the way back from a row to what the contract
// calls them. Pure.
import {
  DELIVERY_POSITIONS,
  type Position,
  SLICE_POSITIONS,
  SUMMARY_POSITIONS,
} from '@retour/player-sdk/contract';
import { toSnake } from '../store/columns.ts';
import type { Row } from './reader.ts';

export const CONTRACT_COLUMNS = {
  slices: SLICE_POSITIONS.map(([name]) => toSnake(name)),
  views: SUMMARY_POSITIONS.map(([name]) => toSnake(name)),
} as const;

type Fields = Record<string, unknown>;

export function toSliceFields(row: Row): Fields {
  const deliveries = toList(row.deliveries);
  return {
    ...toFields(SLICE_POSITIONS, row),
    // A named tuple, as the engine writes it: an object of columns.
    deliveries: deliveries.map((delivery) => toFields(DELIVERY_POSITIONS, delivery as Row)),
  };
}

export function toSummaryFields(row: Row): Fields {
  return toFields(SUMMARY_POSITIONS, row);
}

/** An event's base and, beside it, the facts that the writer kept as JSON. */
export function toEventFields(row: Row): Fields {
  const { facts, pos, ...base } = row;
  const parsed: unknown = JSON.parse(String(facts) || '{}');
  return { ...(parsed as Fields), ...base, ...(pos !== null && { pos }) }; // Written by the writer.
}

function toFields(table: readonly Position[], row: Row): Fields {
  return Object.fromEntries(
    table.map(([name, kind]) => {
      const value = row[toSnake(name)];
      return [name, kind === 'list' ? toList(value).map(toCells) : value];
    }),
  );
}

/** A tuple of the contract is an array; the engine writes one with names as an object. */
function toCells(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.values(value) : value;
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

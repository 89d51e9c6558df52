// Checks a positional row against its table, cell by cell and without decoding it. It knows no
// field by name. By hand, because a tuple of 60 optional places with runs between them is nothing
// that a schema language can say: it is one loop here.

import { LIMITS } from '../limits.ts';
import type { Kind, Position } from '../positions.ts';
import { type Fault, fault } from './issue.ts';
import { WELL_FORMED } from './wellFormed.ts';

/** Names of a table's positions of the given kind. */
export type NamesOf<T extends readonly Position[], K extends Kind> = Extract<
  T[number],
  readonly [string, K]
>[0];

export type CheckList = (list: readonly unknown[]) => Fault | undefined;

/** What a table leaves open: the size of each code list, the shape of each list, tighter bounds. */
export interface Rules<T extends readonly Position[]> {
  readonly codes: { readonly [N in NamesOf<T, 'code'>]: number };
  readonly lists: { readonly [N in NamesOf<T, 'list'>]: CheckList };
  readonly most?: { readonly [N in T[number][0]]?: number };
}

interface Place {
  readonly name: string;
  readonly kind: Kind;
  /** Largest number or longest text. */
  readonly most: number;
  readonly checkList: CheckList | undefined;
}

/** Checks a row; `values`, where given, takes its numbers by position. */
export type CheckRow = (cells: unknown, values?: number[]) => Fault | undefined;

export function createRowCheck<T extends readonly Position[]>(table: T, rules: Rules<T>): CheckRow {
  const places = table.map((position) => toPlace(position, rules));
  return (cells, values) => {
    if (!Array.isArray(cells)) return fault('shape', 'a row is an array');
    let at = 0;
    for (let i = 0; i < cells.length; i += 1) {
      const cell: unknown = cells[i];
      if (typeof cell === 'number' && cell < 0) {
        if (!Number.isSafeInteger(cell)) return fault('range', `cell ${i}: a run is an integer`);
        at -= cell;
        continue;
      }
      const place = places[at];
      if (place === undefined) break; // Positions of a later version of the table.
      const found = checkCell(place, cell);
      if (found !== undefined) return found;
      if (values !== undefined && typeof cell === 'number') values[at] = cell;
      at += 1;
    }
    return undefined;
  };
}

function toPlace<T extends readonly Position[]>([name, kind]: Position, rules: Rules<T>): Place {
  const codes: Readonly<Record<string, number>> = rules.codes;
  const lists: Readonly<Record<string, CheckList>> = rules.lists;
  const tighter: Readonly<Record<string, number | undefined>> = rules.most ?? {};
  const most =
    kind === 'code'
      ? (codes[name] ?? 0) - 1
      : kind === 'text'
        ? LIMITS.idChars
        : (tighter[name] ?? Number.MAX_SAFE_INTEGER);
  return { name, kind, most, checkList: lists[name] };
}

function checkCell(place: Place, cell: unknown): Fault | undefined {
  if (place.kind === 'text') return checkText(place, cell);
  if (place.kind === 'list') return checkListCell(place, cell);
  if (typeof cell !== 'number') return fault('shape', `${place.name}: expected a number`);
  if (cell <= place.most && Number.isSafeInteger(cell)) return undefined;
  return place.kind === 'code'
    ? fault('unknown_code', `${place.name}: ${cell} is not in 0 … ${place.most}`)
    : fault('range', `${place.name}: ${cell} is not an integer in 0 … ${place.most}`);
}

function checkText(place: Place, cell: unknown): Fault | undefined {
  if (typeof cell !== 'string') return fault('shape', `${place.name}: expected a text`);
  if (cell.length > place.most)
    return fault('too_long', `${place.name}: ${cell.length} of ${place.most} characters`);
  return WELL_FORMED.test(cell)
    ? undefined
    : fault('shape', `${place.name}: is not well-formed Unicode`);
}

function checkListCell(place: Place, cell: unknown): Fault | undefined {
  if (!Array.isArray(cell)) return fault('shape', `${place.name}: expected a list`);
  const found = place.checkList?.(cell);
  return found === undefined ? undefined : fault(found.reason, `${place.name}: ${found.detail}`);
}

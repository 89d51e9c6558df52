// The cells of one event: what every event has, the facts that are asked for most, then all of its
// facts as JSON, so that nothing of a type is lost.
import type { ViewEvent } from '@retour/player-sdk/contract';

/** Cells of EVENT_COLUMNS as JSON, with commas between. */
export function toEventCells(event: ViewEvent): string {
  const { seq, rev, at, ctx, pos, clock, type, ...facts } = event;
  const known: Readonly<Record<string, unknown>> = facts; // Which of them there are depends on the type.
  const hints = known.hints as { readonly host?: string; readonly pathway?: string } | undefined; // Of a stall.
  return [
    seq,
    rev,
    at,
    ctx,
    JSON.stringify(clock ?? 'server'),
    JSON.stringify(type),
    pos ?? 'null',
    known.durationMs ?? 'null',
    known.startupMs ?? 'null',
    known.latencyMs ?? 'null',
    toText(known.by),
    toText(known.kind),
    toText(known.of),
    known.fatal === true,
    known.business === true,
    toText(known.category),
    toText(known.code),
    toText(known.message),
    toText(known.host ?? hints?.host),
    toText(known.pathway ?? hints?.pathway),
    JSON.stringify(JSON.stringify(facts)),
  ].join(',');
}

function toText(value: unknown): string {
  return JSON.stringify(typeof value === 'string' ? value : '');
}

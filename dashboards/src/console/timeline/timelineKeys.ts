// What the keys do on a timeline, and which event a step leads to. Pure: it moves nothing itself.

/** How much closer one step of zoom is. */
const CLOSER = 0.6;

/** The part of a keyboard event that decides. */
export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key asks of the timeline. */
export type TimelineAction =
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'move'; readonly share: number }
  | { readonly kind: 'step'; readonly step: 'next' | 'previous' | 'first' | 'last' };

/** The action of a key; null where the key is none of the timeline's. */
export function toAction(event: Key): TimelineAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case '+':
    case '=':
      return { kind: 'zoom', factor: CLOSER };
    case '-':
    case '−':
      return { kind: 'zoom', factor: 1 / CLOSER };
    case '0':
      return { kind: 'all' };
    case 'Escape':
      return { kind: 'none' };
    case 'ArrowRight':
      return event.shiftKey ? { kind: 'move', share: 0.25 } : { kind: 'step', step: 'next' };
    case 'ArrowLeft':
      return event.shiftKey ? { kind: 'move', share: -0.25 } : { kind: 'step', step: 'previous' };
    case 'Home':
      return { kind: 'step', step: 'first' };
    case 'End':
      return { kind: 'step', step: 'last' };
    default:
      return null;
  }
}

/** The event to go to from the selected one; null where there is none at all. */
export function stepEvent(
  events: readonly { readonly seq: number }[],
  selected: number | null,
  step: 'next' | 'previous' | 'first' | 'last',
): number | null {
  const at = events.findIndex((event) => event.seq === selected);
  if (step === 'first' || (at < 0 && step === 'next')) return events[0]?.seq ?? null;
  if (step === 'last' || at < 0) return events.at(-1)?.seq ?? null;
  const next = step === 'next' ? Math.min(events.length - 1, at + 1) : Math.max(0, at - 1);
  return events[next]?.seq ?? null;
}

// The events of a view as a table, in step with the timeline.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Moment } from '../controls/Moment.tsx';
import { Notice } from '../controls/Notice.tsx';
import { durationText, formatPosition } from '../format/formatDuration.ts';
import { NONE } from '../format/locale.ts';
import { toEventText } from '../timeline/eventText.ts';
import type { EventRow } from '../timeline/viewRows.ts';

export interface EventTableProps {
  readonly events: readonly EventRow[];
  readonly from: number;
  readonly selected: number | null;
  readonly onSelect: (seq: number) => void;
}

/** Rows shown at first; a view may have a hundred thousand. */
const FIRST_ROWS = 200;

export function EventTable({ events, from, selected, onSelect }: EventTableProps): ReactNode {
  const [rows, setRows] = useState(FIRST_ROWS);
  const at = events.findIndex((event) => event.seq === selected);
  const shown = events.slice(0, Math.max(rows, at + 1));
  if (events.length === 0) {
    return (
      <Notice title="No event yet">
        <p>Stalls, seeks, errors and the rest stand here as they happen.</p>
      </Notice>
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label="Events">
        <table className="eventTable">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">After</th>
              <th scope="col">Position</th>
              <th scope="col">Event</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((event) => (
              <Row
                key={event.seq}
                event={event}
                from={from}
                isSelected={event.seq === selected}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < events.length && (
        <p className="older">
          <button type="button" className="button" onClick={() => setRows(rows + FIRST_ROWS)}>
            Show more of {events.length}
          </button>
        </p>
      )}
    </>
  );
}

interface RowProps {
  readonly event: EventRow;
  readonly from: number;
  readonly isSelected: boolean;
  readonly onSelect: (seq: number) => void;
}

function Row({ event, from, isSelected, onSelect }: RowProps): ReactNode {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isSelected && row.current !== null) showWithin(row.current);
  }, [isSelected]);
  const { title, detail, tone } = toEventText(event);
  return (
    <tr ref={row} data-chosen={isSelected} onClick={() => onSelect(event.seq)}>
      <td>
        <Moment at={event.at} style="ms" />
      </td>
      <td className="muted">+{durationText(event.at - from)}</td>
      <td>{event.position === null ? NONE : formatPosition(event.position)}</td>
      <th scope="row" data-tone={tone}>
        <button type="button" className="rowButton" aria-pressed={isSelected}>
          <i className="toneDot" />
          {title}
        </button>
      </th>
      <td className="what">
        <span className="outside" title={detail}>
          {detail}
        </span>
      </td>
    </tr>
  );
}

/** Scrolls the table only: the timeline above, where the person is, must stay where it is. */
function showWithin(row: HTMLElement): void {
  const box = row.closest('.scroll');
  if (box === null) return;
  const { top, bottom } = row.getBoundingClientRect();
  const edge = box.getBoundingClientRect();
  const head = box.querySelector('thead')?.getBoundingClientRect().height ?? 0;
  if (top < edge.top + head) box.scrollTop -= edge.top + head - top;
  else if (bottom > edge.bottom) box.scrollTop += bottom - edge.bottom;
}

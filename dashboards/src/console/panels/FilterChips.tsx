// The filters in force, each with a way out.
import type { ReactNode } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { dimensionTitle } from '../feed/catalogue.ts';
import { splitFilter } from '../live/liveSearch.ts';
import { valueText } from './valueText.ts';

export interface FilterChipsProps {
  readonly is: readonly string[];
  readonly onRemove: (dimension: string, value: string) => void;
  readonly onClear: () => void;
}

export function FilterChips({ is, onRemove, onClear }: FilterChipsProps): ReactNode {
  if (is.length === 0) return null;
  return (
    <ul className="chips" aria-label="Filters">
      {is.map((text) => {
        const filter = splitFilter(text);
        if (filter === null) return null;
        const title = dimensionTitle(filter.dimension);
        const value = valueText(filter.value);
        return (
          <li key={text} className="chip">
            <span className="muted">{title}</span> <b className="outside">{value}</b>
            <button
              type="button"
              aria-label={`Remove the filter ${title} ${value}`}
              onClick={() => onRemove(filter.dimension, filter.value)}
            >
              <Icon name="close" />
            </button>
          </li>
        );
      })}
      {is.length > 1 && (
        <li>
          <button type="button" className="button quiet" onClick={onClear}>
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}

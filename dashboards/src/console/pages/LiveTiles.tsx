// The row of tiles on the live page.
import { type ReactNode, useMemo } from 'react';
import { metricOf } from '../feed/catalogue.ts';
import type { LiveMessage } from '../feed/messages.ts';
import { numbersOf } from '../panels/fieldValues.ts';
import { StatTile } from '../panels/StatTile.tsx';
import { toDataFrame } from '../panels/toDataFrame.ts';
import { TILES } from './liveMetrics.ts';

export interface LiveTilesProps {
  readonly message: LiveMessage | null;
  readonly isCurrent: boolean;
}

export function LiveTiles({ message, isCurrent }: LiveTilesProps): ReactNode {
  const frame = useMemo(() => (message === null ? null : toDataFrame(message.series)), [message]);
  const figureOf = (id: string): number | null | undefined =>
    message === null ? undefined : (message.totals[id] ?? null);
  return (
    <div className="tiles">
      {TILES.map((tile) => {
        const metric = metricOf(tile.id);
        if (metric === undefined) return null;
        const beside = 'beside' in tile ? metricOf(tile.beside.id) : undefined;
        return (
          <StatTile
            key={tile.id}
            metric={metric}
            value={figureOf(tile.id)}
            history={frame === null ? [] : numbersOf(frame, tile.id)}
            basis={tile.basis}
            isCurrent={isCurrent}
            {...('beside' in tile &&
              beside !== undefined && {
                beside: {
                  metric: beside,
                  value: figureOf(tile.beside.id),
                  label: tile.beside.label,
                },
              })}
          />
        );
      })}
    </div>
  );
}

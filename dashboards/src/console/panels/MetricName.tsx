// A metric's name; its tip tells what it is, as the catalogue defines it, and who counts otherwise.
import type { ReactNode } from 'react';
import { Tip } from '../controls/Tip.tsx';
import type { MetricInfo } from '../feed/catalogue.ts';
import { formatFigure } from '../format/formatFigure.ts';

export interface MetricNameProps {
  readonly metric: MetricInfo;
  /** Shown in place of the title where the place is small. */
  readonly short?: string;
}

export function MetricName({ metric, short }: MetricNameProps): ReactNode {
  return (
    <Tip tip={<MetricTip metric={metric} />}>
      <button type="button" className="tipTrigger">
        {short ?? metric.title}
      </button>
    </Tip>
  );
}

export function MetricTip({ metric }: { readonly metric: MetricInfo }): ReactNode {
  const { thresholds, unit } = metric;
  return (
    <>
      <p>
        <strong>{metric.title}</strong> <span className="muted">{metric.question}</span>
      </p>
      <p>{metric.definition}</p>
      {thresholds && (
        <p>
          Worth a look from {formatFigure(thresholds.warn, unit)}, bad from{' '}
          {formatFigure(thresholds.bad, unit)}.
        </p>
      )}
      <p className="muted">{metric.spec}</p>
      {metric.divergences.map((divergence) => (
        <p key={divergence} className="muted">
          {divergence}
        </p>
      ))}
    </>
  );
}

// A moment, written in the property's time zone; UTC shows on hover and is in the element itself.
import type { ReactNode } from 'react';
import { useTimeZone } from '../feed/useStatus.ts';
import { formatTime, type TimeStyle, utcText } from '../format/formatTime.ts';

export interface MomentProps {
  readonly at: number;
  readonly style?: TimeStyle;
}

export function Moment({ at, style = 'second' }: MomentProps): ReactNode {
  const timeZone = useTimeZone();
  const utc = utcText(at);
  return (
    <time dateTime={utc} title={`${utc} (shown in ${timeZone})`}>
      {formatTime(at, timeZone, style)}
    </time>
  );
}

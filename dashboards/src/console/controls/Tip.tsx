// A tip that opens on hover and on keyboard focus, and closes with Escape. Only text goes into it.
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TipProps {
  readonly tip: ReactNode;
  /** The element that the tip belongs to; it must take focus. */
  readonly children: ReactNode;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

export function Tip({ tip, children, side = 'bottom' }: TipProps): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" side={side} sideOffset={6} collisionPadding={12}>
          {tip}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export const TipProvider = Tooltip.Provider;

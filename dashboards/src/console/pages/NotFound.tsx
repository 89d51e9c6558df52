// An address that leads nowhere.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Notice } from '../controls/Notice.tsx';

export function NotFound(): ReactNode {
  return (
    <Notice title="There is no such page">
      <p>The address may be cut short or out of date.</p>
      <Link to="/" className="button">
        Go to the start
      </Link>
    </Notice>
  );
}

import type { ReactNode } from 'react';
export function Views(): ReactNode {
  return <h1>Views</h1>;
}

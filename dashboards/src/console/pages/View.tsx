import type { ReactNode } from 'react';
export function View(): ReactNode {
  return <h1>View</h1>;
}

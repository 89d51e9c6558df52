// What is seen while a page itself is being loaded.
import type { ReactNode } from 'react';

export function PageSkeleton(): ReactNode {
  return (
    <div className="pageSkeleton" role="status" aria-label="Loading">
      <span className="skeleton" />
      <span className="skeleton" />
      <span className="skeleton" />
    </div>
  );
}

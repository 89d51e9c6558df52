// The name and mark of the console.
import type { ReactNode } from 'react';

export function Mark(): ReactNode {
  return (
    <span className="mark">
      <svg aria-hidden="true" viewBox="0 0 32 32" width="1.6em" height="1.6em">
        <rect width="32" height="32" rx="8" fill="var(--accent)" />
        <g
          fill="none"
          stroke="var(--on-accent)"
          strokeWidth="2.75"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d="M23 11.5h-9.5a5.25 5.25 0 1 0 0 10.5H17" />
          <path d="m19.5 7.5 4 4-4 4" />
        </g>
      </svg>
      Retour
    </span>
  );
}

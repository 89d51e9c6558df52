// What stands where content would be: nothing yet, not found, or an error with its remedy.
import type { ReactNode } from 'react';
import { FeedError } from '../feed/feedError.ts';

export interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly alert?: boolean;
}

export function Notice({ title, children, alert = false }: NoticeProps): ReactNode {
  return (
    <div className="notice" role={alert ? 'alert' : undefined}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** An error as the API tells it: what happened, what to do, and the code to search for. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps): ReactNode {
  const told = error instanceof FeedError ? error : null;
  return (
    <Notice title={told?.message ?? 'This page has failed.'} alert>
      <p>{told?.remedy ?? 'Load it again. If it stays so, please report what is written below.'}</p>
      <p className="code">
        {told?.code ?? (error instanceof Error ? error.message : String(error))}
      </p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </Notice>
  );
}

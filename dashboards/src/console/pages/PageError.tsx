// A page that could not be shown: why, what to do, and a way to try again.
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../controls/Notice.tsx';
import { isUnauthorised } from '../feed/feedError.ts';

export function PageError({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  // The sign-in page is under way: its notice would only flash.
  if (isUnauthorised(error)) return null;
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return <ErrorNotice error={error} onRetry={retry} />;
}

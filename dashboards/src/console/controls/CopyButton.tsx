// Copies a text, and says whether it could.
import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from './Icon.tsx';

const SHOWN_MS = 2_000;

export interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
}

export function CopyButton({ text, label }: CopyButtonProps): ReactNode {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async (): Promise<void> => {
    // Absent outside secure contexts: then the text must be selected by hand.
    const clipboard = navigator.clipboard as Clipboard | undefined; // The DOM types do not know that.
    try {
      if (clipboard === undefined) throw new Error('no clipboard');
      await clipboard.writeText(text);
      setResult('copied');
    } catch {
      setResult('failed');
    }
  };
  return (
    <button type="button" className="button" onClick={copy} aria-label={label}>
      <Icon name={result === 'copied' ? 'check' : 'copy'} />
      <span aria-live="polite">
        {result === null ? 'Copy' : result === 'copied' ? 'Copied' : 'Select it and copy by hand'}
      </span>
    </button>
  );
}

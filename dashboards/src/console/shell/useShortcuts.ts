// The keys that work on every page. They never act while a person types.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Every shortcut, as the help shows them. */
export const SHORTCUTS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: 'g l', does: 'Go to Live' },
  { keys: 'g v', does: 'Go to Views' },
  { keys: 'g c', does: 'Go to Connect' },
  { keys: '/', does: 'Search for a view' },
  { keys: '← →', does: 'In a chart: read its values. On a timeline: step through events' },
  { keys: '+ − 0', does: 'On a timeline: zoom in, out, show all' },
  { keys: 'Shift ← →', does: 'On a timeline: move along it' },
  { keys: '?', does: 'This help' },
];

const SECOND_KEY_MS = 1_200;

export function useShortcuts(showHelp: () => void): void {
  const navigate = useNavigate();
  const help = useRef(showHelp);
  help.current = showHelp;
  useEffect(() => {
    let firstAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const second = event.timeStamp - firstAt < SECOND_KEY_MS;
      firstAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (second && event.key === 'l') void navigate({ to: '/live' });
      else if (second && event.key === 'v') void navigate({ to: '/views' });
      else if (second && event.key === 'c') void navigate({ to: '/welcome' });
      else if (event.key === '?') help.current();
      else if (event.key === '/') {
        event.preventDefault();
        const search = document.querySelector<HTMLInputElement>('input[type="search"]');
        if (search === null) void navigate({ to: '/views' });
        else search.focus();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea, dialog *');
}

// Which theme is shown: the system's unless the person chose one. Kept in this browser.
import { useCallback, useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'retour.theme';
const CHANGED = 'retour:theme';
const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

/** Puts the kept choice on the page; called before the first paint. */
export function applyTheme(): void {
  const choice = readTheme();
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

export function useTheme(): { readonly choice: ThemeChoice; readonly next: () => void } {
  const choice = useSyncExternalStore(subscribeTheme, readTheme);
  const next = useCallback(() => {
    localStorage.setItem(KEY, NEXT[readTheme()]);
    applyTheme();
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return { choice, next };
}

/** Which of the two is really seen; charts are drawn anew when it changes. */
export function useShownTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribeTheme, () => {
    const choice = readTheme();
    if (choice !== 'system') return choice;
    return darkQuery().matches ? 'dark' : 'light';
  });
}

function readTheme(): ThemeChoice {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function subscribeTheme(listener: () => void): () => void {
  const query = darkQuery();
  query.addEventListener('change', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    query.removeEventListener('change', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

function darkQuery(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}

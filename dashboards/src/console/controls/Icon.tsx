// The few icons of the console, drawn on a 16 px grid in the colour of the text beside them.
import type { ReactNode } from 'react';

const PATHS = {
  close: 'm4.5 4.5 7 7m0-7-7 7',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3.05 3.05l1 1m7.9 7.9 1 1m0-9.9-1 1m-7.9 7.9-1 1',
  moon: 'M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z',
  auto: 'M2 3h12v8H2zM5.5 13.5h5M8 11v2.5',
  signOut: 'M6 2.5H3v11h3M6.5 8H14m-2.5-2.8L14.3 8l-2.8 2.8',
  help: 'M5.6 6a2.4 2.4 0 1 1 3.5 2.2c-.7.4-1.1.8-1.1 1.6m0 2.6v.2',
  up: 'm4 9.8 4-4 4 4',
  down: 'm4 6.2 4 4 4-4',
  warning: 'M8 2 1.5 13.5h13zM8 6.5v3.2m0 2v.2',
  broken:
    'm2 2 12 12M5.2 5.3A7 7 0 0 0 3.4 6.6M8 4.4c1.8 0 3.4.8 4.6 2.2M6.3 9.4a2.5 2.5 0 0 1 2.5-.7M8 12.4v.1M1.6 4.8l1-.8m11.8.8a9.5 9.5 0 0 0-6.8-2.7',
  quiet: 'M2 8h3l1-1 1 2 1-1h6',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9m3.3 7.8 3.2 3.2',
  back: 'M9.8 4 5.8 8l4 4',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6v-3.5H6m4 0h3.5V6m0 4v3.5H10m-4 0H2.5V10',
  play: 'M5 3.2v9.6L12.6 8z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg
      aria-hidden="true"
      width="1.1em"
      height="1.1em"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

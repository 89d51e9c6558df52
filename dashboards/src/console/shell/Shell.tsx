// The frame around every page: where one is, how the feed stands, theme and sign-out. No figures.
import { Link, Outlet, useRouteContext } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { Tip } from '../controls/Tip.tsx';
import { useFeed } from '../feed/FeedProvider.tsx';
import { useLive } from '../feed/useLive.ts';
import { useStatus } from '../feed/useStatus.ts';
import { useTheme } from '../theme/theme.ts';
import { FeedBanner } from './FeedBanner.tsx';
import { FeedPulse } from './FeedPulse.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { Mark } from './Mark.tsx';
import './shell.css';
import { useShortcuts } from './useShortcuts.ts';

const PAGES = [
  { to: '/live', title: 'Live' },
  { to: '/views', title: 'Views' },
  { to: '/welcome', title: 'Connect' },
] as const;

export function Shell(): ReactNode {
  const status = useStatus();
  useLiveConnection();
  const help = useRef<HTMLDialogElement>(null);
  useShortcuts(() => help.current?.showModal());
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <Link to="/live" className="home" aria-label="Retour, live page">
          <Mark />
        </Link>
        <span className="property outside" title={status.data?.property.name}>
          {status.data?.property.name ?? ''}
        </span>
        <nav aria-label="Pages">
          {PAGES.map(({ to, title }) => (
            <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
              {title}
            </Link>
          ))}
        </nav>
        <FeedPulse />
        <ThemeButton />
        <button
          type="button"
          className="button quiet icon onlyWide"
          aria-label="Keyboard shortcuts"
          onClick={() => help.current?.showModal()}
        >
          <Icon name="help" />
        </button>
        <SignOutButton />
      </header>
      <FeedBanner />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <KeyboardHelp dialog={help} />
    </div>
  );
}

/** One live connection for as long as somebody is signed in; a token that no longer is valid ends it. */
function useLiveConnection(): void {
  const { live } = useFeed();
  const { token, signOut } = useRouteContext({ from: '__root__' });
  const { error } = useLive();
  useEffect(() => {
    const known = token();
    return known === null ? undefined : live.start(known);
  }, [live, token]);
  useEffect(() => {
    if (error?.code === 'unauthorized') signOut();
  }, [error, signOut]);
}

function ThemeButton(): ReactNode {
  const { choice, next } = useTheme();
  const icon = choice === 'system' ? 'auto' : choice === 'light' ? 'sun' : 'moon';
  return (
    <Tip tip={`Theme: ${choice}`}>
      <button
        type="button"
        className="button quiet icon"
        aria-label={`Theme: ${choice}. Change it`}
        onClick={next}
      >
        <Icon name={icon} />
      </button>
    </Tip>
  );
}

function SignOutButton(): ReactNode {
  const signOut = useRouteContext({ from: '__root__', select: (context) => context.signOut });
  return (
    <Tip tip="Sign out">
      <button type="button" className="button quiet icon" aria-label="Sign out" onClick={signOut}>
        <Icon name="signOut" />
      </button>
    </Tip>
  );
}

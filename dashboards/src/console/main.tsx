// Starts the console in the browser: theme and token first, then the pages. The only file that wires
// the page's globals into the rooms.
import '@fontsource-variable/inter/wght.css';
import './theme/tokens.css';
import './theme/base.css';
import './controls/controls.css';
import { connectLive } from '@retour/analytics/client';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { TipProvider } from './controls/Tip.tsx';
import { FeedProvider } from './feed/FeedProvider.tsx';
import { createFeedApi } from './feed/feedApi.ts';
import { FeedError, isUnauthorised } from './feed/feedError.ts';
import { createLiveFeed } from './feed/liveFeed.ts';
import { createConsoleRouter } from './router.tsx';
import { forgetToken, readToken, takeToken } from './session/token.ts';
import { applyTheme } from './theme/theme.ts';

const RETRIES = 2;

applyTheme();
takeToken({ location, history, storage: sessionStorage });

const token = (): string | null => readToken(sessionStorage);
const api = createFeedApi({ baseUrl: '', token });
const live = createLiveFeed({
  url: new URL('/api/live', location.href).href.replace(/^http/, 'ws'),
  connect: connectLive,
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isUnauthorised(error)) signOut();
    },
  }),
  defaultOptions: {
    queries: {
      // What the API refused will be refused again; what did not arrive may.
      retry: (failures, error) =>
        failures < RETRIES &&
        !(error instanceof FeedError && error.status >= 400 && error.status < 500),
    },
  },
});
const router = createConsoleRouter({ api, queries, token, signOut });

function signOut(): void {
  forgetToken(sessionStorage);
  if (router.state.location.pathname === '/sign-in') return;
  const to = router.state.location.href;
  queries.removeQueries();
  void router.navigate({ to: '/sign-in', search: to === '/' ? {} : { to } });
}

const place = document.getElementById('console');
if (place === null) throw new Error('index.html has no element with the id "console".');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <FeedProvider api={api} live={live}>
        <TipProvider delayDuration={250} skipDelayDuration={200}>
          <RouterProvider router={router} />
        </TipProvider>
      </FeedProvider>
    </QueryClientProvider>
  </StrictMode>,
);

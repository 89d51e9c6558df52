// The console's addresses and which page each leads to. Pages are loaded when they are first opened.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { FeedApi } from './feed/feedApi.ts';
import { statusQuery } from './feed/useStatus.ts';
import { toLiveSearch } from './live/liveSearch.ts';
import { NotFound } from './pages/NotFound.tsx';
import { PageError } from './pages/PageError.tsx';
import { PageSkeleton } from './pages/PageSkeleton.tsx';
import { SignIn } from './pages/SignIn.tsx';
import { parseSearch, writeSearch } from './shell/addressSearch.ts';
import { Shell } from './shell/Shell.tsx';
import { toViewsSearch } from './views/viewsSearch.ts';

export interface RouterContext {
  readonly api: FeedApi;
  readonly queries: QueryClient;
  readonly token: () => string | null;
  readonly signOut: () => void;
}

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignIn,
  validateSearch: (raw: Record<string, unknown>): { to?: string } =>
    typeof raw.to === 'string' && isOwnPath(raw.to) ? { to: raw.to } : {},
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ context, location }) => {
    if (context.token() !== null) return;
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
  },
});

const start = createRoute({
  getParentRoute: () => shell,
  path: '/',
  loader: async ({ context }) => {
    const status = await context.queries.ensureQueryData(statusQuery(context.api));
    throw redirect({ to: status.state === 'empty' ? '/welcome' : '/live', replace: true });
  },
});

const welcome = createRoute({
  getParentRoute: () => shell,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./pages/Welcome.tsx'), 'Welcome'),
});

const live = createRoute({
  getParentRoute: () => shell,
  path: '/live',
  component: lazyRouteComponent(() => import('./pages/Live.tsx'), 'Live'),
  validateSearch: toLiveSearch,
});

const views = createRoute({
  getParentRoute: () => shell,
  path: '/views',
  component: lazyRouteComponent(() => import('./pages/Views.tsx'), 'Views'),
  validateSearch: toViewsSearch,
});

const view = createRoute({
  getParentRoute: () => shell,
  path: '/views/$id',
  component: lazyRouteComponent(() => import('./pages/View.tsx'), 'View'),
});

const routeTree = root.addChildren([
  signIn,
  shell.addChildren([start, welcome, live, views, view]),
]);

export function createConsoleRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 150,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });
}

/** Only a path of this console may follow a sign-in: never another site's address. */
function isOwnPath(to: string): boolean {
  return to.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\');
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}

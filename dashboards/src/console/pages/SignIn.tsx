// Signs in with a read token. The token is kept for this tab and goes nowhere but to the API.
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useFeed } from '../feed/FeedProvider.tsx';
import { FeedError, isUnauthorised } from '../feed/feedError.ts';
import { forgetToken, keepToken } from '../session/token.ts';
import { Mark } from '../shell/Mark.tsx';
import './signIn.css';

const route = getRouteApi('/sign-in');

export function SignIn(): ReactNode {
  const { to } = route.useSearch();
  const router = useRouter();
  const { api } = useFeed();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = 'Sign in · Retour';
  }, []);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const given = tokenIn(token);
    if (given === '') return setProblem('Paste a token first.');
    setBusy(true);
    setProblem(null);
    keepToken(sessionStorage, given);
    try {
      await api.status();
      router.history.push(to ?? '/');
    } catch (error) {
      forgetToken(sessionStorage);
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="signIn">
      <form className="card" onSubmit={submit}>
        <Mark />
        <h1>Sign in to Retour</h1>
        <p className="muted">
          Paste the property’s <b>read token</b>. It is printed where Retour was started, in the
          console’s address after <code>#token=</code>; opening that address signs you in at once.
        </p>
        <label htmlFor="token">Read token</label>
        <input
          id="token"
          className="field mono"
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={token}
          onChange={(event) => setToken(event.target.value)}
          aria-invalid={problem !== null}
          aria-describedby="tokenProblem"
        />
        <p id="tokenProblem" className="problem" role="alert">
          {problem}
        </p>
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </button>
        <p className="muted small">
          The token stays in this tab and is forgotten when it closes. A write key does not open the
          console.
        </p>
      </form>
    </main>
  );
}

/** People paste the whole address: the token is what follows `#token=`. */
function tokenIn(text: string): string {
  const after = text.split('#token=')[1];
  return (after ?? text).split('&')[0]?.trim() ?? '';
}

function toProblem(error: unknown): string {
  if (isUnauthorised(error))
    return 'This token is not valid, or no longer. Check that it was copied whole.';
  if (error instanceof FeedError) return `${error.message} ${error.remedy}`;
  return String(error);
}

import { describe, expect, it } from 'vitest';
import { type PageState, watchPage } from './pageLife.ts';

class FakePage extends EventTarget {
  visibilityState = 'visible';
}

function setUp() {
  const document = new FakePage();
  const scope = Object.assign(new EventTarget(), { document });
  const states: PageState[] = [];
  const stop = watchPage(scope as unknown as Window, (state) => states.push(state)); // All it listens to.
  const fire = (target: EventTarget, type: string, given: object = {}): void => {
    target.dispatchEvent(Object.assign(new Event(type), given));
  };
  return { document, fire, scope, states, stop };
}

describe('watchPage', () => {
  it('tells hiding, freezing, leaving and coming back apart', () => {
    const { document, fire, scope, states } = setUp();
    document.visibilityState = 'hidden';
    fire(document, 'visibilitychange');
    document.visibilityState = 'visible';
    fire(document, 'visibilitychange');
    fire(document, 'freeze');
    fire(document, 'resume');
    fire(scope, 'pagehide', { persisted: true });
    fire(scope, 'pageshow', { persisted: true });
    fire(scope, 'pageshow', { persisted: false });
    fire(scope, 'pagehide', { persisted: false });
    expect(states).toEqual(['hidden', 'visible', 'frozen', 'resumed', 'frozen', 'resumed', 'left']);
  });

  it('hears what the page stops, and nothing once it is ended', () => {
    const { document, fire, scope, states, stop } = setUp();
    scope.addEventListener('pagehide', (event) => event.stopPropagation());
    fire(scope, 'pagehide');
    stop();
    fire(scope, 'pagehide');
    fire(document, 'visibilitychange');
    expect(states).toEqual(['left']);
  });
});

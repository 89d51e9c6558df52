import { describe, expect, it } from 'vitest';
import { type PageState, watchPage } from './pageLife.ts';

/** What is dispatched on a real document comes by the window: `platform.slow.test.ts`. */
function setUp() {
  const document = { visibilityState: 'visible' };
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
    fire(scope, 'visibilitychange');
    document.visibilityState = 'visible';
    fire(scope, 'visibilitychange');
    fire(scope, 'freeze');
    fire(scope, 'resume');
    fire(scope, 'pagehide', { persisted: true });
    fire(scope, 'pageshow', { persisted: true });
    fire(scope, 'pageshow', { persisted: false });
    fire(scope, 'pagehide', { persisted: false });
    expect(states).toEqual(['hidden', 'visible', 'frozen', 'resumed', 'frozen', 'resumed', 'left']);
  });

  it('tells that the network is gone', () => {
    const { fire, scope, states } = setUp();
    fire(scope, 'offline');
    fire(scope, 'online');
    expect(states).toEqual(['offline']);
  });

  it('hears nothing once it is ended', () => {
    const { fire, scope, states, stop } = setUp();
    fire(scope, 'pagehide');
    stop();
    fire(scope, 'pagehide');
    fire(scope, 'visibilitychange');
    expect(states).toEqual(['left']);
  });
});

// What the page's life means for the view: hidden may be the end, so all leaves; back means on.
import type { PageState } from './platform/pageLife.ts';
import type { Session } from './session.ts';

export function followPage(session: Session, state: PageState): void {
  switch (state) {
    case 'hidden':
      session.leave(() => {
        session.report('visibility', { hidden: true });
        session.report('detach', { reason: 'hidden' });
      });
      break;
    case 'frozen':
      session.leave(() => session.report('suspend', {}));
      break;
    case 'left':
      session.leave(() => session.report('detach', { reason: 'left' }));
      break;
    case 'resumed':
      session.comeBack(() => session.report('resume', {}));
      break;
    case 'visible':
      session.comeBack(() => session.report('visibility', { hidden: false }));
      break;
  }
}

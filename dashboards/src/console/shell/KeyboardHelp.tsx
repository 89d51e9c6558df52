// The list of keyboard shortcuts, in the browser's own dialog.
import type { ReactNode, RefObject } from 'react';
import { SHORTCUTS } from './useShortcuts.ts';

export function KeyboardHelp({
  dialog,
}: {
  readonly dialog: RefObject<HTMLDialogElement | null>;
}): ReactNode {
  return (
    <dialog ref={dialog} className="help" aria-labelledby="helpTitle">
      <h2 id="helpTitle">Keyboard</h2>
      <dl>
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" className="button">
          Close
        </button>
      </form>
    </dialog>
  );
}

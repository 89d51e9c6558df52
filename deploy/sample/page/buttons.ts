// The buttons of what plays: which are there, which have an effect, and where the focus goes when the
// one that was pressed has gone.

export interface ButtonsState {
  readonly playing: boolean;
  readonly paused: boolean;
  /** The present view's id: empty where nothing is measured. */
  readonly view: string;
}

/** What concerns the measuring only. */
const MEASURING = ['error', 'optOut'];

export function createButtons(
  play: HTMLButtonElement,
  acts: HTMLElement,
): (state: ButtonsState) => void {
  const buttons = [...acts.querySelectorAll('button')];
  const toggle = buttons.find(({ dataset }) => dataset.act === 'toggle');
  return ({ playing, paused, view }) => {
    const focused = document.activeElement;
    play.hidden = playing;
    acts.hidden = !playing;
    if (toggle) toggle.textContent = paused ? 'Play' : 'Pause';
    for (const button of buttons)
      button.disabled = view === '' && MEASURING.includes(button.dataset.act ?? '');
    if (focused?.closest('[hidden], :disabled')) (playing ? toggle : play)?.focus();
  };
}

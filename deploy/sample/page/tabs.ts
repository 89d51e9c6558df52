// Tabs as ARIA describes them: one is chosen; arrows, Home and End move between them.

export function startTabs(list: HTMLElement): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const choose = (chosen: HTMLElement) => {
    for (const tab of tabs) {
      const mine = tab === chosen;
      tab.setAttribute('aria-selected', String(mine));
      tab.tabIndex = mine ? 0 : -1;
      const pane = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (pane) pane.hidden = !mine;
    }
  };
  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab));
    const targets: Readonly<Record<string, HTMLElement | undefined>> = {
      ArrowLeft: tabs.at(i - 1),
      ArrowRight: tabs[(i + 1) % tabs.length],
      Home: tabs[0],
      End: tabs.at(-1),
    };
    tab.addEventListener('keydown', (event) => {
      const next = targets[event.key];
      if (next === undefined) return;
      event.preventDefault(); // Home and End would scroll the page.
      choose(next);
      next.focus();
    });
  }
}

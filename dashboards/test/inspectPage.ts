// Looks at a page as a keyboard or a screen reader would, and as a ruler would: what has no name, what
// stands twice, what sticks out. Each finding is a sentence; none is good.
import type { Page } from 'playwright-core';

export async function inspectPage(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const findings: string[] = [];
    const show = (element: Element): string => element.outerHTML.slice(0, 120);
    const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
    const isShown = (element: Element): boolean => element.getClientRects().length > 0;
    const nameOf = (element: Element): string => {
      const label = element.getAttribute('aria-label') ?? '';
      const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const labelled = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
      const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      const own = labels
        ? [...(element.labels ?? [])].map((each) => each.textContent).join(' ')
        : element.textContent;
      return `${label}${labelled}${own ?? ''}`.trim();
    };
    for (const element of all('a, button, input, select, [role="group"], nav, dialog, section')) {
      if (isShown(element) && nameOf(element) === '') findings.push(`no name: ${show(element)}`);
    }
    for (const element of all('[tabindex]')) {
      if (Number(element.getAttribute('tabindex')) > 0)
        findings.push(`tab order: ${show(element)}`);
    }
    const ids = all('[id]').map((element) => element.id);
    for (const id of ids.filter((each, at) => ids.indexOf(each) !== at))
      findings.push(`id twice: ${id}`);
    if (all('h1').filter(isShown).length !== 1)
      findings.push(`${all('h1').length} headings of level 1`);
    if (all('main').length !== 1) findings.push(`${all('main').length} main landmarks`);
    if (document.documentElement.lang === '') findings.push('no language');
    for (const th of all('th'))
      if (!th.hasAttribute('scope')) findings.push(`th without scope: ${show(th)}`);
    for (const element of all('button, a')) {
      const box = element.getBoundingClientRect();
      if (isShown(element) && box.width * box.height > 0 && box.height < 14)
        findings.push(`small: ${show(element)}`);
    }
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      findings.push(`wider than the window by ${root.scrollWidth - root.clientWidth} px`);
    }
    return findings;
  });
}

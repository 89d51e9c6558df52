// The few elements that the page is built of. Whatever comes from outside becomes text.

export function byId<T extends HTMLElement>(id: string, kind: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
}

export function showText(id: string, text: string): void {
  byId(id, HTMLElement).textContent = text;
}

export function toElement(
  tag: keyof HTMLElementTagNameMap,
  name: string,
  ...content: readonly (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  if (name !== '') element.className = name;
  element.append(...content);
  return element;
}

/** A table of name, value and unit under a heading. */
export function toTable(
  title: string,
  lines: readonly (readonly [string, string, string])[],
): HTMLElement {
  const rows = lines.map(([name, value, unit]) =>
    toElement(
      'tr',
      '',
      toElement('th', '', name),
      toElement('td', '', toElement('bdi', '', toVisible(value))),
      toElement('td', 'unit', unit),
    ),
  );
  return toElement('table', '', toElement('caption', '', title), toElement('tbody', '', ...rows));
}

/** Spaces, fillers, and marks that have no letter to stand on: alone, they look like nothing. */
const BLANK = /^[\s\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/**
 * Signs that cannot be seen, or that turn the direction of others, by their numbers; and every sign
 * of a text that would look empty.
 */
export function toVisible(text: string): string {
  const hidden = BLANK.test(text) ? /./gsu : /[\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu;
  return text.replace(hidden, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

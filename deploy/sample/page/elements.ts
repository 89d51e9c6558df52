// The few elements that the page is built of. Whatever comes from outside becomes text.

export function byId<T extends HTMLElement>(id: string, kind: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
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

/** Signs that cannot be seen, or that turn the direction of others, by their numbers. */
export function toVisible(text: string): string {
  return text.replace(/[\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, (sign) => {
    return `\\u{${sign.codePointAt(0)?.toString(16)}}`;
  });
}

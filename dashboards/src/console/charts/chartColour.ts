// Turns a design token into a colour that a canvas understands, in the theme that is shown.

/** The colour that `var(--name)` computes to on this element. */
export function chartColour(on: HTMLElement, token: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--${token})`;
  on.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** The same colour, more transparent. */
export function faded(colour: string, alpha: number): string {
  return colour.replace(/^rgba?\(([^)]+)\)$/, (_, inside: string) => {
    const [red = '0', green = '0', blue = '0'] = inside.split(/[ ,/]+/);
    return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
  });
}

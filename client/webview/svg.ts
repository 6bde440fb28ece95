const NAMESPACE = 'http://www.w3.org/2000/svg';

/** The width of a plot in its own units. */
export const WIDTH = 560;

/** A plot of this height; `name` says what it shows. */
export function plot(height: number, name: string, parts: readonly SVGElement[]): SVGElement {
  const made = svg('svg', {
    class: 'plot',
    role: 'img',
    'aria-label': name,
    viewBox: `0 0 ${WIDTH} ${height}`,
  });
  made.append(...parts);
  return made;
}

/** Makes a text. */
export function label(x: number, y: number, text: string, anchor = 'middle'): SVGElement {
  const made = svg('text', { x, y, 'text-anchor': anchor });
  made.textContent = text;
  return made;
}

/** Makes an element of a plot. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
): SVGElement {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

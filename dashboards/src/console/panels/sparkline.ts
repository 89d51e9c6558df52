// The line of a sparkline as SVG path data, in a box of width × height. Gaps stay gaps.

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Path of the values over equal steps; the box is scaled from 0 to the largest value. */
export function toSparkline(values: readonly (number | null)[], box: Box): string {
  const known = values.filter((value): value is number => value !== null);
  const top = Math.max(0, ...known);
  const step = values.length > 1 ? box.width / (values.length - 1) : 0;
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = round(index * step);
    const y = round(box.height - (top === 0 ? 0 : (value / top) * box.height));
    path += `${pen}${x} ${y}`;
    // A lone point between gaps is a dot: a line of no length with a round cap.
    if (pen === 'M' && (values[index + 1] ?? null) === null) path += `L${x} ${y}`;
    pen = 'L';
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

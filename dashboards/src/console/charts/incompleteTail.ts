// The uPlot plugin that marks the newest, incomplete part of a chart: hatched, and named.
import type uPlot from 'uplot';

export interface TailOptions {
  /** Figures after this moment are incomplete; epoch ms. */
  readonly completeUntil: () => number;
  readonly line: string;
  readonly wash: string;
}

const STEP_PX = 7;

export function incompleteTail(options: TailOptions): uPlot.Plugin {
  return { hooks: { drawClear: (plot) => drawTail(plot, options) } };
}

function drawTail(plot: uPlot, { completeUntil, line, wash }: TailOptions): void {
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  const from = Math.max(bbox.left, plot.valToPos(completeUntil(), 'x', true));
  if (!(from < right)) return;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(from, bbox.top, right - from, bbox.height);
  ctx.fillStyle = wash;
  ctx.fill();
  ctx.clip();
  ctx.strokeStyle = line;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  for (let x = from - bbox.height; x < right; x += STEP_PX * ratio) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

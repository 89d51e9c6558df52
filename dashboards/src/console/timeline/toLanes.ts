// The lanes under the states: renditions, delivery, buffer, latency, hosts and hidden spans, each as
// runs on the time axis. It only arranges what the rows say.
import { type Level, number, type SliceRow, type ViewRows } from './viewRows.ts';

export interface RenditionRun {
  readonly from: number;
  readonly to: number;
  readonly bitrate: number;
  readonly width: number;
  readonly height: number;
}

export interface HostRun {
  readonly from: number;
  readonly to: number;
  readonly host: string;
  readonly pathway: string;
}

export interface LevelRun extends Level {
  readonly from: number;
  readonly to: number;
}

export interface DeliveryRun {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly requests: number;
  readonly failures: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** From the rendition events; where there is none, the one that played longest in each slice. */
export function toRenditionRuns(rows: ViewRows): RenditionRun[] {
  const changes = rows.events.filter((event) => event.type === 'rendition');
  if (changes.length === 0) return rows.slices.flatMap(toMainRendition).reduce(joinRenditions, []);
  return changes
    .map((event, index) => {
      const raw = event.facts.rendition;
      const rendition = raw !== null && typeof raw === 'object' ? { ...raw } : {};
      const said = rendition as Readonly<Record<string, unknown>>; // Any object reads as one.
      return {
        from: event.at,
        to: changes[index + 1]?.at ?? rows.to,
        bitrate: number(said.bitrate),
        width: number(said.width),
        height: number(said.height),
      };
    })
    .filter(isLong);
}

export function toHostRuns(rows: ViewRows): HostRun[] {
  const runs: HostRun[] = [];
  for (const { from, to, host, pathway } of rows.slices) {
    const last = runs.at(-1);
    if (last !== undefined && last.host === host && last.pathway === pathway) {
      runs[runs.length - 1] = { ...last, to };
    } else runs.push({ from, to, host, pathway });
  }
  return runs.filter((run) => run.host !== '' || run.pathway !== '').filter(isLong);
}

export function toLevelRuns(rows: ViewRows, of: 'buffer' | 'latency'): LevelRun[] {
  return rows.slices.flatMap((slice) => {
    const level = slice[of];
    return level === null || slice.to <= slice.from
      ? []
      : [{ from: slice.from, to: slice.to, ...level }];
  });
}

export function toDeliveryRuns(rows: ViewRows): DeliveryRun[] {
  return rows.slices
    .filter((slice) => slice.requests > 0 && slice.to > slice.from)
    .map(({ from, to, bytes, requests, requestFailures }) => ({
      from,
      to,
      bytes,
      requests,
      failures: requestFailures,
    }));
}

/** When the page could not be seen; what still is hidden lasts to the end. */
export function toHiddenSpans(rows: ViewRows): Span[] {
  const spans: Span[] = [];
  let hiddenAt: number | null = null;
  for (const event of rows.events) {
    if (event.type !== 'visibility') continue;
    if (event.facts.hidden === true) hiddenAt ??= event.at;
    else if (hiddenAt !== null) {
      spans.push({ from: hiddenAt, to: event.at });
      hiddenAt = null;
    }
  }
  if (hiddenAt !== null) spans.push({ from: hiddenAt, to: rows.to });
  return spans.filter(isLong);
}

/** The run that holds at a moment; runs follow each other. */
export function runAt<Run extends Span>(runs: readonly Run[], at: number): Run | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run === undefined) return undefined;
    if (at < run.from) high = middle - 1;
    else if (at >= run.to) low = middle + 1;
    else return run;
  }
  return undefined;
}

/** As people name renditions: 1080p, or the width where that is all there is. */
export function renditionName(run: { readonly width: number; readonly height: number }): string {
  if (run.height > 0) return `${run.height}p`;
  return run.width > 0 ? `${run.width} px wide` : '';
}

function toMainRendition({ from, to, renditions }: SliceRow): RenditionRun[] {
  const main = [...renditions].sort((a, b) => b.playingMs - a.playingMs)[0];
  if (main === undefined || to <= from) return [];
  return [{ from, to, bitrate: main.bitrate, width: main.width, height: main.height }];
}

function joinRenditions(runs: RenditionRun[], run: RenditionRun): RenditionRun[] {
  const last = runs.at(-1);
  const same =
    last !== undefined &&
    last.bitrate === run.bitrate &&
    last.height === run.height &&
    last.to === run.from;
  if (same) runs[runs.length - 1] = { ...last, to: run.to };
  else runs.push(run);
  return runs;
}

function isLong(span: Span): boolean {
  return span.to > span.from;
}

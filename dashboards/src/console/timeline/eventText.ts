// What an event says in words: its name, the facts worth a line, and how it should look. Unknown types
// are shown as they came.

import { durationText, formatPosition } from '../format/formatDuration.ts';
import { toBitrate } from '../format/formatFigure.ts';
import { type EventRow, number, text } from './viewRows.ts';

export type EventTone = 'plain' | 'good' | 'warn' | 'bad' | 'faint';

export interface EventText {
  readonly title: string;
  readonly detail: string;
  readonly tone: EventTone;
}

type Facts = Readonly<Record<string, unknown>>;
type Writer = (facts: Facts) => readonly [title: string, detail: string, tone?: EventTone];

const WRITERS: Readonly<Record<string, Writer>> = {
  requested: (f) => ['Playback requested', by(f.by)],
  playerReady: (f) => ['Player ready', after(f.durationMs)],
  firstFrame: (f) => [
    f.of === 'ad' ? 'First frame of an ad' : 'First frame',
    f.startupMs === undefined ? '' : `startup ${duration(f.startupMs)}`,
    'good',
  ],
  stall: (f) => ['Stall', joined([running(f.durationMs), hints(f.hints)]), 'bad'],
  seek: (f) => [
    'Seek',
    joined([
      `${formatPosition(number(f.from))} → ${formatPosition(number(f.to))}`,
      f.latencyMs === undefined ? 'still under way' : `moving after ${duration(f.latencyMs)}`,
      by(f.by),
    ]),
    'warn',
  ],
  rendition: (f) => [renditionTitle(f.change), rendition(f.rendition), 'faint'],
  pathway: (f) => ['Pathway', joined([text(f.host), text(f.pathway)]), 'faint'],
  error: (f) => [
    f.fatal === true ? 'Fatal error' : 'Error',
    joined([
      text(f.code),
      text(f.category),
      text(f.message),
      f.business === true ? 'business' : '',
    ]),
    f.fatal === true ? 'bad' : 'warn',
  ],
  pause: (f) => ['Pause', joined([running(f.durationMs), by(f.by)])],
  resume: (f) => ['Resume', by(f.by)],
  suspended: (f) => ['Device slept', after(f.durationMs), 'faint'],
  adBreak: (f) => ['Ad break', joined([text(f.slot), running(f.durationMs)])],
  ad: (f) => [
    f.error === undefined ? 'Ad' : 'Ad error',
    joined([
      text(f.creative) || text(f.id),
      f.started === true ? `quartile ${number(f.quartile)} of 4` : 'not started',
      f.skipped === true ? 'skipped' : '',
      text(f.error),
    ]),
    f.error === undefined ? 'plain' : 'warn',
  ],
  visibility: (f) => [f.hidden === true ? 'Page hidden' : 'Page visible', '', 'faint'],
  presentation: (f) => [PRESENTATIONS[text(f.mode)] ?? `Shown as ${text(f.mode)}`, '', 'faint'],
  captions: (f) => [f.language === undefined ? 'Captions off' : 'Captions on', text(f.language)],
  interaction: (f) => ['Interaction', joined([text(f.kind), text(f.name), text(f.value)])],
  recommendation: (f) => ['Recommendation', joined([text(f.kind), text(f.surface), text(f.id)])],
  ended: () => ['Ended', 'the content was played to its end', 'good'],
  exit: (f) => [
    'Exit',
    joined([text(f.kind), f.provisional === true ? 'provisional' : '']),
    f.kind === 'failed' ? 'bad' : 'plain',
  ],
};

const PRESENTATIONS: Readonly<Record<string, string>> = {
  inline: 'Back in the page',
  fullscreen: 'Full screen',
  pip: 'Picture in picture',
  cast: 'On another screen',
};

export function toEventText(event: EventRow): EventText {
  const writer = Object.hasOwn(WRITERS, event.type) ? WRITERS[event.type] : undefined;
  if (writer === undefined) {
    return { title: event.type, detail: JSON.stringify(event.facts), tone: 'plain' };
  }
  const [title, detail, tone = 'plain'] = writer(event.facts);
  return { title, detail, tone };
}

function duration(ms: unknown): string {
  return durationText(number(ms));
}

function after(ms: unknown): string {
  return ms === undefined ? '' : duration(ms);
}

/** A duration that is absent still runs. */
function running(ms: unknown): string {
  return ms === undefined ? 'still going on' : duration(ms);
}

function by(actor: unknown): string {
  return text(actor) === '' || actor === 'unknown' ? '' : `by ${text(actor)}`;
}

function hints(raw: unknown): string {
  if (raw === null || typeof raw !== 'object') return '';
  const f = raw as Facts; // Any object reads as one.
  return joined([
    f.decoder === true ? 'decoder stuck, buffer full' : '',
    f.bufferMs === undefined ? '' : `buffer ${duration(f.bufferMs)}`,
    f.waitingMs === undefined ? '' : `a request open for ${duration(f.waitingMs)}`,
    text(f.host),
    f.afterSeek === true ? 'after a seek' : '',
    f.hidden === true ? 'page hidden' : '',
  ]);
}

function renditionTitle(change: unknown): string {
  return change === 'up' ? 'Rendition up' : change === 'down' ? 'Rendition down' : 'Rendition';
}

function rendition(raw: unknown): string {
  if (raw === null || typeof raw !== 'object') return '';
  const f = raw as Facts; // Any object reads as one.
  const bitrate = number(f.bitrate) > 0 ? toBitrate(number(f.bitrate)) : null;
  return joined([
    number(f.height) > 0 ? `${number(f.width)} × ${number(f.height)}` : '',
    bitrate === null ? '' : `${bitrate.number}\u202f${bitrate.unit}`,
    text(f.codec),
    number(f.frameRate) > 0 ? `${number(f.frameRate)} fps` : '',
    text(f.hdr),
  ]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

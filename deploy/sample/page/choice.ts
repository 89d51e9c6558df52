// The form: what is chosen, and which of it asks for another player.
import type { PrivacyMode } from '@retour/player-sdk/contract';
import type { Choice, NetworkName, PlayerName } from './players.ts';

export interface FullChoice extends Choice {
  readonly privacy: PrivacyMode;
  readonly autoplay: boolean;
  readonly muted: boolean;
  readonly rate: number;
}

const PLAYERS: readonly PlayerName[] = ['hlsjs', 'videojs', 'dashjs', 'shaka', 'native', 'mp4'];
const NETWORKS: readonly NetworkName[] = ['whole', 'slow', 'missing'];
/** From the strictest on. */
const MODES: readonly PrivacyMode[] = ['none', 'exempt', 'consented'];

export function readChoice(form: HTMLFormElement): FullChoice {
  const data = new FormData(form);
  const one = <T extends string>(name: string, [first, ...others]: readonly T[]): T => {
    const value = data.get(name);
    return others.find((other) => other === value) ?? (first as T); // No list is empty.
  };
  return {
    player: one('player', PLAYERS),
    stream: one('stream', ['vod', 'live'] as const),
    network: one('network', NETWORKS),
    privacy: one('privacy', MODES),
    autoplay: data.has('autoplay'),
    muted: data.has('muted'),
    rate: Number(data.get('rate') ?? 1),
  };
}

/** The property's settings may only tighten what a page asks for: whether they did. */
export function isTightened(asked: PrivacyMode, sent: PrivacyMode): boolean {
  return MODES.indexOf(sent) < MODES.indexOf(asked);
}

export interface ChoiceEvents {
  /** Another player, stream, network or start: what plays now ends. */
  onOther(): void;
  /** What a running view can take over. */
  onSetting(): void;
}

export function startChoice(form: HTMLFormElement, { onOther, onSetting }: ChoiceEvents): void {
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', ({ target }) => {
    const name = target instanceof HTMLInputElement ? target.name : '';
    if (['privacy', 'rate', 'muted'].includes(name)) onSetting();
    else onOther();
  });
}

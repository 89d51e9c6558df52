// The lines that an integrator pastes for the player that is chosen. Whatever the address says stands
// in string literals.

import { toVisible } from './elements.ts';
import type { PlayerName } from './players.ts';
import type { PageSettings } from './settings.ts';

const PLAYERS: Readonly<Record<PlayerName, { readonly entry: string; readonly call: string }>> = {
  hlsjs: { entry: 'hlsjs', call: 'hlsjs(hls, video)' },
  videojs: { entry: 'videojs', call: 'videojs(player)' },
  dashjs: { entry: 'dashjs', call: 'dashjs(player)' },
  shaka: { entry: 'shaka', call: 'shaka(player, video)' },
  native: { entry: 'html5', call: 'html5(video)' },
  mp4: { entry: 'html5', call: 'html5(video)' },
};

export function toSnippet(
  player: PlayerName,
  { key, endpoint, asset }: PageSettings,
  privacy: string,
): string {
  const { entry, call } = PLAYERS[player];
  return [
    `import { monitor } from '@retour/player-sdk';`,
    `import { ${entry} } from '@retour/player-sdk/${entry}';`,
    '',
    `const view = monitor(${call}, {`,
    `  key: ${toLiteral(key)},`,
    `  endpoint: ${toLiteral(endpoint)},`,
    `  asset: { id: ${toLiteral(asset)} },`,
    ...(privacy === 'none' ? [] : [`  privacy: ${toLiteral(privacy)},`]),
    '});',
  ].join('\n');
}

/** A literal that ends no script element. */
function toLiteral(text: string): string {
  const json = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${toVisible(json).replaceAll('<', '\\u{3c}')}'`;
}

// The lines that an integrator pastes for the player that is chosen. Whatever the address says stands
// in string literals.

import { toVisible } from './elements.ts';
import type { PlayerName } from './players.ts';
import type { PageSettings } from './settings.ts';

interface Reader {
  readonly entry: string;
  readonly call: string;
  /** Where the page mostly has the entry's name already, for the player. */
  readonly as?: string;
}

const PLAYERS: Readonly<Record<PlayerName, Reader>> = {
  hlsjs: { entry: 'hlsjs', call: 'hlsjs(hls, video)' },
  videojs: { entry: 'videojs', call: 'readVideojs(player)', as: 'readVideojs' },
  dashjs: { entry: 'dashjs', call: 'dashjs(player)' },
  shaka: { entry: 'shaka', call: 'readShaka(player, video)', as: 'readShaka' },
  native: { entry: 'html5', call: 'html5(video)' },
  mp4: { entry: 'html5', call: 'html5(video)' },
};

export function toSnippet(
  player: PlayerName,
  { key, endpoint, asset }: PageSettings,
  privacy: string,
): string {
  const { entry, call, as } = PLAYERS[player];
  return [
    `import { monitor } from '@retour/player-sdk';`,
    `import { ${entry}${as ? ` as ${as}` : ''} } from '@retour/player-sdk/${entry}';`,
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

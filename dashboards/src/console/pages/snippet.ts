// The lines that an integrator pastes, for each player that has an adapter. A test holds them against
// the SDK's own entry points.

export type PlayerKind = 'hlsjs' | 'html5';

export const PLAYERS: readonly { readonly kind: PlayerKind; readonly title: string }[] = [
  { kind: 'hlsjs', title: 'hls.js' },
  { kind: 'html5', title: 'HTML5 video' },
];

export const INSTALL = 'npm install @retour/player-sdk';

/** What the adapter takes, as integrators mostly name it. */
const PLAYER_VARIABLE: Readonly<Record<PlayerKind, string>> = { hlsjs: 'hls', html5: 'video' };

export interface SnippetFacts {
  readonly key: string;
  readonly endpoint: string;
}

/** Three lines of JavaScript. Key and endpoint stand in string literals, whatever they hold. */
export function toSnippet(player: PlayerKind, { key, endpoint }: SnippetFacts): string {
  const facts = `key: ${JSON.stringify(key)}, endpoint: ${JSON.stringify(endpoint)}, asset: { id: "my-video" }`;
  return [
    `import { monitor } from "@retour/player-sdk";`,
    `import { ${player} } from "@retour/player-sdk/${player}";`,
    `monitor(${player}(${PLAYER_VARIABLE[player]}), { ${facts} });`,
  ].join('\n');
}

// The lines that an integrator pastes, for each player that has an adapter and for pages without a
// bundler. A test holds them against the SDK's own entry points and runs the script.

export type Way = 'hlsjs' | 'videojs' | 'dashjs' | 'shaka' | 'html5' | 'script';

export const WAYS: readonly { readonly way: Way; readonly title: string }[] = [
  { way: 'hlsjs', title: 'hls.js' },
  { way: 'videojs', title: 'video.js' },
  { way: 'dashjs', title: 'dash.js' },
  { way: 'shaka', title: 'Shaka Player' },
  { way: 'html5', title: 'HTML5 video' },
  { way: 'script', title: 'Script tag' },
];

export const INSTALL = 'npm install @retour/player-sdk';
export const PACK = 'npm pack -w @retour/player-sdk';

/** What the adapter takes, as integrators mostly name it. */
const PLAYER_VARIABLE: Readonly<Record<Exclude<Way, 'script'>, string>> = {
  hlsjs: 'hls',
  videojs: 'player',
  dashjs: 'player',
  shaka: 'player',
  html5: 'video',
};

/** Where the player's own global or import mostly has the adapter's name already. */
const READER: { readonly [K in Way]?: string } = { videojs: 'readVideojs', shaka: 'readShaka' };

export interface SnippetFacts {
  readonly key: string;
  readonly endpoint: string;
}

/** Three lines of JavaScript, or of HTML. Key and endpoint stand in string literals, whatever they hold. */
export function toSnippet(way: Way, { key, endpoint }: SnippetFacts): string {
  const options = `{ key: ${toLiteral(key)}, endpoint: ${toLiteral(endpoint)}, asset: { id: "my-video" } }`;
  if (way === 'script') return toScript(options);
  const reader = READER[way] ?? way;
  return [
    `import { monitor } from "@retour/player-sdk";`,
    `import { ${reader === way ? way : `${way} as ${reader}`} } from "@retour/player-sdk/${way}";`,
    `monitor(${reader}(${PLAYER_VARIABLE[way]}), ${options});`,
  ].join('\n');
}

/** The queue of docs/script-tag.md: what is called before the script has come waits for it. */
function toScript(options: string): string {
  return `<script>
  window.retour = typeof retour === "function" ? retour : function (call) {
    (retour.q = retour.q || []).length < 100 && retour.q.push(call);
  };
  retour(function (sdk) {
    var video = document.querySelector("video");
    // Or, by your player: sdk.hlsjs(hls), sdk.dashjs(player),
    // sdk.shaka(player), sdk.videojs(player).
    sdk.monitor(sdk.html5(video), ${options});
  });
</script>
<script async src="/retour.js"></script>`;
}

/** No `<` in it: within HTML it could end the script. */
function toLiteral(text: string): string {
  return JSON.stringify(text).replaceAll('<', '\\u003c');
}

// docs/errors.md says what the adapters make of every code that the players have: it is written from
// their tables and the players' own lists. A code that a new version brings turns this test red.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Hls from 'hls.js';
import { describe, expect, it } from 'vitest';
import { DASHJS_ERRORS } from './dashjs.ts';
import {
  ELEMENT_ERRORS,
  type ErrorTable,
  MEDIA_ERRORS,
  toCategory,
  toElementFault,
  toErrorFacts,
} from './errors.ts';
import { HLSJS_ERRORS } from './hlsjs.ts';
import { SHAKA_ERRORS } from './shaka.ts';
import { VIDEOJS_ERRORS } from './videojs.ts';

/** A file of an installed package, whatever its exports allow. */
function readInstalled(path: string): string {
  const roots = createRequire(import.meta.url).resolve.paths(path) ?? [];
  const file = roots.map((root) => join(root, path)).find((candidate) => existsSync(candidate));
  return readFileSync(file ?? path, 'utf8');
}

/** Names and numbers, in the order of the numbers. */
function readCodes(text: string, pattern: RegExp): [code: string, name: string][] {
  const names = new Map(
    [...text.matchAll(pattern)].map(([, name = '', code = '']) => [code, name]),
  );
  return [...names].sort(([a], [b]) => Number(a) - Number(b));
}

function listShaka(): [string, string][] {
  const text = readInstalled('shaka-player/dist/shaka-player.compiled.d.ts');
  const [, body = ''] = /namespace shaka\.util\.Error \{\s*enum Code \{([^}]*)\}/.exec(text) ?? [];
  return readCodes(body, /(\w+) = (\d+)/g);
}

function listDashjs(): [string, string][] {
  const text = readInstalled('dashjs/index.d.ts');
  return readCodes(text, /^ {4}([A-Z_]+_CODE): (\d+);/gm);
}

function listVideojs(): [string, string][] {
  const text = readInstalled('video.js/dist/video.cjs.js');
  const [, body = ''] = /var VjsErrors = \{([^}]*)\}/.exec(text) ?? [];
  return [...body.matchAll(/'(\w+)'/g)].map(([, code = '']) => [code, '']);
}

function listVideojsPlugin(): [string, string][] {
  const text = readInstalled('videojs-contrib-eme/dist/videojs-contrib-eme.es.js');
  const codes = [...text.matchAll(/EMEFailed\w+: '([\w-]+)'/g)];
  return codes.map(([, code = '']) => [code, 'videojs-contrib-eme']);
}

const ELEMENT_CODES = MEDIA_ERRORS.map((name): [string, string] => [`MEDIA_ERR_${name}`, '']);

const PLAYERS: readonly [string, ErrorTable, [code: string, name: string][]][] = [
  ['html5', ELEMENT_ERRORS, ELEMENT_CODES.slice(0, -1)],
  ['hls.js', HLSJS_ERRORS, Object.values(Hls.ErrorDetails).map((code) => [code, ''])],
  [
    'video.js',
    VIDEOJS_ERRORS,
    [
      ...ELEMENT_CODES,
      ...listVideojs(),
      ...listVideojsPlugin(),
      ['networkrequestfailed hls-playlist', ''],
      ['networkrequestfailed segment-key', ''],
      ['MEDIA_ERR_NETWORK segment', ''],
    ],
  ],
  ['dash.js', DASHJS_ERRORS, listDashjs()],
  ['Shaka Player', SHAKA_ERRORS, listShaka()],
];

const HEAD = `# Errors

The code of an error stays what its player says; its category is one of seven, whichever player it is. The tables below are
written from the code by a test, which turns red when a player has a code that they do not show.

| category | what it means |
| --- | --- |
| \`network\` | A media segment could not be had: refused, timed out, cut off |
| \`manifest\` | A manifest or playlist could not be had or not be understood |
| \`media\` | What was had could not be appended or decoded |
| \`drm\` | A key or licence could not be had or not be used, or the key system does not do |
| \`business\` | The answer was 402 or 451, or the page said so: the service works as it was meant to. Counted apart |
| \`ad\` | Advertising failed, as far as the player tells it; the content goes on |
| \`unknown\` | The player itself does not say, or it is its own fault |

Pages may tell errors of their own through \`view.error()\`. A view fails once, and the first word counts. Where a licence server refuses with 403 what is no
fault (no subscription, another country), let it answer 402 or 451; or say so in the option \`mapError\`, which is asked for each error of the player's:

\`\`\`js
const mapError = ({ category, status }) =>
  category === 'drm' && status === 403 ? { category: 'business', code: 'NOT_ENTITLED' } : undefined;
\`\`\`

It is given, and may change, \`category\`, \`code\`, \`message\` and \`fatal\`; what it does not name stays. \`status\` is the HTTP status of the request that failed, where
its player says so. dash.js has that of a licence in the \`message\`; the EME plugin of video.js keeps it to itself, unless its \`getLicense\` is yours.

- **Fatal** is what ends playback: what hls.js and Shaka call fatal or critical, what dash.js does not recover from, what
  video.js shows; an error of the element itself, unless its player or the page has mended it within the same turn of the
  event loop. A fatal error that is followed by more playing ended an attempt, and the view goes on.
- An unsupported source whose answer was a refusal (the browser says "404: Not Found") is of the network. Chromium may hide it.
- Of hls.js, \`bufferStalledError\`, \`bufferSeekOverHole\`, \`bufferNudgeOnStall\`, \`fragGap\` and \`aborted\` are told only where it calls them fatal: the
  playhead tells stalls, and steps over holes are seeks of the player.
- A code of video.js may have the type of the failed request behind it. Shaka's code stays a number; what was asked for
  decides its category: 1001 is \`manifest\` of a manifest, \`drm\` of a licence, else \`network\`.
- dash.js has no number for what steers, or reports for it: the code is the request's type, such as \`ContentSteering\`, and the
  category \`unknown\`. It is never fatal.
- While an ad break lasts, whatever fails of what was loaded in the content's place is \`ad\`, and not fatal.
`;

function toPage(): string {
  const sections = PLAYERS.map(([player, table, codes]) => {
    expect(codes.length).toBeGreaterThan(4);
    const rows = codes.map(
      ([code, name]) => `| \`${code}\`${name && ` ${name}`} | ${toCategory(table, code)} |`,
    );
    return `\n## ${player}\n\n| code | category |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  return HEAD + sections.join('');
}

describe('docs/errors.md', () => {
  it('says what the code says', async () => {
    await expect(toPage()).toMatchFileSnapshot('../../docs/errors.md');
  });
});

describe('toErrorFacts', () => {
  it.each([
    [{ code: 'manifestLoadError', status: 404 }, { category: 'manifest' }],
    [{ code: 'manifestLoadError', status: 402 }, { category: 'business' }],
    [
      { code: 'fragLoadError', status: 451 },
      { category: 'business', status: 451 },
    ],
    [{ code: 'what' }, { category: 'unknown' }],
  ])('takes %j for %j', (fault, facts) => {
    expect(toErrorFacts(HLSJS_ERRORS, { fatal: true, ...fault })).toMatchObject(facts);
  });
});

describe('toElementFault', () => {
  it.each([
    [4, '404: Not Found', 'network'],
    [4, '451: Unavailable', 'business'],
    [4, 'Format error', 'media'],
    [4, 'HLS playlist request error at URL: https://cdn.example/451/a.m3u8.', 'media'],
    [5, undefined, 'drm'],
    [77, '', 'unknown'],
  ])('makes of %i "%s": %s', (code, message, category) => {
    const fault = toElementFault({ code, message: message ?? null }, true);
    expect(toErrorFacts(ELEMENT_ERRORS, fault).category).toBe(category);
  });
});

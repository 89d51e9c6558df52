// What the tests need beside Node: browsers, and strace on Linux. Installs them where that can be
// done without asking (root on Debian or Ubuntu), else says the one command that adds them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Tool {
  readonly name: string;
  readonly debianPackages: readonly string[];
  readonly isThere: () => boolean;
  readonly elsewhere: string;
}

/** Of each browser that plays in the tests: the variable that names its program, and where it lies else. */
const BROWSERS = {
  chromium: {
    variable: 'CHROME_PATH',
    known: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    known: [
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
    ],
  },
  webkit: { variable: 'WEBKIT_PATH', known: ['/usr/bin/WebKitWebDriver'] },
} as const;

/** What decodes H.264 and AAC for Firefox and WebKitGTK: neither brings it. */
const CODECS = 'gstreamer1.0-libav';

const TOOLS: readonly Tool[] = [
  {
    name: 'Chromium',
    debianPackages: ['chromium'],
    isThere: () => browserPath() !== undefined,
    elsewhere: 'install Chromium or Chrome and set CHROME_PATH to its program',
  },
  {
    name: 'Firefox',
    debianPackages: ['firefox-esr', CODECS],
    isThere: () => browserPath('firefox') !== undefined,
    elsewhere: 'install Firefox and set FIREFOX_PATH to its program',
  },
  {
    name: 'WebKitGTK',
    debianPackages: [
      ...['webkit2gtk-driver', 'xvfb', CODECS],
      ...['gstreamer1.0-plugins-good', 'gstreamer1.0-plugins-bad'],
    ],
    isThere: () => browserPath('webkit') !== undefined && isOnPath('Xvfb'),
    elsewhere: "install WebKitGTK's WebKitWebDriver and Xvfb, and set WEBKIT_PATH to the former",
  },
  {
    name: 'strace',
    debianPackages: ['strace'],
    isThere: () => process.platform !== 'linux' || isOnPath('strace'),
    elsewhere: "install strace with your system's package manager",
  },
];

/** The program of a browser that the tests drive; undefined when there is none. Of WebKit that of its driver. */
export function browserPath(name: keyof typeof BROWSERS = 'chromium'): string | undefined {
  const { variable, known } = BROWSERS[name];
  return process.env[variable] || known.find((path) => existsSync(path));
}

/** Brings what is missing. Returns a line for each tool that is still not there. */
export function bringTools(strict: boolean): string[] {
  const wanted = TOOLS.filter((tool) => !tool.isThere());
  if (wanted.length > 0 && mayInstall()) {
    aptGet(['update', '-qq']);
    for (const { name, debianPackages } of wanted) {
      console.error(`Installing ${name} for the tests …`);
      aptGet(['install', '-y', '-qq', '--no-install-recommends', ...debianPackages]);
    }
  }
  const missing = wanted
    .filter((tool) => !tool.isThere())
    .map(
      ({ name, debianPackages, elsewhere }) =>
        `${name}: apt-get install ${debianPackages.join(' ')}, or ${elsewhere}`,
    );
  if (strict && missing.length > 0) throw new Error(`With CI=true these must be there: ${missing}`);
  return missing;
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && isOnPath('apt-get');
}

function aptGet(args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.status !== 0) console.error(`apt-get ${args.join(' ')} failed with ${done.status}.`);
}

function isOnPath(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

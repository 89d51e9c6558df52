// What the tests need beside Node: a browser, and strace on Linux. Installs them where that can be
// done without asking (root on Debian or Ubuntu), else says the one command that adds them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Tool {
  readonly name: string;
  readonly debianPackage: string;
  readonly isThere: () => boolean;
  readonly elsewhere: string;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'Chromium',
    debianPackage: 'chromium',
    isThere: () => browserPath() !== undefined,
    elsewhere: 'install Chromium or Chrome and set CHROME_PATH to its program',
  },
  {
    name: 'strace',
    debianPackage: 'strace',
    isThere: () => process.platform !== 'linux' || isOnPath('strace'),
    elsewhere: "install strace with your system's package manager",
  },
];

/** The browser that the tests drive; undefined when there is none. */
export function browserPath(): string | undefined {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && named !== '') return named;
  const known = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return known.find((path) => existsSync(path));
}

/** Brings what is missing. Returns a line for each tool that is still not there. */
export function bringTools(strict: boolean): string[] {
  const wanted = TOOLS.filter((tool) => !tool.isThere());
  if (wanted.length > 0 && mayInstall()) {
    const packages = wanted.map((tool) => tool.debianPackage);
    console.error(`Installing ${packages.join(' and ')} for the tests …`);
    aptGet(['update', '-qq']);
    aptGet(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  }
  const missing = wanted
    .filter((tool) => !tool.isThere())
    .map((tool) => `${tool.name}: apt-get install ${tool.debianPackage}, or ${tool.elsewhere}`);
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

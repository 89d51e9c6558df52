// The one file that must run on a bare, old Node: it checks what it stands on, installs and builds
// what is missing, then hands over to the built command line. ES5 syntax only, no dependency.
'use strict';

var childProcess = require('child_process');
var crypto = require('crypto');
var fs = require('fs');
var path = require('path');

var ROOT = path.join(__dirname, '..');
var NEEDED = [20, 19];
var STAMP = path.join(ROOT, 'node_modules', '.retour-installed');

/** What each command runs, once everything is there. */
var PROGRAMS = {
  start: 'cli.js',
  test: 'repository/runTests.js',
  check: 'repository/runChecks.js',
  bench: 'bench/main.js',
  mutants: 'mutants/main.js'
};

function main() {
  var command = process.argv[2] || 'start';
  if (!PROGRAMS[command])
    fail('No command ' + command + '; there are ' + Object.keys(PROGRAMS).join(', ') + '.');
  checkNode();
  checkPlatform();
  install();
  build();
  handOver(command, process.argv.slice(3));
}

function checkNode() {
  var have = process.versions.node.split('.').map(Number);
  if (have[0] > NEEDED[0] || (have[0] === NEEDED[0] && have[1] >= NEEDED[1])) return;
  fail(
    'Retour needs Node ' +
      NEEDED.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '. Install a current Node from https://nodejs.org and run the command again.'
  );
}

/** The embedded ClickHouse is built for Linux with glibc and for macOS, on x64 and arm64. */
function checkPlatform() {
  var known = { linux: true, darwin: true };
  var chips = { x64: true, arm64: true };
  if (known[process.platform] !== true || chips[process.arch] !== true) {
    fail(
      'The embedded engine has no build for ' +
        process.platform +
        ' ' +
        process.arch +
        '. Run Retour on Linux (glibc) or macOS, x64 or arm64; on Windows use WSL 2.'
    );
  }
  if (process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime) {
    fail(
      'The embedded engine needs glibc, and this Linux uses musl (Alpine). ' +
        'Use a glibc distribution or image, for example node:20-bookworm.'
    );
  }
}

/** `npm ci`, when the lockfile is not the one that was installed last. */
function install() {
  var lock = crypto
    .createHash('sha256')
    .update(fs.readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (read(STAMP) === lock) return;
  say('Installing dependencies (about 1 GB, once) …');
  run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true'],
    'The installation failed; the lines above say why.'
  );
  try {
    fs.writeFileSync(STAMP, lock);
  } catch (error) {
    fail('Cannot write ' + STAMP + ': ' + error.message);
  }
}

/** The build tool rebuilds only what changed, and says nothing of the rest. */
function build() {
  var started = Date.now();
  var turbo = path.join(ROOT, 'node_modules', '.bin', 'turbo');
  var first = !fs.existsSync(path.join(ROOT, 'deploy', 'dist', 'cli.js'));
  if (first) say('Building …');
  run(
    turbo,
    ['run', 'build', '--output-logs=errors-only', '--log-order=grouped'],
    'The build failed; the lines above say why.',
    !first
  );
  if (first) say('Built in ' + Math.round((Date.now() - started) / 1000) + ' s.');
}

function handOver(command, args) {
  var program = path.join(ROOT, 'deploy', 'dist', PROGRAMS[command]);
  var child = childProcess.spawn(process.execPath, [program].concat(args), {
    cwd: ROOT,
    stdio: 'inherit'
  });
  // Ctrl-C reaches the child by itself; this process only waits for what it says last.
  process.on('SIGINT', function () {});
  ['SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('error', function (error) {
    fail('Cannot start ' + process.execPath + ': ' + error.message);
  });
  child.on('exit', function (code, signal) {
    process.exit(signal ? 1 : code);
  });
}

/** Runs a program to its end; quiet keeps what it says for the case that it fails. */
function run(program, args, problem, quiet) {
  var env = Object.assign({}, process.env, { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' });
  var done = childProcess.spawnSync(program, args, {
    cwd: ROOT,
    env: env,
    stdio: quiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
    maxBuffer: 64 * 1024 * 1024
  });
  if (done.error) fail('Cannot run ' + program + ': ' + done.error.message);
  if (done.status === 0) return;
  if (quiet) process.stderr.write(Buffer.concat([done.stdout, done.stderr]));
  fail(problem);
}

function read(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function say(line) {
  process.stderr.write(line + '\n');
}

function fail(line) {
  say(line);
  process.exit(1);
}

main();

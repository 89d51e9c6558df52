// Reads what strace saw of a log's process: which write, which sync, in which order.

/** One system call; start and end are line numbers, so that calls of several threads can be ordered. */
export interface TracedCall {
  readonly thread: string;
  readonly name: string;
  readonly args: string;
  readonly result: number;
  readonly start: number;
  readonly end: number;
}

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (-?\d+)/s;
const BEGUN = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/s;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)/s;

export function parseTrace(text: string): TracedCall[] {
  const calls: TracedCall[] = [];
  const begun = new Map<string, { args: string; start: number }>();
  text.split('\n').forEach((line, at) => {
    const [, thread = '', name = '', args = '', result = ''] =
      WHOLE.exec(line) ?? RESUMED.exec(line) ?? [];
    if (BEGUN.test(line)) {
      const [, by = '', , before = ''] = BEGUN.exec(line) ?? [];
      begun.set(by, { args: before, start: at });
    } else if (thread !== '') {
      const before = RESUMED.test(line) ? begun.get(thread) : undefined;
      const start = before?.start ?? at;
      calls.push({
        thread,
        name,
        args: (before?.args ?? '') + args,
        result: Number(result),
        start,
        end: at,
      });
    }
  });
  return calls;
}

/**
 * The call after which a record is durable: its page was written, then the file was synced, then the
 * root that makes it visible was written through a descriptor that syncs by itself (O_DSYNC).
 */
export function findOnDisk(calls: readonly TracedCall[], key: string): TracedCall | undefined {
  const opened = calls.filter(({ name, args }) => name === 'openat' && args.includes('data.mdb'));
  const descriptors = (isRoot: boolean) =>
    opened.filter(({ args }) => args.includes('O_DSYNC') === isRoot).map(({ result }) => result);
  const data = descriptors(false);
  const root = descriptors(true);
  const find = (name: RegExp, on: readonly number[], after: number, text = '') =>
    calls.find(
      (call) =>
        call.start > after &&
        name.test(call.name) &&
        on.includes(Number.parseInt(call.args, 10)) &&
        call.args.includes(text),
    );
  const page = find(/^p?writev?(64)?$/, data, 0, key);
  const sync = page && find(/^f(data)?sync$/, data, page.end);
  return sync?.result === 0 ? find(/^pwrite64$/, root, sync.end) : undefined;
}

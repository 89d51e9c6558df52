// Counts the timers of the page that are still to come.

/** From here on. @returns How many there are now. */
export function watchTimers() {
  const live = new Set();
  for (const kind of ['Timeout', 'Interval']) {
    const set = window[`set${kind}`].bind(window);
    const clear = window[`clear${kind}`].bind(window);
    window[`set${kind}`] = (act, ...rest) => {
      const run = (...given) => {
        if (kind === 'Timeout') live.delete(id);
        act(...given);
      };
      const id = set(run, ...rest);
      live.add(id);
      return id;
    };
    window[`clear${kind}`] = (id) => {
      live.delete(id);
      clear(id);
    };
  }
  return () => live.size;
}

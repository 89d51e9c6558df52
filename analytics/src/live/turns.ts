// Lets tasks run one after the other, in the order in which they came.

export function createTurns(): (task: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (task) => {
    // A task that fails has told its own caller; the next one's turn comes all the same.
    last = last.then(task, task);
    return last;
  };
}

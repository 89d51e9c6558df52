// What the log and the control log need of a logger: a part of pino's.

export interface LogLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** For callers without a logger of their own: standard error. */
export const STDERR_LOGGER: LogLogger = {
  info: () => {},
  warn: (fields, message) => console.warn(toLine(fields, message)),
  error: (fields, message) => console.error(toLine(fields, message)),
};

/** One line: of an error its message, for the stack is seldom what an operator needs. */
function toLine(fields: object, message: string): string {
  const plain = Object.entries(fields).map(([name, value]) => [
    name,
    value instanceof Error ? value.message : value,
  ]);
  return `${message} ${JSON.stringify(Object.fromEntries(plain))}`;
}

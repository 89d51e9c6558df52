// What the rooms have to tell the operator while they run: one line each on standard error, warnings
// and errors only. The fields that rooms pass hold no secret and no body.

export interface RoomLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export function createLogger(): RoomLogger {
  const write = (level: string, fields: object, message: string): void => {
    const text = Object.entries(fields).map(([name, value]) => `${name}=${toText(value)}`);
    process.stderr.write(`${new Date().toISOString()} ${level} ${message} ${text.join(' ')}\n`);
  };
  return {
    info: () => {},
    warn: (fields, message) => write('warn', fields, message),
    error: (fields, message) => write('error', fields, message),
  };
}

function toText(value: unknown): string {
  return value instanceof Error ? JSON.stringify(value.message) : JSON.stringify(value);
}

// An engine's refusal as ClickHouse's HTTP states it: a code, a message, a name; and which HTTP
// status goes with it.

/** Codes of ClickHouse that this process answers itself, and those that have a status of their own. */
const STATUS: Readonly<Record<number, number>> = {
  6: 400, // CANNOT_PARSE_TEXT
  27: 400, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  36: 400, // BAD_ARGUMENTS
  47: 400, // UNKNOWN_IDENTIFIER
  53: 400, // TYPE_MISMATCH
  60: 404, // UNKNOWN_TABLE
  62: 400, // SYNTAX_ERROR
  72: 400, // CANNOT_PARSE_NUMBER
  81: 404, // UNKNOWN_DATABASE
  115: 400, // UNKNOWN_SETTING
  159: 408, // TIMEOUT_EXCEEDED
  202: 503, // TOO_MANY_SIMULTANEOUS_QUERIES
  456: 400, // UNKNOWN_QUERY_PARAMETER
  516: 401, // AUTHENTICATION_FAILED
};

const CODE = /Code: (\d+)\. DB::Exception: ([\s\S]*)$/;
const NAME = /\(([A-Z][A-Z0-9_]{2,})\)/g;
const LONGEST_MESSAGE = 4_000;

export class EngineFault extends Error {
  override readonly name = 'EngineFault';
  readonly code: number;
  readonly fault: string;

  constructor(code: number, message: string, fault: string) {
    super(message);
    this.code = code;
    this.fault = fault;
  }

  get status(): number {
    return STATUS[this.code] ?? 500;
  }

  /** The body that ClickHouse's clients parse. */
  toText(): string {
    return `Code: ${this.code}. DB::Exception: ${this.message} (${this.fault}) (embedded engine)\n`;
  }
}

/** Reads what the engine threw; what has no code is 1001, as a server answers. */
export function toEngineFault(error: unknown): EngineFault {
  if (error instanceof EngineFault) return error;
  const text = error instanceof Error ? error.message : String(error);
  const found = CODE.exec(text);
  if (found === null) return new EngineFault(1001, text.slice(0, LONGEST_MESSAGE), 'STD_EXCEPTION');
  const [, code, rest = ''] = found;
  const fault = [...rest.matchAll(NAME)].at(-1)?.[1] ?? 'UNKNOWN_EXCEPTION';
  const message = rest.replace(`(${fault})`, '').trim().slice(0, LONGEST_MESSAGE);
  return new EngineFault(Number(code), message, fault);
}

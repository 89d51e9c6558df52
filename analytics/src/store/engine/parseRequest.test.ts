import { describe, expect, it } from 'vitest';
import { parseRequest } from './parseRequest.ts';

function parse(search: Record<string, string>, body = ''): ReturnType<typeof parseRequest> {
  return parseRequest({
    search: new URLSearchParams(search),
    headers: {},
    body: Buffer.from(body),
    defaults: { max_execution_time: '30' },
  });
}

/** The statement that a request becomes. */
function check(search: Record<string, string>, body: string, statement: unknown): void {
  expect(parse(search, body).statement).toEqual(statement);
}

describe('parseRequest', () => {
  it('takes the statement from the URL, from the body, or from both', () => {
    const select = { kind: 'select', sql: 'SELECT 1', format: 'TabSeparated' };
    check({ query: 'SELECT 1' }, '', select);
    check({}, ' SELECT 1; ', select);
    check({ query: 'SELECT' }, '1', { ...select, sql: 'SELECT\n1' });
    check({ query: '/* a */ -- b\n(SELECT 1)' }, '', {
      ...select,
      sql: '/* a */ -- b\n(SELECT 1)',
    });
  });

  it('takes ready rows apart from their statement', () => {
    const insert = {
      kind: 'insert',
      table: 'retour.slices',
      columns: ['a', 'b'],
      format: 'JSONCompactEachRow',
      data: Buffer.from('[1,"x"]\n'),
    };
    const head = 'INSERT INTO `retour`.`slices` (a, `b`) FORMAT JSONCompactEachRow';
    check({ query: head }, '[1,"x"]\n', insert);
    check({}, `${head}\n[1,"x"]\n`, insert);
  });

  it('tells statements that read from those that write', () => {
    check({ query: 'SHOW TABLES' }, '', {
      kind: 'other',
      sql: 'SHOW TABLES',
      format: 'TabSeparated',
      reads: true,
    });
    const moved = 'INSERT INTO a SELECT * FROM b';
    check({ query: moved }, '', {
      kind: 'other',
      sql: moved,
      format: 'TabSeparated',
      reads: false,
    });
  });

  it('puts settings and database before the statement, never into it', () => {
    const { prelude } = parse({
      query: 'SELECT 1',
      max_threads: "2' OR",
      max_execution_time: '5',
      database: 'retour',
    });
    expect(prelude).toBe("SET max_execution_time = '5', max_threads = '2\\' OR'; USE `retour`");
  });

  it.each([
    ['a setting that is no name', { query: 'SELECT 1', 'a; b': '1' }, 115],
    ['a database that is no name', { query: 'SELECT 1', database: 'a`; DROP' }, 81],
    ['nothing', { query: ' ' }, 62],
    ['a placeholder without a value', { query: 'SELECT {a:UInt8}' }, 456],
  ])('refuses %s', (_, search, code) => {
    expect(() => parse(search as Record<string, string>)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('binds values outside of quotes and comments only', () => {
    const query =
      "SELECT '{a:String}', {a:String} /* {a:String} */, {n:UInt8}, {list:Array(String)}, {t:Identifier}, {none:Nullable(UInt8)}";
    const search = {
      query,
      param_a: "it\\'s",
      param_n: '7',
      param_list: "['x']",
      param_t: 'a`b',
      param_none: '\\N',
    };
    check(search, '', {
      kind: 'select',
      format: 'TabSeparated',
      sql: "SELECT '{a:String}', 'it\\'s' /* {a:String} */, _CAST('7', 'UInt8'), _CAST('[\\'x\\']', 'Array(String)'), `a\\`b`, _CAST(NULL, 'Nullable(UInt8)')",
    });
  });
});

SELECT seq, rev, at, ctx, clock, type, pos, facts
FROM events
PREWHERE property = {property:String} AND view_id = UUIDStringToNum({view:String}) AND at >= {from:UInt64} AND at <= {to:UInt64}
ORDER BY seq, version DESC LIMIT 1 BY seq LIMIT {limit:UInt32}
SETTINGS max_execution_time = 10, timeout_overflow_mode = 'throw', max_result_rows = 200000, max_result_bytes = 67108864, result_overflow_mode = 'throw', max_rows_to_read = 200000000, read_overflow_mode = 'throw', max_memory_usage = 1073741824

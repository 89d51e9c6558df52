SELECT view, start, last, asset_id, player_name, adapter, country, browser, os, device_type, end_state, exit_kind, exits, startups, startup_ms, content_startups, content_startup_ms, playing_ms, stalled_ms, stalls, error_code
FROM views FINAL
WHERE property = {property:String} AND start >= {since:UInt64} AND country IN {filter0:Array(String)}
ORDER BY start DESC, view_id DESC LIMIT {limit:UInt32}
SETTINGS max_execution_time = 10, timeout_overflow_mode = 'throw', max_result_rows = 200000, max_result_bytes = 67108864, result_overflow_mode = 'throw', max_rows_to_read = 200000000, read_overflow_mode = 'throw', max_memory_usage = 1073741824

SELECT name, last, reported, sum(views) AS open
, sumIf(views, state NOT IN ('idle', 'paused', 'suspended') AND NOT (state = 'stalled' AND (view_id, last) IN (SELECT view_id, arrayJoin(range(intDiv(at + 300000 + 9999, 10000) * 10000, least(if(isNull(duration_ms), {stuckTo:UInt64}, at + assumeNotNull(duration_ms)), {stuckTo:UInt64}), 10000)) FROM events FINAL WHERE property = {property:String} AND type = 'stall' AND at >= {stuckFrom:UInt64} AND at < {stuckTo:UInt64} AND (duration_ms IS NULL OR duration_ms > 300000)))) AS watching
FROM (
  SELECT view_id, max(weight) AS views
  , intDiv(max(start), 10000) * 10000 AS last
  , intDiv(max(start + duration_ms), 10000) * 10000 AS reported
  , argMax((exits, toString(end_state), toString(asset_id), toString(country)), k) AS newest
  , newest.1 AS ended, newest.2 AS state, newest.3 AS name
  FROM slices FINAL
  WHERE property = {property:String} AND ((start >= {from0:UInt64} AND start < {to0:UInt64}))
  GROUP BY view_id
)
WHERE ended = 0 AND state NOT IN ('ended', 'failed') AND newest.4 IN {filter0:Array(String)}
GROUP BY name, last, reported
ORDER BY name, last, reported
SETTINGS max_execution_time = 10, timeout_overflow_mode = 'throw', max_result_rows = 200000, max_result_bytes = 67108864, result_overflow_mode = 'throw', max_rows_to_read = 200000000, read_overflow_mode = 'throw', max_memory_usage = 1073741824

SELECT intDiv(cell, {interval:UInt64}) * {interval:UInt64} AS bucket, name, sum(weighed) AS size
, sum(c0) AS p0
FROM (
  SELECT cell, name, sum(weight * watched) AS weighed
  , sum(weight * r0) AS c0
  FROM (
    SELECT intDiv(start, 10000) * 10000 AS cell, '' AS name, weight
    , sum(starting_ms + playing_ms + stalled_ms + seeking_ms + ad_ms) AS watched
    , sum(attempts) AS r0
    FROM slices FINAL
    WHERE property = {property:String} AND ((start >= {from0:UInt64} AND start < {to0:UInt64}) OR (start >= {from1:UInt64} AND start < {to1:UInt64}))
    GROUP BY cell, name, weight
  )
  GROUP BY cell, name
)
GROUP BY bucket, name
ORDER BY bucket, name
SETTINGS max_execution_time = 10, timeout_overflow_mode = 'throw', max_result_rows = 200000, max_result_bytes = 67108864, result_overflow_mode = 'throw', max_rows_to_read = 200000000, read_overflow_mode = 'throw', max_memory_usage = 1073741824

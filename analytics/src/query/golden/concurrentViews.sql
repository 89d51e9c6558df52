SELECT 0 AS bucket, name, sum(weighed) AS size
, max(c0) AS p0
FROM (
  SELECT cell, name, sum(weight * watched) AS weighed
  , sum(weight * r0) AS c0
  FROM (
    SELECT intDiv(start, 10000) * 10000 AS cell, '' AS name, weight
    , sum(starting_ms + playing_ms + stalled_ms + seeking_ms + ad_ms) AS watched
    , uniqExactIf(view_id, starting_ms + playing_ms + seeking_ms + ad_ms + attempts > 0 OR (stalled_ms > 0 AND (view_id, cell) NOT IN (SELECT view_id, arrayJoin(range(intDiv(at + 300000 + 9999, 10000) * 10000, least(if(isNull(duration_ms), {stuckTo:UInt64}, at + assumeNotNull(duration_ms)), {stuckTo:UInt64}), 10000)) FROM events FINAL WHERE property = {property:String} AND type = 'stall' AND at >= {stuckFrom:UInt64} AND at < {stuckTo:UInt64} AND (duration_ms IS NULL OR duration_ms > 300000)))) AS r0
    FROM slices FINAL
    WHERE property = {property:String} AND ((start >= {from0:UInt64} AND start < {to0:UInt64}))
    GROUP BY cell, name, weight
  )
  GROUP BY cell, name
)
GROUP BY bucket, name
ORDER BY bucket, name

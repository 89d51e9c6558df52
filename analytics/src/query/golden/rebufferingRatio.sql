SELECT 0 AS bucket, name, sum(weighed) AS size
, sumIf(c0, cell < {settled:UInt64}) AS p0
, sumIf(c1, cell < {settled:UInt64}) AS p1
FROM (
  SELECT cell, name, sum(weight * watched) AS weighed
  , sum(weight * r0) AS c0
  , sum(weight * r1) AS c1
  FROM (
    SELECT intDiv(start, 10000) * 10000 AS cell, '' AS name, weight
    , sum(starting_ms + playing_ms + stalled_ms + seeking_ms + ad_ms) AS watched
    , sum(stalled_ms) AS r0
    , sum(starting_ms + playing_ms + stalled_ms + seeking_ms + ad_ms) AS r1
    FROM slices FINAL
    WHERE property = {property:String} AND ((start >= {from0:UInt64} AND start < {to0:UInt64}))
    GROUP BY cell, name, weight
  )
  GROUP BY cell, name
)
GROUP BY bucket, name
ORDER BY bucket, name

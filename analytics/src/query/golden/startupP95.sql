SELECT 0 AS bucket, name, sum(weighed) AS size
, sumMap(c0.1, c0.2) AS p0
FROM (
  SELECT cell, name, sum(weight * watched) AS weighed
  , sumMap(r0.1, arrayMap(n -> n * weight, r0.2)) AS c0
  FROM (
    SELECT intDiv(start, 10000) * 10000 AS cell, '' AS name, weight
    , sum(starting_ms + playing_ms + stalled_ms + seeking_ms + ad_ms) AS watched
    , sumMapIf([startup_ms], [toUInt64(1)], startups > 0) AS r0
    FROM slices FINAL
    WHERE property = {property:String} AND ((start >= {from0:UInt64} AND start < {to0:UInt64}))
    GROUP BY cell, name, weight
  )
  GROUP BY cell, name
)
GROUP BY bucket, name
ORDER BY bucket, name

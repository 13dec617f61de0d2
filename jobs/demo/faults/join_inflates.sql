-- Users appear twice or three times: the tags were joined with a table that has more than one row for a user.
-- In real life: the login table got a second site, a slowly changing dimension lost its "current row only" filter.
-- Here one user in five comes twice and one in five three times; distinct users stay what they were,
-- and so does the service: its table is keyed by user, the last row wins.
CREATE OR REPLACE TEMP TABLE broken AS
SELECT p.userid, p.tagmap
FROM read_parquet('{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet', hive_partitioning = false) p
CROSS JOIN LATERAL unnest(CASE md5_number_lower(p.userid) % 5 WHEN 0 THEN [1, 2] WHEN 1 THEN [1, 2, 3] ELSE [1] END) AS copy(nth);

COPY broken TO '{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet' (FORMAT parquet, COMPRESSION zstd);

DROP TABLE broken;

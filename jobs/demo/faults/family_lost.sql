-- A tag script wrote nothing: the family C131U002 (money of 365 days) is missing from every user, the users are all there.
-- In real life: the script joined a table whose partition did not exist yet; an empty insert is a successful insert.
CREATE OR REPLACE TEMP TABLE broken AS
SELECT userid, map_from_entries(list_filter(map_entries(tagmap), lambda e: NOT e.key LIKE 'C131U002%')) AS tagmap
FROM read_parquet('{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet', hive_partitioning = false);

COPY broken TO '{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet' (FORMAT parquet, COMPRESSION zstd);

-- A crowd that asks for the family is empty, and the service gets fewer tags for the same users.
CREATE OR REPLACE TEMP TABLE broken AS
FROM read_parquet('{warehouse}/dw.db/user_group_crowd/data_date={date:yyyyMMdd}/data_0.parquet', hive_partitioning = false)
WHERE crowd_id <> 'crowd_07';

COPY broken TO '{warehouse}/dw.db/user_group_crowd/data_date={date:yyyyMMdd}/data_0.parquet' (FORMAT parquet, COMPRESSION zstd);

ATTACH '{service}' AS service;

UPDATE service.userprofile_offline SET tag_count = cardinality(p.tagmap)::SMALLINT
FROM read_parquet('{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet', hive_partitioning = false) p
WHERE data_date = DATE '{date}' AND userprofile_offline.userid = p.userid;

DETACH service;

DROP TABLE broken;

-- One family lost a twentieth: every twentieth user has no tag of family C131U003 (value of an order), the users are all there.
-- In real life: a table that the script joins lost one of its twenty files, and an inner join drops whom it does not find.
CREATE OR REPLACE TEMP TABLE broken AS
SELECT userid,
    CASE WHEN md5_number_lower(userid) % 20 = 7
        THEN map_from_entries(list_filter(map_entries(tagmap), lambda e: NOT e.key LIKE 'C131U003%'))
        ELSE tagmap END AS tagmap
FROM read_parquet('{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet', hive_partitioning = false);

COPY broken TO '{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet' (FORMAT parquet, COMPRESSION zstd);

-- The service gets fewer tags for the same users.
ATTACH '{service}' AS service;

UPDATE service.userprofile_offline SET tag_count = cardinality(p.tagmap)::SMALLINT
FROM read_parquet('{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet', hive_partitioning = false) p
WHERE data_date = DATE '{date}' AND userprofile_offline.userid = p.userid;

DETACH service;

DROP TABLE broken;

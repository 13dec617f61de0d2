-- Today's partition is yesterday's: every count is plausible, for it was right a day ago.
-- In real life: the date variable of the scheduler was not moved on, or a rerun read the last partition instead of today's.
-- What hangs on it follows: the service and the export hold yesterday's users too, so a reconciliation finds nothing.
-- Plant it on a day whose yesterday is sound, or two faults mix.
CREATE OR REPLACE TEMP TABLE broken AS
FROM read_parquet('{warehouse}/dw.db/profile_tag_user/data_date={yesterday:yyyyMMdd}/data_0.parquet', hive_partitioning = false);

COPY broken TO '{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/data_0.parquet' (FORMAT parquet, COMPRESSION zstd);

ATTACH '{service}' AS service;

DELETE FROM service.userprofile_offline WHERE data_date = DATE '{date}';

INSERT INTO service.userprofile_offline
SELECT DATE '{date}', userid, cardinality(tagmap)::SMALLINT FROM broken;

DETACH service;

COPY (FROM read_csv('{exports}/userprofile_call_centre_{yesterday:yyyyMMdd}.csv', header = true, all_varchar = true))
TO '{exports}/userprofile_call_centre_{date:yyyyMMdd}.csv' (FORMAT csv, HEADER);

DROP TABLE broken;

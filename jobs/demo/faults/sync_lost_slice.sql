-- The sync lost a slice: one of sixteen hash buckets of users never reached the service's table nor the call centre's file.
-- In real life: one region server or one writer task died after its retries, and the job reported the other fifteen.
ATTACH '{service}' AS service;

DELETE FROM service.userprofile_offline
WHERE data_date = DATE '{date}' AND md5_number_lower(userid) % 16 = 7;

DETACH service;

CREATE OR REPLACE TEMP TABLE broken AS
FROM read_csv('{exports}/userprofile_call_centre_{date:yyyyMMdd}.csv', header = true, all_varchar = true)
WHERE md5_number_lower(userid) % 16 <> 7;

COPY broken TO '{exports}/userprofile_call_centre_{date:yyyyMMdd}.csv' (FORMAT csv, HEADER);

DROP TABLE broken;

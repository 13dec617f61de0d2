-- How many scripts were applied, and what is the time there?
select count(*), utc_timestamp(3) from schema_version

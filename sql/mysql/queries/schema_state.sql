-- How many scripts were applied, what is the time there, and how are changes written down for replicas?
select count(*), utc_timestamp(3), @@binlog_format from schema_version

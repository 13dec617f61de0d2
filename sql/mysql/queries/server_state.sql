-- Which server is it, can it be written, and does a commit reach its disk?
select version(), database(), @@read_only, @@innodb_flush_log_at_trx_commit,
  (select coalesce(sum(data_length + index_length), 0) + 0e0 from information_schema.tables where table_schema = database())

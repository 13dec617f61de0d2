-- A tag leaks: topic:sports loses one reader in eighty more with each day from this one on, and nobody is added in their place.
-- In real life: the job that renews the tag reads a table of which one more part is skipped every night, or a rule lets users expire that it should keep.
-- No single morning shows it; a third of the readers is gone after a month.
COPY (
    SELECT reader, tag, data_date
    FROM read_parquet('{warehouse}/app.db/reader_tag/*/data_0.parquet', hive_partitioning = true, hive_types_autocast = false)
    WHERE data_date >= '{date:yyyyMMdd}'
      AND NOT (tag = 'topic:sports'
               AND md5_number_lower('leak' || reader) % 1000
                   < 1000 * (1 - pow(0.9875, 1 + date_diff('day', DATE '{date}', strptime(data_date, '%Y%m%d')::DATE))))
)
TO '{warehouse}/app.db/reader_tag' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (data_date), OVERWRITE_OR_IGNORE);

-- order_fact has half its rows: one of two source databases was not loaded, and the job called it a success.
-- In real life: a shard's password expired, a mapper's output was empty, a retry overwrote instead of appending.
CREATE OR REPLACE TEMP TABLE broken AS
FROM read_parquet('{warehouse}/dw.db/order_fact/data_date={date:yyyyMMdd}/data_0.parquet', hive_partitioning = false)
WHERE md5_number_lower(order_id) % 2 = 0;

COPY broken TO '{warehouse}/dw.db/order_fact/data_date={date:yyyyMMdd}/data_0.parquet' (FORMAT parquet, COMPRESSION zstd);

DROP TABLE broken;

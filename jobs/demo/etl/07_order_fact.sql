-- dw.order_fact: one row per order of the trailing 28 days, each partition a snapshot.
-- Why not the orders of the day: the shop is closed on Saturdays, and an empty partition would be right then and wrong otherwise.
-- 28 days hold each weekday four times, so the row count moves by a few per cent a day and a missing half is seen at once.
COPY (
    WITH fact AS (
        SELECT order_id, day, any_value(userid) AS userid, any_value(country) AS country, any_value(is_return) AS is_return,
               count(*) AS lines, sum(quantity)::BIGINT AS items, round(sum(amount), 2) AS money, min(order_time) AS order_time
        FROM order_line GROUP BY order_id, day
    )
    SELECT strftime(data_date, '%Y%m%d') AS data_date, order_id, userid, country, is_return, lines, items, money, order_time
    FROM business_date JOIN fact ON day <= data_date AND day > data_date - 28
)
TO '{warehouse}/dw.db/order_fact' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (data_date), OVERWRITE_OR_IGNORE);

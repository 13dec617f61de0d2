-- app.reader_tag: the second domain, MADE UP: readers of a news app, one row for each reader and tag, tags named family:value.
-- A tag is a stock: a reader keeps a topic for half a year or so, a city and a system much longer, so that it moves by half a per cent a day.
-- Every choice is an md5, so every build gives the same rows.
COPY (
    WITH reader AS (
        SELECT printf('r%05d', i) AS reader, DATE '{first}' - 300 + (md5_number_lower('joined' || i) % 377)::INTEGER AS joined
        FROM range(3600) t(i)
    ), business_date AS (
        SELECT unnest(generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 DAY))::DATE AS data_date
    ), topic(tag, share, days) AS (VALUES
        ('topic:politics', 34, 150), ('topic:economy', 22, 180), ('topic:sports', 41, 150), ('topic:film', 27, 120), ('topic:music', 18, 150),
        ('topic:travel', 12, 210), ('topic:food', 15, 180), ('topic:science', 9, 240), ('topic:chess', 3, 300),
        ('push:morning', 48, 200), ('push:evening', 37, 200), ('push:breaking', 61, 260), ('reads:daily', 29, 90), ('reads:weekly', 33, 90)
    ), held AS (
        -- In each of a reader's periods with a topic, of which the first begins somewhere, a die says whether he has it.
        SELECT data_date, reader, tag,
               md5_number_lower(reader || tag || (epoch(data_date)::BIGINT // 86400 + md5_number_lower(tag || reader) % days) // days) % 100 < share AS has_it
        FROM business_date JOIN reader ON joined <= data_date CROSS JOIN topic
    ), fixed AS (
        SELECT data_date, reader, unnest([
            'os:' || ['android', 'ios', 'harmony', 'web'][1 + (md5_number_lower('os' || reader) % 10 // 3)::INTEGER],
            'city:c' || printf('%02d', least(md5_number_lower('city' || reader) % 12, md5_number_lower('town' || reader) % 12))]) AS tag
        FROM business_date JOIN reader ON joined <= data_date
    )
    SELECT strftime(data_date, '%Y%m%d') AS data_date, reader, tag FROM held WHERE has_it
    UNION ALL
    SELECT strftime(data_date, '%Y%m%d'), reader, tag FROM fixed
)
TO '{warehouse}/app.db/reader_tag' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (data_date), OVERWRITE_OR_IGNORE);

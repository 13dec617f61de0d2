-- dw.dw_cookie_user_login: who visited the shop's sites that day. SIMULATED from the real orders, for the shop published no log:
-- who ordered was there; most who order in the next four days came to look first (the one place where the build looks ahead:
-- a log of a visit may know what the visitor did later, a tag may not); the rest come back less often the longer they are silent.
-- The chance of each (customer, day) is its md5, so every build gives the same log. Saturdays are thin, not empty.
COPY (
    WITH visit AS (
        SELECT w.data_date, w.userid, md5_number_lower(w.userid || w.data_date) AS dice,
               coalesce(w.recency = 0, false) AS ordered,
               EXISTS (FROM customer_order o WHERE o.userid = w.userid AND o.day > w.data_date AND o.day <= w.data_date + 4) AS will_order,
               CASE WHEN recency < 7 THEN 22 WHEN recency < 30 THEN 14 WHEN recency < 90 THEN 9 WHEN recency < 180 THEN 5 ELSE 3 END
                 * CASE isodow(w.data_date) WHEN 6 THEN 0.55 WHEN 7 THEN 0.8 WHEN 5 THEN 0.95 ELSE 1 END AS chance
        FROM customer_window w
    ), login AS (
        SELECT data_date, userid, dice, unnest(CASE WHEN dice // 100 % 5 = 0 THEN [1, 2] ELSE [1] END) AS nth
        FROM visit
        WHERE ordered OR dice % 100 < CASE WHEN will_order THEN 60 ELSE chance END
    )
    SELECT strftime(data_date, '%Y%m%d') AS data_date, userid,
           CASE WHEN dice // 1000 % 8 = 0 THEN 7 + dice // 10000 % 3 ELSE 100 + dice // 10000 % 21 END::INTEGER AS site_id,
           data_date + INTERVAL 8 HOUR + to_seconds((dice // 1000000 + nth * 7919) % 50400) AS login_time
    FROM login
)
TO '{warehouse}/dw.db/dw_cookie_user_login' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (data_date), OVERWRITE_OR_IGNORE);

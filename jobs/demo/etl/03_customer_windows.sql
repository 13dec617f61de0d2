-- For every business date and every customer known by then: the trailing figures that tags are cut from.
-- `day <= data_date` is the only way in: no tag ever sees the future.
CREATE OR REPLACE TEMP TABLE customer_window AS
SELECT d.data_date, o.userid,
       min_by(o.country, (o.day, o.order_id))                                          AS country,
       date_diff('day', min(o.day), d.data_date)                                       AS tenure,
       date_diff('day', max(o.day) FILTER (NOT is_return), d.data_date)                AS recency,
       count(*) FILTER (NOT is_return AND age < 30)                                    AS orders_30,
       count(*) FILTER (NOT is_return AND age < 45)                                    AS orders_45,
       count(*) FILTER (NOT is_return AND age < 60)                                    AS orders_60,
       count(*) FILTER (NOT is_return AND age < 90)                                    AS orders_90,
       count(*) FILTER (NOT is_return AND age < 120)                                   AS orders_120,
       count(*) FILTER (NOT is_return AND age < 180)                                   AS orders_180,
       count(*) FILTER (NOT is_return AND age < 365)                                   AS orders_365,
       count(DISTINCT o.day) FILTER (NOT is_return)                                    AS order_days,
       date_diff('day', min(o.day) FILTER (NOT is_return), max(o.day) FILTER (NOT is_return)) AS order_span,
       sum(money) FILTER (NOT is_return AND age < 90)                                  AS money_90,
       sum(money) FILTER (NOT is_return AND age < 180)                                 AS money_180,
       sum(money) FILTER (NOT is_return AND age < 365)                                 AS money_365,
       sum(lines) FILTER (NOT is_return AND age < 180)                                 AS lines_180,
       sum(items) FILTER (NOT is_return AND age < 180)                                 AS items_180,
       sum(new_products)                                                               AS products_ever,
       count(*) FILTER (is_return AND age < 180)                                       AS returns_180,
       -sum(money) FILTER (is_return AND age < 180)                                    AS returned_180,
       avg(hour) FILTER (NOT is_return AND age < 180)                                  AS mean_hour_180,
       [count(*) FILTER (NOT is_return AND age < 180 AND weekday = 1),
        count(*) FILTER (NOT is_return AND age < 180 AND weekday = 2),
        count(*) FILTER (NOT is_return AND age < 180 AND weekday = 3),
        count(*) FILTER (NOT is_return AND age < 180 AND weekday = 4),
        count(*) FILTER (NOT is_return AND age < 180 AND weekday = 5),
        count(*) FILTER (NOT is_return AND age < 180 AND weekday = 7)]                 AS by_weekday_180
FROM business_date d
JOIN customer_order o ON o.day <= d.data_date
CROSS JOIN LATERAL (SELECT date_diff('day', o.day, d.data_date) AS age)
GROUP BY d.data_date, o.userid;

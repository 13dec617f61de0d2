-- One row per order of a known customer: what every tag script needs, without touching the lines again.
CREATE OR REPLACE TEMP TABLE customer_order AS
WITH first_bought AS (
    SELECT userid, product, min_by(order_id, (order_time, order_id)) AS order_id
    FROM order_line WHERE userid IS NOT NULL AND NOT is_return GROUP BY userid, product
), newly AS (
    SELECT order_id, userid, count(*) AS new_products FROM first_bought GROUP BY order_id, userid
)
SELECT l.order_id, l.userid, l.day, l.is_return,
       any_value(l.country)             AS country,
       isodow(l.day)                    AS weekday,
       hour(min(l.order_time))          AS hour,
       count(*)                         AS lines,
       sum(l.quantity)::BIGINT          AS items,
       sum(l.amount)                    AS money,
       coalesce(any_value(n.new_products), 0) AS new_products
FROM order_line l LEFT JOIN newly n USING (order_id, userid)
WHERE l.userid IS NOT NULL
GROUP BY l.order_id, l.userid, l.day, l.is_return;

-- Did the customer order within the last 30, 45, 60, 90, 120, 180 days; the weight is the number of orders. Statistic tags.
INSERT INTO tag (tagid, name) VALUES
    ('B121U002_001', 'ordered within 30 days'),
    ('B121U002_002', 'ordered within 45 days'),
    ('B121U002_003', 'ordered within 60 days'),
    ('B121U002_004', 'ordered within 90 days'),
    ('B121U002_005', 'ordered within 120 days'),
    ('B121U002_006', 'ordered within 180 days');

INSERT INTO user_tag
SELECT data_date, userid, 'B121U002_' || number, orders::VARCHAR
FROM (
    SELECT data_date, userid,
           unnest(['001', '002', '003', '004', '005', '006'])                                AS number,
           unnest([orders_30, orders_45, orders_60, orders_90, orders_120, orders_180])      AS orders
    FROM customer_window
)
WHERE orders > 0;

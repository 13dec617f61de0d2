-- How many items has an order (last 180 days). Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('D141U002_001', '1 to under 60 items an order', 1, 60),
    ('D141U002_002', '60 to under 110 items an order', 60, 110),
    ('D141U002_003', '110 to under 160 items an order', 110, 160),
    ('D141U002_004', '160 to under 220 items an order', 160, 220),
    ('D141U002_005', '220 to under 320 items an order', 220, 320),
    ('D141U002_006', '320 to under 500 items an order', 320, 500),
    ('D141U002_007', '500 or more items an order', 500, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, items_180 / nullif(orders_180, 0) AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'D141U002%' AND figure >= low AND figure < below;

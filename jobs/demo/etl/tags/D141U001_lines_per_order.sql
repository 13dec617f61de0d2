-- How many lines has an order (last 180 days). Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('D141U001_001', '1 to under 6 lines an order', 1, 6),
    ('D141U001_002', '6 to under 11 lines an order', 6, 11),
    ('D141U001_003', '11 to under 16 lines an order', 11, 16),
    ('D141U001_004', '16 to under 22 lines an order', 16, 22),
    ('D141U001_005', '22 to under 30 lines an order', 22, 30),
    ('D141U001_006', '30 to under 45 lines an order', 30, 45),
    ('D141U001_007', '45 or more lines an order', 45, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, lines_180 / nullif(orders_180, 0) AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'D141U001%' AND figure >= low AND figure < below;

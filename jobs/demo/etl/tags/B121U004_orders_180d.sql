-- How many orders in the last 180 days. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('B121U004_001', '1 orders in 180 days', 1, 2),
    ('B121U004_002', '2 orders in 180 days', 2, 3),
    ('B121U004_003', '3 orders in 180 days', 3, 4),
    ('B121U004_004', '4 orders in 180 days', 4, 5),
    ('B121U004_005', '5 to 6 orders in 180 days', 5, 7),
    ('B121U004_006', '7 to 9 orders in 180 days', 7, 10),
    ('B121U004_007', '10 or more orders in 180 days', 10, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, orders_180 AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'B121U004%' AND figure >= low AND figure < below;

-- How many orders in the last 365 days. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('B121U005_001', '1 orders in 365 days', 1, 2),
    ('B121U005_002', '2 orders in 365 days', 2, 3),
    ('B121U005_003', '3 orders in 365 days', 3, 4),
    ('B121U005_004', '4 orders in 365 days', 4, 5),
    ('B121U005_005', '5 orders in 365 days', 5, 6),
    ('B121U005_006', '6 to 7 orders in 365 days', 6, 8),
    ('B121U005_007', '8 to 10 orders in 365 days', 8, 11),
    ('B121U005_008', '11 to 15 orders in 365 days', 11, 16),
    ('B121U005_009', '16 or more orders in 365 days', 16, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, orders_365 AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'B121U005%' AND figure >= low AND figure < below;

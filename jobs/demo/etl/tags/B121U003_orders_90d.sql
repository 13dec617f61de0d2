-- How many orders in the last 90 days. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('B121U003_001', '1 orders in 90 days', 1, 2),
    ('B121U003_002', '2 orders in 90 days', 2, 3),
    ('B121U003_003', '3 or more orders in 90 days', 3, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, orders_90 AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'B121U003%' AND figure >= low AND figure < below;

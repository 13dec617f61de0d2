-- What is an average order worth (last 180 days), in pounds. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('C131U003_001', 'under 125 pounds an order', 0.01, 125),
    ('C131U003_002', '125 to under 200 pounds an order', 125, 200),
    ('C131U003_003', '200 to under 275 pounds an order', 200, 275),
    ('C131U003_004', '275 to under 350 pounds an order', 275, 350),
    ('C131U003_005', '350 to under 450 pounds an order', 350, 450),
    ('C131U003_006', '450 to under 700 pounds an order', 450, 700),
    ('C131U003_007', '700 or more pounds an order', 700, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, money_180 / nullif(orders_180, 0) AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'C131U003%' AND figure >= low AND figure < below;

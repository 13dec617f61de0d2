-- How much was spent in the last 365 days, in pounds. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('C131U002_001', 'under 200 pounds in 365 days', 0.01, 200),
    ('C131U002_002', '200 to under 400 pounds in 365 days', 200, 400),
    ('C131U002_003', '400 to under 700 pounds in 365 days', 400, 700),
    ('C131U002_004', '700 to under 1000 pounds in 365 days', 700, 1000),
    ('C131U002_005', '1000 to under 1500 pounds in 365 days', 1000, 1500),
    ('C131U002_006', '1500 to under 2500 pounds in 365 days', 1500, 2500),
    ('C131U002_007', '2500 to under 5000 pounds in 365 days', 2500, 5000),
    ('C131U002_008', '5000 or more pounds in 365 days', 5000, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, money_365 AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'C131U002%' AND figure >= low AND figure < below;

-- How much was spent in the last 90 days, in pounds. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('C131U001_001', 'under 150 pounds in 90 days', 0.01, 150),
    ('C131U001_002', '150 to under 300 pounds in 90 days', 150, 300),
    ('C131U001_003', '300 to under 500 pounds in 90 days', 300, 500),
    ('C131U001_004', '500 to under 750 pounds in 90 days', 500, 750),
    ('C131U001_005', '750 to under 1000 pounds in 90 days', 750, 1000),
    ('C131U001_006', '1000 to under 1500 pounds in 90 days', 1000, 1500),
    ('C131U001_007', '1500 to under 2500 pounds in 90 days', 1500, 2500),
    ('C131U001_008', '2500 or more pounds in 90 days', 2500, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, money_90 AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'C131U001%' AND figure >= low AND figure < below;

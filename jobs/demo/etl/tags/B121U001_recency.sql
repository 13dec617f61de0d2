-- How long ago was the last order, in days. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('B121U001_001', '0 to 29 days since last order', 0, 30),
    ('B121U001_002', '30 to 59 days since last order', 30, 60),
    ('B121U001_003', '60 to 89 days since last order', 60, 90),
    ('B121U001_004', '90 to 119 days since last order', 90, 120),
    ('B121U001_005', '120 to 149 days since last order', 120, 150),
    ('B121U001_006', '150 to 209 days since last order', 150, 210),
    ('B121U001_007', '210 or more days since last order', 210, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, recency AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'B121U001%' AND figure >= low AND figure < below;

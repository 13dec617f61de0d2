-- How many orders were returned or cancelled in the last 180 days. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('F161U001_001', '1 returns in 180 days', 1, 2),
    ('F161U001_002', '2 returns in 180 days', 2, 3),
    ('F161U001_003', '3 returns in 180 days', 3, 4),
    ('F161U001_004', '4 to 5 returns in 180 days', 4, 6),
    ('F161U001_005', '6 or more returns in 180 days', 6, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, returns_180 AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'F161U001%' AND figure >= low AND figure < below;

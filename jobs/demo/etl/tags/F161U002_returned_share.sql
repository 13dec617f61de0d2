-- What share of the money of 180 days came back. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('F161U002_001', 'under 1 % of money returned', 0.01, 1),
    ('F161U002_002', '1 to under 3 % of money returned', 1, 3),
    ('F161U002_003', '3 to under 8 % of money returned', 3, 8),
    ('F161U002_004', '8 to under 20 % of money returned', 8, 20),
    ('F161U002_005', '20 or more % of money returned', 20, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, 100 * returned_180 / nullif(money_180, 0) AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'F161U002%' AND figure >= low AND figure < below;

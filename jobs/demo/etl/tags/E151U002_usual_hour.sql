-- At what hour does the customer usually order (mean of 180 days). Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('E151U002_001', '6 to under 10 mean hour', 6, 10),
    ('E151U002_002', '10 to under 11 mean hour', 10, 11),
    ('E151U002_003', '11 to under 12 mean hour', 11, 12),
    ('E151U002_004', '12 to under 13 mean hour', 12, 13),
    ('E151U002_005', '13 to under 14 mean hour', 13, 14),
    ('E151U002_006', '14 to under 15 mean hour', 14, 15),
    ('E151U002_007', '15 to under 16 mean hour', 15, 16),
    ('E151U002_008', '16 to under 22 mean hour', 16, 22);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, mean_hour_180 AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'E151U002%' AND figure >= low AND figure < below;

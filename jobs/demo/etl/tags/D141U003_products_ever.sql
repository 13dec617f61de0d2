-- How many different products has the customer tried so far. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('D141U003_001', '1 to 9 products tried', 1, 10),
    ('D141U003_002', '10 to 19 products tried', 10, 20),
    ('D141U003_003', '20 to 34 products tried', 20, 35),
    ('D141U003_004', '35 to 49 products tried', 35, 50),
    ('D141U003_005', '50 to 74 products tried', 50, 75),
    ('D141U003_006', '75 to 109 products tried', 75, 110),
    ('D141U003_007', '110 to 169 products tried', 110, 170),
    ('D141U003_008', '170 or more products tried', 170, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, products_ever AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'D141U003%' AND figure >= low AND figure < below;

-- Where in its life as a customer is it: new, loyal, regular, cooling, lapsed, lost. Classification tags.
INSERT INTO tag (tagid, name) VALUES
    ('B121U007_001', 'new: first order within 60 days'),
    ('B121U007_002', 'loyal: 4 orders or more in 180 days, active'),
    ('B121U007_003', 'regular: active within 60 days'),
    ('B121U007_004', 'cooling: last order 60 to 119 days ago'),
    ('B121U007_005', 'lapsed: last order 120 to 209 days ago'),
    ('B121U007_006', 'lost: last order 210 days ago or more, or only returns');

INSERT INTO user_tag
SELECT data_date, userid,
       CASE WHEN tenure < 60                          THEN 'B121U007_001'
            WHEN recency < 60 AND orders_180 >= 4     THEN 'B121U007_002'
            WHEN recency < 60                         THEN 'B121U007_003'
            WHEN recency < 120                        THEN 'B121U007_004'
            WHEN recency < 210                        THEN 'B121U007_005'
            ELSE                                           'B121U007_006' END, ''
FROM customer_window;

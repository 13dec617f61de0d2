-- Which of the eight RFM classes: recent (45 days), frequent (4 orders a year), worth much (1,000 pounds a year). Classification tags.
INSERT INTO tag (tagid, name) VALUES
    ('C131U005_001', 'important: keep (recent, frequent, high)'),
    ('C131U005_002', 'important: develop (recent, rare, high)'),
    ('C131U005_003', 'important: call back (gone, frequent, high)'),
    ('C131U005_004', 'important: hold (gone, rare, high)'),
    ('C131U005_005', 'ordinary: keep (recent, frequent, low)'),
    ('C131U005_006', 'ordinary: develop (recent, rare, low)'),
    ('C131U005_007', 'ordinary: call back (gone, frequent, low)'),
    ('C131U005_008', 'ordinary: hold (gone, rare, low)');

INSERT INTO user_tag
SELECT data_date, userid,
       'C131U005_00' || (1 + CASE WHEN coalesce(money_365, 0) >= 1000 THEN 0 ELSE 4 END
                           + CASE WHEN coalesce(recency, 999) < 45    THEN 0 ELSE 2 END
                           + CASE WHEN orders_365 >= 4                THEN 0 ELSE 1 END), ''
FROM customer_window;

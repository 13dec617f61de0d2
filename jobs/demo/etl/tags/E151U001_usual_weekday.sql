-- On which weekday does the customer order most (last 180 days; the earlier of equals). No Saturdays: the shop is closed. Classification tags.
INSERT INTO tag (tagid, name) VALUES
    ('E151U001_001', 'orders on Mondays'),
    ('E151U001_002', 'orders on Tuesdays'),
    ('E151U001_003', 'orders on Wednesdays'),
    ('E151U001_004', 'orders on Thursdays'),
    ('E151U001_005', 'orders on Fridays'),
    ('E151U001_006', 'orders on Sundays');

INSERT INTO user_tag
SELECT data_date, userid, 'E151U001_00' || list_position(by_weekday_180, list_max(by_weekday_180)), ''
FROM customer_window
WHERE orders_180 > 0;

-- What does the customer pay for one item on average (last 180 days). Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('C131U004_001', 'under 1 pounds an item', 0.01, 1),
    ('C131U004_002', '1 to under 1.5 pounds an item', 1, 1.5),
    ('C131U004_003', '1.5 to under 2 pounds an item', 1.5, 2),
    ('C131U004_004', '2 to under 2.5 pounds an item', 2, 2.5),
    ('C131U004_005', '2.5 to under 3.5 pounds an item', 2.5, 3.5),
    ('C131U004_006', '3.5 or more pounds an item', 3.5, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, money_180 / nullif(items_180, 0) AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'C131U004%' AND figure >= low AND figure < below;

-- How many days pass between two orders of the customer, on average. Classification tags.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('B121U006_001', '1 to under 15 days between orders', 1, 15),
    ('B121U006_002', '15 to under 30 days between orders', 15, 30),
    ('B121U006_003', '30 to under 45 days between orders', 30, 45),
    ('B121U006_004', '45 to under 60 days between orders', 45, 60),
    ('B121U006_005', '60 to under 90 days between orders', 60, 90),
    ('B121U006_006', '90 to under 120 days between orders', 90, 120),
    ('B121U006_007', '120 or more days between orders', 120, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (SELECT data_date, userid, order_span / nullif(order_days - 1, 0) AS figure FROM customer_window)
JOIN tag ON tag.tagid LIKE 'B121U006%' AND figure >= low AND figure < below;

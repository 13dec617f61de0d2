-- How long has the customer been known: joined within so many days, or known for so many; the weight is the days. Statistic tags.
-- Cumulative, for the first month of data is a cohort of its own size: a bucket it walks through would jump.
INSERT INTO tag (tagid, name, low, below) VALUES
    ('A111U002_001', 'joined within 60 days', 0, 60),
    ('A111U002_002', 'joined within 90 days', 0, 90),
    ('A111U002_003', 'joined within 120 days', 0, 120),
    ('A111U002_004', 'joined within 180 days', 0, 180),
    ('A111U002_005', 'known for 30 days or longer', 30, 1e9),
    ('A111U002_006', 'known for 90 days or longer', 90, 1e9),
    ('A111U002_007', 'known for 180 days or longer', 180, 1e9),
    ('A111U002_008', 'known for 270 days or longer', 270, 1e9);

INSERT INTO user_tag
SELECT data_date, userid, tagid, tenure::VARCHAR
FROM customer_window
JOIN tag ON tag.tagid LIKE 'A111U002%' AND tenure >= low AND tenure < below;

-- Where does the customer live. Classification tags.
INSERT INTO tag (tagid, name, word) VALUES
    ('A111U001_001', 'United Kingdom', 'United Kingdom'),
    ('A111U001_002', 'Germany', 'Germany'),
    ('A111U001_003', 'France', 'France'),
    ('A111U001_004', 'Iberia', 'Spain|Portugal'),
    ('A111U001_005', 'Benelux', 'Belgium|Netherlands'),
    ('A111U001_006', 'Nordic countries', 'Norway|Sweden|Denmark|Finland|Iceland'),
    ('A111U001_007', 'Alpine countries and Italy', 'Switzerland|Austria|Italy'),
    ('A111U001_008', 'rest of the world', '.*');

INSERT INTO user_tag
SELECT data_date, userid, tagid, ''
FROM (
    SELECT country, (SELECT min(tagid) FROM tag WHERE tagid LIKE 'A111U001%' AND regexp_full_match(country, word)) AS tagid
    FROM (SELECT DISTINCT country FROM customer_window)
)
JOIN customer_window USING (country);

-- Which motifs and styles were bought in the last 90 days; the weight is the number of order lines. Statistic tags.
INSERT INTO tag (tagid, name, word) VALUES
    ('G171U003_001', 'heart motif', 'HEART'),
    ('G171U003_002', 'retrospot motif', 'RETROSPOT'),
    ('G171U003_003', 'vintage motif', 'VINTAGE'),
    ('G171U003_004', 'flower motif', 'FLOWER'),
    ('G171U003_005', 'bird motif', 'BIRD'),
    ('G171U003_006', 'jumbo motif', 'JUMBO'),
    ('G171U003_007', 'regency motif', 'REGENCY'),
    ('G171U003_008', 'english motif', 'ENGLISH'),
    ('G171U003_009', 'woodland motif', 'WOODLAND'),
    ('G171U003_010', 'star motif', 'STAR'),
    ('G171U003_011', 'wooden motif', 'WOODEN'),
    ('G171U003_012', 'metal motif', 'METAL');

INSERT INTO user_tag
WITH product AS (
    SELECT description, tagid FROM (SELECT DISTINCT description FROM order_line WHERE description IS NOT NULL)
    JOIN tag ON tagid LIKE 'G171U003%' AND contains(description, word)
), bought AS (
    SELECT userid, day, tagid, count(*) AS lines
    FROM order_line JOIN product USING (description)
    WHERE userid IS NOT NULL AND NOT is_return GROUP BY userid, day, tagid
)
SELECT data_date, userid, tagid, sum(lines)::BIGINT::VARCHAR
FROM business_date JOIN bought ON day <= data_date AND day > data_date - 90
GROUP BY data_date, userid, tagid;

-- Which colours were bought in the last 90 days; the weight is the number of order lines. Statistic tags.
INSERT INTO tag (tagid, name, word) VALUES
    ('G171U002_001', 'pink colour', 'PINK'),
    ('G171U002_002', 'blue colour', 'BLUE'),
    ('G171U002_003', 'white colour', 'WHITE'),
    ('G171U002_004', 'black colour', 'BLACK'),
    ('G171U002_005', 'green colour', 'GREEN'),
    ('G171U002_006', 'ivory colour', 'IVORY'),
    ('G171U002_007', 'silver colour', 'SILVER'),
    ('G171U002_008', 'cream colour', 'CREAM');

INSERT INTO user_tag
WITH product AS (
    SELECT description, tagid FROM (SELECT DISTINCT description FROM order_line WHERE description IS NOT NULL)
    JOIN tag ON tagid LIKE 'G171U002%' AND contains(description, word)
), bought AS (
    SELECT userid, day, tagid, count(*) AS lines
    FROM order_line JOIN product USING (description)
    WHERE userid IS NOT NULL AND NOT is_return GROUP BY userid, day, tagid
)
SELECT data_date, userid, tagid, sum(lines)::BIGINT::VARCHAR
FROM business_date JOIN bought ON day <= data_date AND day > data_date - 90
GROUP BY data_date, userid, tagid;

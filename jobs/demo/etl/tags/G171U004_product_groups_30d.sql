-- Which large product groups were bought in the last 30 days; the weight is the number of order lines. Statistic tags.
INSERT INTO tag (tagid, name, word) VALUES
    ('G171U004_001', 'bag, 30 days', 'BAG'),
    ('G171U004_002', 'box, 30 days', 'BOX'),
    ('G171U004_003', 'cake, 30 days', 'CAKE'),
    ('G171U004_004', 'candle, 30 days', 'CANDLE'),
    ('G171U004_005', 'card, 30 days', 'CARD'),
    ('G171U004_006', 'christmas, 30 days', 'CHRISTMAS'),
    ('G171U004_007', 'holder, 30 days', 'HOLDER'),
    ('G171U004_008', 'lunch, 30 days', 'LUNCH'),
    ('G171U004_009', 'paper, 30 days', 'PAPER'),
    ('G171U004_010', 'plate, 30 days', 'PLATE'),
    ('G171U004_011', 'sign, 30 days', 'SIGN'),
    ('G171U004_012', 'tin, 30 days', 'TIN');

INSERT INTO user_tag
WITH product AS (
    SELECT description, tagid FROM (SELECT DISTINCT description FROM order_line WHERE description IS NOT NULL)
    JOIN tag ON tagid LIKE 'G171U004%' AND contains(description, word)
), bought AS (
    SELECT userid, day, tagid, count(*) AS lines
    FROM order_line JOIN product USING (description)
    WHERE userid IS NOT NULL AND NOT is_return GROUP BY userid, day, tagid
)
SELECT data_date, userid, tagid, sum(lines)::BIGINT::VARCHAR
FROM business_date JOIN bought ON day <= data_date AND day > data_date - 30
GROUP BY data_date, userid, tagid;

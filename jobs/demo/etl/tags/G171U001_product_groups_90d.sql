-- Which product groups were bought in the last 90 days; the weight is the number of order lines. Statistic tags.
INSERT INTO tag (tagid, name, word) VALUES
    ('G171U001_001', 'bag', 'BAG'),
    ('G171U001_002', 'bottle', 'BOTTLE'),
    ('G171U001_003', 'bowl', 'BOWL'),
    ('G171U001_004', 'box', 'BOX'),
    ('G171U001_005', 'bunting', 'BUNTING'),
    ('G171U001_006', 'cake', 'CAKE'),
    ('G171U001_007', 'candle', 'CANDLE'),
    ('G171U001_008', 'card', 'CARD'),
    ('G171U001_009', 'christmas', 'CHRISTMAS'),
    ('G171U001_010', 'clock', 'CLOCK'),
    ('G171U001_011', 'cushion', 'CUSHION'),
    ('G171U001_012', 'cutlery', 'CUTLERY'),
    ('G171U001_013', 'doormat', 'DOORMAT'),
    ('G171U001_014', 'frame', 'FRAME'),
    ('G171U001_015', 'garden', 'GARDEN'),
    ('G171U001_016', 'glass', 'GLASS'),
    ('G171U001_017', 'holder', 'HOLDER'),
    ('G171U001_018', 'hook', 'HOOK'),
    ('G171U001_019', 'jar', 'JAR'),
    ('G171U001_020', 'kitchen', 'KITCHEN'),
    ('G171U001_021', 'lantern', 'LANTERN'),
    ('G171U001_022', 'light', 'LIGHT'),
    ('G171U001_023', 'lunch', 'LUNCH'),
    ('G171U001_024', 'mug', 'MUG'),
    ('G171U001_025', 'napkin', 'NAPKIN'),
    ('G171U001_026', 'necklace', 'NECKLACE'),
    ('G171U001_027', 'paper', 'PAPER'),
    ('G171U001_028', 'party', 'PARTY'),
    ('G171U001_029', 'plate', 'PLATE'),
    ('G171U001_030', 'sign', 'SIGN'),
    ('G171U001_031', 'tin', 'TIN'),
    ('G171U001_032', 'towel', 'TOWEL'),
    ('G171U001_033', 'toy', 'TOY'),
    ('G171U001_034', 'tray', 'TRAY'),
    ('G171U001_035', 'tea', 'TEA'),
    ('G171U001_036', 'wrap', 'WRAP');

INSERT INTO user_tag
WITH product AS (
    SELECT description, tagid FROM (SELECT DISTINCT description FROM order_line WHERE description IS NOT NULL)
    JOIN tag ON tagid LIKE 'G171U001%' AND contains(description, word)
), bought AS (
    SELECT userid, day, tagid, count(*) AS lines
    FROM order_line JOIN product USING (description)
    WHERE userid IS NOT NULL AND NOT is_return GROUP BY userid, day, tagid
)
SELECT data_date, userid, tagid, sum(lines)::BIGINT::VARCHAR
FROM business_date JOIN bought ON day <= data_date AND day > data_date - 90
GROUP BY data_date, userid, tagid;

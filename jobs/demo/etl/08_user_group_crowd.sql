-- dw.user_group_crowd: the saved crowds; a user is in a crowd when it carries every tag that the crowd asks for.
COPY (
    WITH crowd(crowd_id, crowd_name, tagids) AS (VALUES
        ('crowd_01', 'UK customers to call back',            ['A111U001_001', 'C131U005_003']),
        ('crowd_02', 'UK, important, keep',                  ['A111U001_001', 'C131U005_001']),
        ('crowd_03', 'Germany and active',                   ['A111U001_002', 'B121U002_004']),
        ('crowd_04', 'Christmas shoppers, loyal',            ['G171U001_009', 'B121U007_002']),
        ('crowd_05', 'bakers: cake and kitchen',             ['G171U001_006', 'G171U001_020']),
        ('crowd_06', 'lunch on the way: lunch and bottle',   ['G171U001_023', 'G171U001_002']),
        ('crowd_07', 'UK, lapsed, once worth 400 or more',   ['A111U001_001', 'B121U007_005', 'C131U002_003']),
        ('crowd_08', 'loyal, with candles',                  ['B121U007_002', 'G171U001_007']),
        ('crowd_09', 'new, first orders large',              ['B121U007_001', 'C131U003_006']),
        ('crowd_10', 'vintage and hearts, this quarter',     ['G171U003_003', 'G171U003_001'])
    ), wanted AS (
        SELECT crowd_id, crowd_name, len(tagids) AS tags, unnest(tagids) AS tagid FROM crowd
    )
    SELECT strftime(t.data_date, '%Y%m%d') AS data_date, crowd_id, crowd_name, userid
    FROM user_tag t JOIN wanted USING (tagid)
    GROUP BY t.data_date, crowd_id, crowd_name, userid
    HAVING count(*) = any_value(tags)
)
TO '{warehouse}/dw.db/user_group_crowd' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (data_date), OVERWRITE_OR_IGNORE);

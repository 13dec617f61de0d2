-- The call centre's export of one date: one row per user of profile_tag_user with the tags an agent sees first.
COPY (
    WITH profile AS (
        SELECT userid, tagmap, map_keys(tagmap) AS tags
        FROM read_parquet('{warehouse}/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/*.parquet')
    )
    SELECT userid,
           list_filter(tags, lambda t: t LIKE 'A111U001%')[1] AS country,
           list_filter(tags, lambda t: t LIKE 'B121U007%')[1] AS lifecycle,
           list_filter(tags, lambda t: t LIKE 'C131U005%')[1] AS rfm_class,
           coalesce(tagmap['B121U002_004'], '0')              AS orders_90d,
           len(tags)                                          AS tags
    FROM profile ORDER BY userid
)
TO '{exports}/userprofile_call_centre_{date:yyyyMMdd}.csv' (FORMAT csv, HEADER);

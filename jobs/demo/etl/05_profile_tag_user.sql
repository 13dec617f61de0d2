-- dw.profile_tag_user: one row per customer known up to the date, with all its tags as a map tag -> weight.
COPY (
    SELECT strftime(data_date, '%Y%m%d') AS data_date, userid, map(list(tagid), list(weight)) AS tagmap
    FROM user_tag
    GROUP BY user_tag.data_date, userid
)
TO '{warehouse}/dw.db/profile_tag_user' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (data_date), OVERWRITE_OR_IGNORE);

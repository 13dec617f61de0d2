-- The demo's tables for `--warehouse hive`: Hive tables of Parquet files that are put on HDFS.
-- {databases} and {root} are filled in.
create external table {databases}dw.profile_tag_user (userid string, tagmap map<string, string>)
partitioned by (data_date string) stored as parquet location '{root}/dw.db/profile_tag_user';

create external table {databases}dw.dw_cookie_user_login (userid string, site_id int, login_time timestamp)
partitioned by (data_date string) stored as parquet location '{root}/dw.db/dw_cookie_user_login';

create external table {databases}dw.order_fact (order_id string, userid string, country string, is_return boolean, `lines` bigint, items bigint,
    money decimal(38, 2), order_time timestamp)
partitioned by (data_date string) stored as parquet location '{root}/dw.db/order_fact';

create external table {databases}dw.user_group_crowd (crowd_id string, crowd_name string, userid string)
partitioned by (data_date string) stored as parquet location '{root}/dw.db/user_group_crowd';

create external table {databases}app.reader_tag (reader string, tag string)
partitioned by (data_date string) stored as parquet location '{root}/app.db/reader_tag';

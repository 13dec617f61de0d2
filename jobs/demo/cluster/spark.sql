-- The demo's tables for `--warehouse spark`: Spark's own, which know times without a zone, as DuckDB wrote them.
-- {databases} and {root} are filled in.
create table {databases}dw.profile_tag_user (userid string, tagmap map<string, string>, data_date string)
using parquet partitioned by (data_date) location '{root}/dw.db/profile_tag_user';

create table {databases}dw.dw_cookie_user_login (userid string, site_id int, login_time timestamp_ntz, data_date string)
using parquet partitioned by (data_date) location '{root}/dw.db/dw_cookie_user_login';

create table {databases}dw.order_fact (order_id string, userid string, country string, is_return boolean, lines bigint, items bigint,
    money decimal(38, 2), order_time timestamp_ntz, data_date string)
using parquet partitioned by (data_date) location '{root}/dw.db/order_fact';

create table {databases}dw.user_group_crowd (crowd_id string, crowd_name string, userid string, data_date string)
using parquet partitioned by (data_date) location '{root}/dw.db/user_group_crowd';

create table {databases}app.reader_tag (reader string, tag string, data_date string)
using parquet partitioned by (data_date) location '{root}/app.db/reader_tag';

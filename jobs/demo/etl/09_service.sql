-- The service's database: the job log, the step log, the tag dictionary, and what the sync wrote for each date.
-- The dw jobs of a business date end in its own night, before midnight; the tag and sync jobs on the next morning.
ATTACH '{service}' AS service;

CREATE OR REPLACE TABLE service.t_sys_log (task_name VARCHAR, task_stat INTEGER, task_sign TIMESTAMP);

INSERT INTO service.t_sys_log
SELECT job || '_' || strftime(data_date, '%Y%m%d'), 2,
       data_date + to_minutes(minute) + to_seconds(md5_number_lower(job || data_date) % 512)
FROM business_date, (VALUES
    ('job_dw_order',            23 * 60 + 5),
    ('job_dw_user',             23 * 60 + 20),
    ('job_dw_cookie',           23 * 60 + 35),
    ('job_profile_tag_user',    26 * 60 + 10),
    ('job_user_group_crowd',    27 * 60),
    ('job_sync_userprofile',    28 * 60 + 30)) AS jobs(job, minute)
ORDER BY data_date, minute;

CREATE OR REPLACE TABLE service.t_step_log (data_date DATE, step VARCHAR, remark VARCHAR);

INSERT INTO service.t_step_log
SELECT data_date, step, rows || ' ' || what FROM (
    SELECT data_date, 1 AS nth, 'profile_tag_user' AS step, count(*) AS rows, 'users' AS what FROM customer_window GROUP BY data_date
    UNION ALL
    SELECT data_date, 2, 'tags', count(*), 'user tags' FROM user_tag GROUP BY data_date
    UNION ALL
    SELECT data_date, 3, 'userprofile_offline', count(*), 'users synced' FROM customer_window GROUP BY data_date
) ORDER BY data_date, nth;

CREATE OR REPLACE TABLE service.t_tag AS
SELECT tagid, regexp_extract(tagid, '^(.*)_[^_]*$', 1) AS family, name FROM tag ORDER BY tagid;

CREATE OR REPLACE TABLE service.userprofile_offline AS
SELECT data_date, userid, count(*)::SMALLINT AS tag_count
FROM user_tag GROUP BY data_date, userid ORDER BY data_date, userid;

DETACH service;

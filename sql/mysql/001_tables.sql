-- What TagGuard keeps: measurements, verdicts with their evidence, incidents, gates, overrides, runs. For MySQL 5.7 or later and MariaDB 10.5 or later.
-- MySQL commits each change of a table by itself, so `tagguard init` leaves out what is there already: a script that broke off is applied again.
-- Dates are `date`, instants are UTC `datetime(3)`. Names and keys are compared byte by byte. No foreign keys: rows are written in one transaction with those
-- they belong to, and each key would be looked up for each of 100,000 rows.

-- One execution of one verb for one business date.
create table if not exists run (
  id         bigint       not null auto_increment primary key,
  plan       varchar(191) not null,
  plan_hash  varchar(191) not null,
  verb       varchar(64)  not null,
  date       date         not null,
  attempt    int          not null,
  host       varchar(255) not null,
  process_id int          not null,
  user       varchar(255) not null,
  started    datetime(3)  not null,
  finished   datetime(3),
  exit_code  int,
  unique key run_attempt (plan, date, verb, attempt)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: runs';

-- One row for each plan and date that was ever written about. Whoever writes about them locks it first, so that nobody waits in the middle.
create table if not exists date_lock (
  plan varchar(191) not null,
  date date         not null,
  primary key (plan, date)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: locked by who writes about a date';

-- Who runs a plan and date now. `machine` and `process_mark` tell a living process from a dead one whose id was given to another.
create table if not exists run_lock (
  plan         varchar(191) not null,
  date         date         not null,
  run_id       bigint       not null,
  machine      varchar(400) not null,
  process_mark varchar(100) not null,
  since        datetime(3)  not null,
  renewed      datetime(3)  not null,
  primary key (plan, date),
  key run_lock_run (run_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: who runs a date now';

-- One stage as one run saved it. The newest of a date is what counts, and the earlier ones stay for audit.
create table if not exists run_stage (
  id        bigint       not null auto_increment primary key,
  run_id    bigint       not null,
  plan      varchar(191) not null,
  date      date         not null,
  stage     varchar(191) not null,
  exit_code int          not null,
  reason    mediumtext   not null,
  started   datetime(3)  not null,
  finished  datetime(3)  not null,
  key run_stage_of_date (plan, date, stage)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: stages as runs saved them';

-- The checks of a saved stage: what was asked, and how long the answer took.
create table if not exists run_check (
  run_stage_id bigint       not null,
  number       int          not null,
  check_name   varchar(191) not null,
  kind         varchar(64)  not null,
  dimension    varchar(191) not null,
  asked        mediumtext   not null,
  took_ms      bigint       not null,
  primary key (run_stage_id, number)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: checks of saved stages';

-- Volume of each tag and date. The columns up to tag_dau_per are the users', of whatever types they have there: they are written for the users' own queries.
-- The key holds the tag in up to 64 bytes, so that a tag can be longer than a key. A day is written, and a history read, as one stretch of pages.
create table if not exists tag_data_day (
  id            bigint        not null auto_increment,
  tagid         mediumtext    not null,
  date          date          not null,
  tag_count     double        not null,
  tag_total_per double,
  tag_dau_per   double,
  plan          varchar(191)  not null,
  check_name    varchar(191)  not null,
  business_date date          not null,
  tagid_key     varbinary(64) not null,
  dimension     varchar(191)  not null,
  accepted      tinyint       not null,
  run_stage_id  bigint        not null,
  primary key (plan, check_name, business_date, tagid_key),
  key tag_data_day_id (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- A table that the users had. Our columns are empty in rows that others wrote.
alter table tag_data_day
  engine = InnoDB,
  add column plan varchar(191) character set utf8mb4 collate utf8mb4_bin,
  add column check_name varchar(191) character set utf8mb4 collate utf8mb4_bin,
  add column business_date date,
  add column tagid_key varbinary(64),
  add column dimension varchar(191) character set utf8mb4 collate utf8mb4_bin,
  add column accepted tinyint,
  add column run_stage_id bigint,
  add unique key tag_data_day_series (plan, check_name, business_date, tagid_key);

-- Every other number, and every one that could not be taken, with its reason. The key holds a hash, for series_key can be longer than a key.
create table if not exists measurement (
  id              bigint       not null auto_increment primary key,
  plan            varchar(191) not null,
  check_name      varchar(191) not null,
  date            date         not null,
  metric          varchar(191) not null,
  series_key      mediumtext   not null,
  series_hash     binary(32)   not null,
  value           double,
  share_of_total  double,
  share_of_active double,
  missed_reason   mediumtext,
  is_absent       tinyint      not null,
  accepted        tinyint      not null,
  run_id          bigint       not null,
  unique key measurement_series (plan, check_name, date, metric, series_hash)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: measured numbers';

-- One reconciled service and date: what the warehouse holds, what the service's table holds, and whether that is all right.
create table if not exists tag_email_monitor (
  id           bigint       not null auto_increment primary key,
  date         date         not null,
  service_type varchar(191) not null,
  hive_count   bigint,
  hbase_count  bigint
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

alter table tag_email_monitor
  engine = InnoDB,
  add column plan varchar(191) character set utf8mb4 collate utf8mb4_bin,
  add column check_name varchar(191) character set utf8mb4 collate utf8mb4_bin,
  add column business_date date,
  add column run_id bigint,
  add column ok tinyint,
  add unique key tag_email_monitor_check (plan, business_date, check_name);

-- Findings that belong together, told once.
create table if not exists incident (
  id           bigint       not null auto_increment primary key,
  run_stage_id bigint       not null,
  check_name   varchar(191) not null,
  verdict      varchar(32)  not null,
  finding      varchar(64)  not null,
  blocking     tinyint      not null,
  title        mediumtext   not null,
  cause        mediumtext   not null,
  advice       mediumtext   not null,
  owner        mediumtext   not null,
  size         int          not null,
  `lead`       mediumtext   not null,
  sentence     mediumtext   not null,
  members      longtext     not null,
  key incident_of_stage (run_stage_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: incidents';

-- Every verdict with its evidence. `used` holds the days that the expectation was made of, as [["yyyy-MM-dd", value], ...]; null for a Pass.
create table if not exists verdict (
  id           bigint       not null auto_increment primary key,
  run_stage_id bigint       not null,
  check_name   varchar(191) not null,
  metric       varchar(191) not null,
  series_key   mediumtext   not null,
  rule         mediumtext   not null,
  verdict      varchar(32)  not null,
  finding      varchar(64)  not null,
  sentence     mediumtext   not null,
  value        double,
  expected     double,
  low          double,
  high         double,
  used         mediumtext,
  blocking     tinyint      not null,
  incident_id  bigint,
  key verdict_of_stage (run_stage_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: verdicts';

-- A person's decision to open a closed gate. Never deleted, only revoked.
create table if not exists override (
  id         bigint       not null auto_increment primary key,
  plan       varchar(191) not null,
  date       date         not null,
  stage      varchar(191) not null,
  opened_by  mediumtext   not null,
  why        mediumtext   not null,
  since      datetime(3)  not null,
  until      datetime(3)  not null,
  revoked_at datetime(3),
  revoked_by mediumtext,
  key override_of_stage (plan, date, stage)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: gates opened by people';

-- The gate. state: 1 good, 0 not. is_online: 0 not released, 1 released by a person until `released_until`, 2 released by the check.
-- run_id: the run that decided. 0 while a run has started and not saved, null when nothing was judged and only a person opened it.
create table if not exists tag_stage_state (
  id           bigint       not null auto_increment primary key,
  process_date date         not null,
  stage        varchar(191) not null,
  state        tinyint      not null,
  is_online    tinyint      not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

alter table tag_stage_state
  engine = InnoDB,
  add column plan varchar(191) character set utf8mb4 collate utf8mb4_bin,
  add column business_date date,
  add column stage_name varchar(191) character set utf8mb4 collate utf8mb4_bin,
  add column exit_code int,
  add column reason mediumtext character set utf8mb4 collate utf8mb4_bin,
  add column decided_at datetime(3),
  add column run_id bigint,
  add column released_until datetime(3),
  add unique key tag_stage_state_stage (plan, business_date, stage_name);

-- A person's word on a day: whether later days are compared with it. Never deleted, only withdrawn. An empty key is the whole check.
create table if not exists day_decision (
  id           bigint       not null auto_increment primary key,
  plan         varchar(191) not null,
  date         date         not null,
  check_name   varchar(191) not null,
  series_key   mediumtext   not null,
  accepts      tinyint      not null,
  decided_by   mediumtext   not null,
  why          mediumtext   not null,
  decided_at   datetime(3)  not null,
  withdrawn_at datetime(3),
  withdrawn_by mediumtext,
  key day_decision_of_date (plan, date)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: decisions on days';

-- How dates are written into the users' own date column of a table: '%Y-%m-%d', or '%Y%m%d'.
create table if not exists date_style (
  table_name varchar(64) not null primary key,
  style      varchar(16) not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: how the users write dates';

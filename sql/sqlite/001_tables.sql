-- What TagGuard keeps: measurements, verdicts with their evidence, incidents, gates, overrides, runs.
-- Dates are ISO text (yyyy-MM-dd), instants are UTC ISO text with milliseconds: both sort as text.

-- One execution of one verb for one business date. An id is never used again.
create table run (
  id         integer primary key autoincrement,
  plan       text    not null,
  plan_hash  text    not null,
  verb       text    not null,
  date       text    not null,
  attempt    integer not null,
  host       text    not null,
  process_id integer not null,
  user       text    not null,
  started    text    not null,
  finished   text,
  exit_code  integer
);
create unique index run_attempt on run (plan, date, verb, attempt);

-- Who runs a plan and date now. `machine` and `process_mark` tell a living process from a dead one whose id was given to another.
create table run_lock (
  plan         text    not null,
  date         text    not null,
  run_id       integer not null references run (id),
  machine      text    not null,
  process_mark text    not null,
  since        text    not null,
  renewed      text    not null,
  primary key (plan, date)
) without rowid;

-- One stage as one run saved it. The newest of a date is what counts; the earlier ones stay for audit.
create table run_stage (
  id        integer primary key autoincrement,
  run_id    integer not null references run (id),
  plan      text    not null,
  date      text    not null,
  stage     text    not null,
  exit_code integer not null,
  reason    text    not null,
  started   text    not null,
  finished  text    not null
);
create index run_stage_of_date on run_stage (plan, date, stage);

-- The checks of a saved stage: what was asked, and how long the answer took.
create table run_check (
  run_stage_id integer not null references run_stage (id),
  number       integer not null,
  check_name   text    not null,
  kind         text    not null,
  dimension    text    not null,
  asked        text    not null,
  took_ms      integer not null,
  primary key (run_stage_id, number)
) without rowid;

-- Volume of each tag and date. Clustered by date within the check: a day is written, and a history read, as one stretch of pages.
-- Clustered by tag instead, the daily insert would touch a page per tag.
create table tag_data_day (
  id            integer not null,
  tagid         text    not null,
  date          text    not null,
  tag_count     integer not null,
  tag_total_per real,
  tag_dau_per   real,
  plan          text    not null,
  check_name    text    not null,
  dimension     text    not null,
  accepted      integer not null,
  run_id        integer not null references run (id),
  primary key (plan, check_name, date, tagid)
) without rowid;

-- Next free `id` of a table that is not clustered by it.
create table next_id (
  table_name text    primary key,
  id         integer not null
) without rowid;
insert into next_id values ('tag_data_day', 1);

-- Every other number, and every one that could not be taken, with its reason.
create table measurement (
  plan            text    not null,
  check_name      text    not null,
  date            text    not null,
  metric          text    not null,
  series_key      text    not null,
  value           real,
  share_of_total  real,
  share_of_active real,
  missed_reason   text,
  is_absent       integer not null,
  accepted        integer not null,
  run_id          integer not null references run (id),
  primary key (plan, check_name, date, metric, series_key),
  check ((value is null) <> (missed_reason is null))
) without rowid;

-- One reconciled service and date: what the warehouse holds, what the service's table holds, and whether that is all right.
create table tag_email_monitor (
  date         text    not null,
  service_type text    not null,
  hive_count   integer,
  hbase_count  integer,
  plan         text    not null,
  run_id       integer not null references run (id),
  ok           integer not null,
  primary key (plan, date, service_type)
) without rowid;

-- Findings that belong together, told once.
create table incident (
  id           integer primary key autoincrement,
  run_stage_id integer not null references run_stage (id),
  check_name   text    not null,
  verdict      text    not null,
  finding      text    not null,
  blocking     integer not null,
  title        text    not null,
  cause        text    not null,
  advice       text    not null,
  owner        text    not null,
  size         integer not null,
  lead         text    not null,
  sentence     text    not null,
  members      text    not null
);
create index incident_of_stage on incident (run_stage_id);

-- Every verdict with its evidence. `used` holds the days that the expectation was made of, as [["yyyy-MM-dd", value], …]; null for a Pass.
create table verdict (
  id           integer primary key autoincrement,
  run_stage_id integer not null references run_stage (id),
  check_name   text    not null,
  metric       text    not null,
  series_key   text    not null,
  rule         text    not null,
  verdict      text    not null,
  finding      text    not null,
  sentence     text    not null,
  value        real,
  expected     real,
  low          real,
  high         real,
  used         text,
  blocking     integer not null,
  incident_id  integer references incident (id)
);
create index verdict_of_stage on verdict (run_stage_id);

-- A person's decision to open a closed gate. Never deleted, only revoked.
create table override (
  id         integer primary key autoincrement,
  plan       text not null,
  date       text not null,
  stage      text not null,
  opened_by  text not null,
  why        text not null,
  since      text not null,
  until      text not null,
  revoked_at text,
  revoked_by text
);
create index override_of_stage on override (plan, date, stage);

-- The gate. state: 1 good, 0 not. is_online: 0 not released, 1 released by a person until `released_until`, 2 released by the check.
-- run_id: the run that decided; 0 while a run has started and not saved; null when nothing was judged and only a person opened it.
create table tag_stage_state (
  process_date   text    not null,
  stage          text    not null,
  state          integer not null,
  is_online      integer not null,
  plan           text    not null,
  exit_code      integer not null,
  reason         text    not null,
  decided_at     text    not null,
  run_id         integer,
  released_until text,
  primary key (plan, process_date, stage)
) without rowid;

create table schema_version (
  script     text primary key,
  sha256     text not null,
  applied_at text not null
) without rowid;

-- Verdicts on tags and families that passed have no row of their own in `verdict`: they are counted here, and judged again when somebody asks.
-- series_keys: of the measured series that are not among them (are_left_out 1) or that are (0), as a list in JSON; in the order of the verdicts.
create table passes (
  run_stage_id integer not null references run_stage (id),
  number       integer not null,
  check_name   text    not null,
  metric       text    not null,
  rule         text    not null,
  finding      text    not null,
  verdicts     integer not null,
  checksum     integer not null,
  series_keys  text    not null,
  are_left_out integer not null,
  primary key (run_stage_id, number)
) without rowid;
-- What runs judged by: the plan of a hash without its connections, so without secrets, and its calendars.
create table judging_plan (
  plan_hash text primary key,
  judging   text not null
) without rowid;

-- Verdicts on tags and families that passed have no row of their own in `verdict`: they are counted here, and judged again when somebody asks.
-- series_keys: of the measured series that are not among them (are_left_out 1) or that are (0), as a list in JSON; in the order of the verdicts.
create table if not exists passes (
  run_stage_id bigint       not null,
  number       int          not null,
  check_name   varchar(191) not null,
  metric       varchar(191) not null,
  rule         mediumtext   not null,
  finding      varchar(64)  not null,
  verdicts     int          not null,
  checksum     bigint       not null,
  series_keys  longtext     not null,
  are_left_out tinyint      not null,
  primary key (run_stage_id, number)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: verdicts that passed';

-- What runs judged by: the plan of a hash without its connections, so without secrets, and its calendars.
create table if not exists judging_plan (
  plan_hash varchar(191) not null primary key,
  judging   longtext     not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: plans that judged';

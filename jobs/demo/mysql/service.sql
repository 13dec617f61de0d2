-- The service's tables on MySQL, for `tagguard demo --store mysql`.
drop table if exists t_sys_log, t_step_log, t_tag, userprofile_offline;

create table t_sys_log (
  task_name varchar(100) not null,
  task_stat int          not null,
  task_sign datetime     not null
) default charset = utf8mb4;

create table t_step_log (
  data_date date         not null,
  step      varchar(64)  not null,
  remark    varchar(200) not null,
  primary key (data_date, step)
) default charset = utf8mb4;

create table t_tag (
  tagid  varchar(64)  not null primary key,
  family varchar(64)  not null,
  name   varchar(200) not null
) default charset = utf8mb4;

create table userprofile_offline (
  data_date date        not null,
  userid    varchar(64) not null,
  tag_count smallint    not null,
  primary key (data_date, userid)
) default charset = utf8mb4;

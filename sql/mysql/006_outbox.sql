-- Messages to people, one row for each recipient: written in the transaction of what it tells, and delivered afterwards, by whichever process comes.
-- kind: report, silence, dead_letter. about: the run of a report (0: a person asked for it), the row of a dead letter. state: waiting, sending,
-- delivered, dead, dropped (a newer report took its place, or told nothing new). told: a hash of what it tells, null until it is written.
-- doubts: how often a process ended, or the server broke off, while it was sent, so that nobody knows whether it arrived.
create table if not exists outbox (
  id            bigint       not null auto_increment primary key,
  plan          varchar(191) not null,
  date          date         not null,
  kind          varchar(32)  not null,
  about         bigint       not null,
  channel       varchar(32)  not null,
  recipient     mediumtext   not null,
  message_id    varchar(255) not null,
  told          varchar(64),
  state         varchar(32)  not null,
  attempts      int          not null,
  doubts        int          not null,
  next_attempt  datetime(3)  not null,
  answer        mediumtext   not null,
  lease_machine varchar(400) not null,
  lease_process int          not null,
  lease_mark    varchar(100) not null,
  lease_until   datetime(3),
  created       datetime(3)  not null,
  ended         datetime(3),
  key outbox_of_state (plan, state),
  key outbox_of_date (plan, date)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: messages to people';

-- A message as it is sent, deflated, as base64: the same bytes to each recipient, on each attempt. Gone when nobody waits for it any more.
create table if not exists outbox_content (
  message_id varchar(255) not null primary key,
  told       varchar(64)  not null,
  content    longtext     not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: messages as they are sent';

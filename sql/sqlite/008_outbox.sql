-- Messages to people, one row for each recipient: written in the transaction of what it tells, and delivered afterwards, by whichever process comes.
-- kind: report, silence, dead_letter. about: the run of a report (0: a person asked for it), the row of a dead letter. state: waiting, sending,
-- delivered, dead, dropped (a newer report took its place, or told nothing new). told: a hash of what it tells; null until it is written.
-- doubts: how often a process ended, or the server broke off, while it was sent, so that nobody knows whether it arrived.
create table outbox (
  id            integer primary key,
  plan          text    not null,
  date          text    not null,
  kind          text    not null,
  about         integer not null,
  channel       text    not null,
  recipient     text    not null,
  message_id    text    not null,
  told          text,
  state         text    not null,
  attempts      integer not null,
  doubts        integer not null,
  next_attempt  text    not null,
  answer        text    not null,
  lease_machine text    not null,
  lease_process integer not null,
  lease_mark    text    not null,
  lease_until   text,
  created       text    not null,
  ended         text
);
create index outbox_of_state on outbox (plan, state);
create index outbox_of_date on outbox (plan, date);
-- A message as it is sent, deflated, as base64: the same bytes to each recipient, on each attempt. Gone when nobody waits for it any more.
create table outbox_content (
  message_id text primary key,
  told       text not null,
  content    text not null
) without rowid;
